from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Run
from tests.projects import write_project


def test_systems_are_listed_with_their_environments(project: Path, run: Run) -> None:
    assert run("systems").output == "system  environments\nshop    local, dev, prod\n"


def test_of_several_systems_the_default_is_marked(project: Path, run: Run) -> None:
    write_project(project, "bank")
    (project / "pyproject.toml").write_text('[tool.ecinfra]\nsystem = "shop"\n')

    assert run("systems").output == (
        "system          environments\n"
        "bank            local, dev, prod\n"
        "shop (default)  local, dev, prod\n"
    )  # fmt: skip


def test_systems_are_printed_for_machines(project: Path, run: Run) -> None:
    assert json.loads(run("systems", "--json").output) == [
        {"system": "shop", "default": True, "environments": ["local", "dev", "prod"]}
    ]

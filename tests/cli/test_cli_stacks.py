from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Run
from tests.projects import REGIONS, write_project


def test_stacks_are_listed_below_their_root_in_the_order_of_their_deployment(project: Path, run: Run) -> None:
    assert run("list", "-e", "dev").output == (
        "stack                resources  parameters  outputs\n"
        "Shop-dev, eu-west-1\n"
        "  Mail                       1           0        1\n"
        "  Desk                       1           1        0\n"
    )


def test_each_region_has_a_root(folder: Path, run: Run) -> None:
    write_project(folder, app=REGIONS)

    assert run("list", "-e", "dev").output == (
        "stack                          resources  parameters  outputs\n"
        "Shop-dev-us-east-1, us-east-1\n"
        "  Far                                  1           0        0\n"
        "Shop-dev, eu-west-1\n"
        "  Mail                                 1           0        0\n"
    )


def test_stacks_are_printed_for_machines(project: Path, run: Run) -> None:
    assert json.loads(run("list", "-e", "dev", "--json").output)[1] == {
        "name": "Desk",
        "full_name": "Shop-dev-Desk",
        "root": "Shop-dev",
        "region": "eu-west-1",
        "needs": ["Mail"],
        "resources": 1,
        "parameters": 1,
        "outputs": 0,
    }


def test_the_project_may_be_elsewhere(folder: Path, run: Run) -> None:
    write_project(folder / "elsewhere")

    assert run("-C", "elsewhere", "list").exit_code == 0
    assert run("-C", "elsewhere/templates", "list").exit_code == 0


def test_of_several_systems_one_is_named(project: Path, run: Run) -> None:
    write_project(project, "bank", app=REGIONS)

    assert run("list").exit_code == 2
    assert "Far" in run("list", "-s", "bank").output
    assert "Desk" in run("list", "--system", "shop").output

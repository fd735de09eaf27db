"""What lint says of EveryoneCook: nothing but the notes that its specification asks for."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from ecinfra.cli import main
from tests.everyonecook.rendered import ENVIRONMENTS, ROOT, system

ASKED_FOR = [
    ("EC102", "AIQueue"),
    ("EC102", "ImageQueue"),
    ("EC103", "ApiRouter"),
]
OF_ANOTHER_OWNER = [("EC112", "ApiStage")]


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_there_are_notes_and_nothing_else(environment: str) -> None:
    command = ["-C", str(ROOT), "lint", "-s", "everyonecook", "-e", environment, "--json", "--no-cache"]
    result = CliRunner().invoke(main, command)
    assert result.exit_code == 0, result.output
    found = [(each["rule"], each["resource"], each["level"]) for each in json.loads(result.stdout)["findings"]]
    expected = ASKED_FOR if environment in ("prod", "local") else ASKED_FOR + OF_ANOTHER_OWNER
    assert sorted(found) == sorted((rule, resource, "note") for rule, resource in expected)


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_plain_cfn_lint_over_the_rendered_folder_finds_nothing_at_any_level(environment: str, tmp_path: Path) -> None:
    paths = []
    for template in system(environment).templates:
        path = tmp_path / template.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(template.text, encoding="utf-8")
        paths.append(str(path))
    program = "from cfnlint.runner import main; main()"
    command = [sys.executable, "-c", program, "-c", "I", "--", *paths]
    result = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert (result.returncode, result.stdout) == (0, "")

from __future__ import annotations

from pathlib import Path

import pytest
from click.shell_completion import ShellComplete

from ecinfra.cli import main
from tests.cli.conftest import Run
from tests.projects import APP, write_project


def completed(*line: str) -> list[str]:
    *words, incomplete = line
    complete = ShellComplete(main, {}, "ecinfra", "_ECINFRA_COMPLETE")
    return [item.value for item in complete.get_completions(words, incomplete)]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_script_is_printed_for_each_shell(shell: str, run: Run) -> None:
    result = run("completion", shell)

    assert result.exit_code == 0
    assert f"_ECINFRA_COMPLETE={shell}_complete" in result.stdout


def test_commands_are_completed() -> None:
    assert completed("re") == ["render"]


def test_options_are_completed() -> None:
    assert completed("--ver") == ["--version"]
    assert completed("render", "--f") == ["--format"]


def test_systems_are_completed(project: Path) -> None:
    write_project(project, "bank")

    assert completed("list", "-s", "") == ["bank", "shop"]
    assert completed("list", "-s", "b") == ["bank"]


def test_environments_are_completed(project: Path) -> None:
    assert completed("list", "-e", "") == ["local", "dev", "prod"]
    assert completed("list", "-s", "shop", "-e", "p") == ["prod"]


def test_stacks_are_completed(project: Path) -> None:
    assert completed("render", "") == ["Mail", "Desk", "Root"]
    assert completed("render", "-e", "dev", "D") == ["Desk"]


def test_names_are_those_of_the_project_that_the_line_names(folder: Path) -> None:
    write_project(folder / "elsewhere")

    assert completed("-C", "elsewhere", "render", "M") == ["Mail"]


def test_without_a_project_nothing_is_completed(folder: Path) -> None:
    assert completed("list", "-s", "") == []
    assert completed("list", "-e", "") == []
    assert completed("render", "M") == []


def test_templates_that_print_do_not_disturb_the_line(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_project(project, app="print('hello')\n" + APP)

    assert completed("render", "D") == ["Desk"]
    assert capsys.readouterr() == ("", "")


def test_templates_that_end_the_program_complete_nothing(project: Path) -> None:
    write_project(project, app="raise SystemExit(3)\n")

    assert completed("render", "D") == []

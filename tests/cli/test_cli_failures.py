from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.projects import APP, write_project

TWICE = APP.replace('app.stack("Desk")', 'app.stack("Mail")')


def test_an_error_says_where_what_and_how(project: Path, run: Run) -> None:
    write_project(project, app=APP.replace('"Mail"', '"my-mail"'))

    result = run("list")

    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr == (
        "error: templates/shop/app.py:8: 'my-mail' cannot be a logical id\n"
        "  letters and digits only, beginning with a letter, at most 255\n"
    )


def test_files_are_named_from_the_working_directory(project: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    write_project(project, app=TWICE)
    monkeypatch.chdir(project / "templates")

    assert run("list").stderr == (
        "error: shop/app.py:10: two stacks are called Mail; the other one is at shop/app.py:8\n"
    )


def test_files_elsewhere_are_named_from_the_projects_folder(
    folder: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_project(folder / "one", app=TWICE)
    (folder / "two").mkdir()
    monkeypatch.chdir(folder / "two")

    assert run("-C", str(folder / "one"), "list").stderr == (
        "error: templates/shop/app.py:10: two stacks are called Mail; the other one is at templates/shop/app.py:8\n"
    )


def test_a_name_that_is_not_there_is_an_error_of_usage(project: Path, run: Run) -> None:
    result = run("list", "-e", "prd")

    assert result.exit_code == 2
    assert result.stderr == "error: shop has no environment 'prd'\n  did you mean 'prod'?\n"


def test_an_interrupt_ends_with_130(project: Path, run: Run) -> None:
    write_project(project, app="def define(settings):\n    raise KeyboardInterrupt\n")

    result = run("list")

    assert result.exit_code == 130
    assert result.stderr == "\ninterrupted\n"


def test_an_exception_of_our_own_keeps_its_traceback(project: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def fall(*_: object, **__: object) -> str:
        raise ZeroDivisionError

    monkeypatch.setattr("json.dumps", fall)

    assert isinstance(run("list", "--json").exception, ZeroDivisionError)


def test_templates_that_print_leave_the_output_alone(project: Path, run: Run) -> None:
    write_project(project, app="print('hello')\n" + APP)

    result = run("list", "--json")

    assert [stack["name"] for stack in json.loads(result.stdout)] == ["Mail", "Desk"]
    assert result.stderr == "hello\n"


def test_templates_that_end_the_program_are_an_error(project: Path, run: Run) -> None:
    write_project(project, app="raise SystemExit(0)\n")

    result = run("render")

    assert result.exit_code == 1
    assert result.stderr == (
        "error: templates/shop/app.py:1: cannot import templates.shop.app: it would end the program, by SystemExit(0)\n"
        "  templates define, and return: raise an error where they cannot\n"
    )

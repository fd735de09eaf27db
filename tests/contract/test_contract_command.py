from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from ecinfra.cli import main
from tests.projects import other_templates, write_project

APP = """\
from pathlib import Path

from ecinfra import App
from ecinfra.assets import Handlers
from ecinfra.constructs import Function

SOURCES = Handlers(Path(__file__).parents[2] / "handlers" / "shop")


def define(settings):
    app = App("Shop", settings)
    desk = app.stack("Desk")
    desk.add(Function("Clerk", SOURCES.handler("clerk"), "clerk.handler.handler", env={"ROOM": "4"}))
    desk.add(Function("Porter", SOURCES.handler("porter"), "porter.handler.handler"))
    return app
"""
CLERK = """\
import os

SHELF = os.environ["SHELF"]


def handler(event, context):
    return SHELF
"""
PORTER = 'import os\n\n\ndef handler(event, context):\n    return os.environ.get("DOOR", "1")\n'
Run = Callable[..., Result]


@pytest.fixture(autouse=True)
def _process() -> Iterator[None]:
    with other_templates():
        yield


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run `ecinfra check` in a project, as a shell would."""
    monkeypatch.chdir(write_project(tmp_path, app=APP))
    for name, text in (("clerk", CLERK), ("porter", PORTER)):
        folder = tmp_path / "handlers" / "shop" / name
        folder.mkdir(parents=True)
        (folder / "handler.py").write_text(text, encoding="utf-8")

    def run(*arguments: str) -> Result:
        return CliRunner().invoke(main, ["check", *arguments], prog_name="ecinfra")

    return run


def test_findings_name_the_line_of_the_code_or_of_the_template(run: Run) -> None:
    result = run("-e", "dev")

    assert result.output == (
        "Desk\n"
        "  error EC201 Clerk\n"
        "    reads SHELF, and is not given it\n"
        "    handlers/shop/clerk/handler.py:3\n"
        "  warning EC203 Clerk.Environment.Variables.ROOM\n"
        "    is given ROOM, and nothing in its code reads that\n"
        "    templates/shop/app.py:13\n"
        "  note EC202 Porter\n"
        "    reads DOOR, and is not given it: the code's default holds\n"
        "    handlers/shop/porter/handler.py:5\n"
        "\n"
        "1 error, 1 warning, 1 note in 2 functions\n"
    )
    assert result.exit_code == 1


def test_functions_are_looked_at_alone_where_they_are_named(run: Run) -> None:
    result = run("Porter")

    assert result.output.splitlines()[-1] == "1 note in 1 function"
    assert result.exit_code == 0
    assert run("Clerk").exit_code == 1


def test_a_function_that_is_not_there_is_said_so(run: Run) -> None:
    result = run("Clark")

    assert result.exit_code == 2
    assert result.output == "error: there is no function 'Clark'\n  did you mean 'Clerk'?\n"


def test_warnings_are_a_failure(run: Run, tmp_path: Path) -> None:
    (tmp_path / "handlers" / "shop" / "clerk" / "handler.py").write_text("def handler(event, context):\n    pass\n")
    result = run("Clerk")

    assert result.output.splitlines()[-1] == "1 warning in 1 function"
    assert result.exit_code == 1


def test_findings_are_printed_for_machines(run: Run) -> None:
    report = json.loads(run("-e", "dev", "--json").output)

    assert {name: report[name] for name in ("system", "environment", "errors", "warnings", "notes")} == {
        "system": "Shop",
        "environment": "dev",
        "errors": 1,
        "warnings": 1,
        "notes": 1,
    }
    assert report["findings"][0] == {
        "rule": "EC201",
        "name": "unset-variable",
        "level": "error",
        "message": "reads SHELF, and is not given it",
        "system": "Shop",
        "root": "Shop-dev",
        "stack": "Desk",
        "resource": "Clerk",
        "property": None,
        "path": ["Resources", "Clerk"],
        "template": "Shop-dev/Desk.json",
        "file": "handlers/shop/clerk/handler.py",
        "line": 3,
        "source": "https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html",
    }


def test_findings_are_printed_for_code_hosts(run: Run) -> None:
    (log,) = json.loads(run("--sarif").output)["runs"]

    assert [result["ruleId"] for result in log["results"]] == ["EC201", "EC203", "EC202"]
    assert log["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == (
        "handlers/shop/clerk/handler.py"
    )


def test_one_output_has_one_format(run: Run) -> None:
    result = run("--json", "--sarif")

    assert result.exit_code == 2
    assert "Error: --json and --sarif are two formats of one output: name one\n" in result.output


def test_the_rules_are_listed(run: Run) -> None:
    listed = run("--rules").output
    rules = json.loads(run("--rules", "--json").output)

    assert listed.startswith(
        "EC201 unset-variable (error)\n"
        "    Code reads an environment variable that its function is not given, and fails without it.\n"
    )
    assert [rule["id"] for rule in rules] == [f"EC{number}" for number in range(201, 210)]


def test_functions_are_completed(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("_ECINFRA_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", "ecinfra check -e dev P")
    monkeypatch.setenv("COMP_CWORD", "4")

    assert "Porter" in CliRunner().invoke(main, [], prog_name="ecinfra").output


def test_a_new_project_keeps_the_contract(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert CliRunner().invoke(main, ["init", "shop"]).exit_code == 0

    result = CliRunner().invoke(main, ["check"])
    assert (result.output, result.exit_code) == ("nothing to say of 1 function\n", 0)

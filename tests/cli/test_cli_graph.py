from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.cli.conftest import Run
from tests.projects import write_project

MERMAID = """\
flowchart LR
  subgraph root_0["Shop-dev · eu-west-1"]
    stack_Mail["Mail<br/>1 resource"]
    stack_Desk["Desk<br/>1 resource"]
  end
  stack_Mail -->|1| stack_Desk
"""


def test_mermaid_is_printed_where_nothing_else_is_asked(project: Path, run: Run) -> None:
    result = run("graph", "-e", "dev")

    assert result.exit_code == 0
    assert result.stdout == MERMAID
    assert result.stderr == ""


@pytest.mark.parametrize(
    ("name", "beginning"),
    [
        ("shop.mmd", "flowchart LR\n"),
        ("shop.mermaid", "flowchart LR\n"),
        ("shop.dot", 'digraph "Shop-dev" {\n'),
        ("shop.gv", 'digraph "Shop-dev" {\n'),
        ("shop.svg", '<?xml version="1.0" encoding="UTF-8"?>\n<svg'),
        ("shop.HTML", "<!DOCTYPE html>\n<html"),
        ("shop.json", '{\n  "system": "Shop"'),
    ],
)
def test_the_ending_of_a_file_decides_what_is_written(project: Path, run: Run, name: str, beginning: str) -> None:
    result = run("graph", "-e", "dev", "-o", f"out/{name}")

    assert (result.stdout, result.stderr) == ("", f"wrote out/{name}\n")
    assert (project / "out" / name).read_text(encoding="utf-8").startswith(beginning)


def test_a_named_format_wins_against_the_ending(project: Path, run: Run) -> None:
    assert run("graph", "-e", "dev", "--format", "mermaid", "-o", "shop.txt").exit_code == 0
    assert (project / "shop.txt").read_text(encoding="utf-8") == MERMAID


def test_any_format_may_be_printed(project: Path, run: Run) -> None:
    ElementTree.fromstring(run("graph", "--format", "svg").stdout)

    assert json.loads(run("graph", "--json").stdout) == json.loads(run("graph", "--format", "json").stdout)


def test_values_are_named_and_resources_drawn(project: Path, run: Run) -> None:
    assert run("graph", "Desk", "--values", "--resources").stdout.splitlines()[2:] == [
        '    stack_Mail["Mail<br/>1 resource"]',
        '    subgraph stack_Desk["Desk"]',
        '      resource_Pile["Pile<br/>SQS Queue"]',
        "    end",
        "  end",
        '  stack_Mail -->|"Inbox.Arn"| resource_Pile',
        "  classDef context stroke-dasharray: 4 4",
        "  class stack_Mail context",
    ]


def test_an_unknown_stack_is_an_error_of_usage(project: Path, run: Run) -> None:
    result = run("graph", "Dsk", "-o", "shop.svg")

    assert (result.exit_code, result.stderr) == (2, "error: there is no stack 'Dsk'\n  did you mean 'Desk'?\n")
    assert not (project / "shop.svg").exists()


def test_an_unknown_ending_is_an_error_of_usage(project: Path, run: Run) -> None:
    result = run("graph", "-o", "shop.png")

    assert (result.exit_code, result.stderr) == (
        2,
        "error: cannot tell the format of 'shop.png' by its ending\n"
        "  end it with one of .mmd, .mermaid, .dot, .gv, .svg, .html, .htm, .json, or name the format with --format\n",
    )


def test_two_formats_at_once_are_an_error_of_usage(project: Path, run: Run) -> None:
    result = run("graph", "--json", "--format", "svg")

    assert result.exit_code == 2
    assert "Error: --json and --format svg ask for different things\n" in result.stderr


def test_what_is_no_file_is_not_written_to(project: Path, run: Run) -> None:
    (project / "shop.svg").mkdir()

    result = run("graph", "-o", "shop.svg")

    assert (result.exit_code, result.stderr) == (2, "error: cannot write shop.svg: it is not a file\n")


def test_a_drawing_is_replaced_whole(project: Path, run: Run) -> None:
    (project / "shop.svg").write_text("old", encoding="utf-8")

    run("graph", "-o", "shop.svg")

    ElementTree.parse(project / "shop.svg")
    assert [path.name for path in project.iterdir() if path.is_file()] == ["shop.svg"]


def test_more_lines_than_mermaid_draws_are_told(folder: Path, run: Run) -> None:
    write_project(
        folder,
        app="""\
from troposphere import GetAtt, sns, sqs

from ecinfra import App


def define(settings):
    app = App("Shop", settings)
    mail = app.stack("Mail")
    mail.add(sqs.Queue("Inbox"))
    for number in range(501):
        mail.add(sns.Topic(f"Topic{number}", DisplayName=GetAtt("Inbox", "QueueName")))
    return app
""",
    )

    assert run("graph").stderr == ""
    assert run("graph", "--resources").stderr == (
        "501 lines are more than the 500 that Mermaid draws by default: name stacks, or take --format html\n"
    )


def test_the_help_shows_examples(run: Run) -> None:
    assert "ecinfra graph -e dev -o system.html" in run("graph", "--help").stdout

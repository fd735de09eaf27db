"""The documentation: its examples run, and nothing is left out."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from ecinfra import contract
from ecinfra.cli import main
from ecinfra.lint.finding import Rule
from ecinfra.lint.table import RULES

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
COMMANDS = (ROOT / "docs" / "commands.md").read_text("utf-8")
EXAMPLES = [
    line.removeprefix("$ ecinfra ")
    for text in (README, COMMANDS)
    for block in re.findall(r"```console\n(.*?)```", text, re.DOTALL)
    for line in block.splitlines()
    if line.startswith("$ ecinfra ")
]

READER = """\
import os

import boto3

scans, letters = boto3.client("s3"), boto3.client("dynamodb")


def handler(event, context):
    for record in event["Records"]:
        scan = scans.get_object(Bucket=os.environ["SCANS"], Key=record["body"])
        letters.put_item(TableName=os.environ["LETTERS"], Item={"PK": {"S": scan["Body"].read().decode()}})
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The project of the README."""
    folder = tmp_path / "letters"
    for name, text in re.findall(r"```python\n# (\S+)\n(.*?)```", README, re.DOTALL):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    reader = folder / "handlers" / "letters" / "reader"
    reader.mkdir(parents=True)
    (reader / "handler.py").write_text(READER)
    monkeypatch.chdir(folder)
    return folder


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_examples_run(project: Path, example: str) -> None:
    result = CliRunner().invoke(main, shlex.split(example))
    assert result.exit_code == 0, result.output


def test_the_sixty_lines_are_about_sixty() -> None:
    blocks = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    assert sum(len(block.splitlines()) for block in blocks) <= 62


@pytest.mark.parametrize(
    ("said", "instead"),
    [("visible_after=minutes(6)", 'visible_after="soon"'), ("Ref(scans.title)", 'Ref("Scanz")')],
)
def test_the_errors_of_the_readme_are_said_word_for_word(project: Path, said: str, instead: str) -> None:
    path = project / "templates" / "letters" / "app.py"
    path.write_text(path.read_text().replace(said, instead))
    result = CliRunner().invoke(main, ["render"])
    assert result.exit_code == 1
    (errors,) = re.findall(r"```text\n(.*?)```", README, re.DOTALL)
    assert result.stderr in errors


def test_every_command_is_documented() -> None:
    with click.Context(main) as context:
        names = main.list_commands(context)
    assert names
    for name in names:
        assert f"## {name}\n" in COMMANDS
        assert f"ecinfra {name}" in README


def test_every_option_of_a_command_is_explained() -> None:
    with click.Context(main) as context:
        for name in main.list_commands(context):
            command = main.get_command(context, name)
            assert command is not None
            for parameter in command.params:
                if isinstance(parameter, click.Option):
                    assert parameter.help, f"{name} {parameter.name}"


@pytest.mark.parametrize(("page", "rules"), [("lint.md", RULES), ("check.md", contract.RULES)])
def test_every_rule_of_our_own_is_documented(page: str, rules: dict[str, Rule]) -> None:
    text = (ROOT / "docs" / page).read_text("utf-8")
    for rule in rules.values():
        assert f"| {rule.id} {rule.name} | {rule.level.value} | {rule.description}" in text


def test_decisions_are_numbered_without_a_gap_and_say_context_choice_and_price() -> None:
    decisions = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    assert [path.name[:4] for path in decisions] == [f"{number:04}" for number in range(1, len(decisions) + 1)]
    for path in decisions:
        text = path.read_text("utf-8")
        for word in ("**Context.**", "**Choice.**", "**Price.**"):
            assert word in text, path.name

from __future__ import annotations

import sys

import click
import pytest

from ecinfra.cli import main
from tests.cli.conftest import Run


def commands() -> list[str]:
    return main.list_commands(click.Context(main))


def test_help_lists_the_commands_with_a_line_each(run: Run) -> None:
    result = run("--help")

    assert result.exit_code == 0
    assert "\n  render      Write a system's templates.\n" in result.output
    assert all(f"\n  {name} " in result.output for name in commands())


def test_help_has_examples(run: Run) -> None:
    assert "\n  ecinfra render -e prod " in run("--help").output
    for name in commands():
        assert f"ecinfra {name}" in run(name, "--help").output.partition("\n\n")[2], name


@pytest.mark.parametrize("name", commands())
def test_a_line_in_the_list_begins_the_commands_own_help(name: str, run: Run) -> None:
    command = main.get_command(click.Context(main), name)

    assert command is not None
    assert command.name == name
    listed = dict(line.split(maxsplit=1) for line in run("--help").output.partition("Commands:\n")[2].splitlines())
    assert command.get_short_help_str(limit=200).startswith(listed[name].removesuffix("."))


@pytest.mark.parametrize("arguments", [("--help",), ("--version",), ("systems",)])
def test_a_command_imports_no_other(arguments: tuple[str, ...], project: object, run: Run) -> None:
    others = ("ecinfra.cli.render", "ecinfra.cli.init")
    for name in others:
        sys.modules.pop(name, None)

    assert run(*arguments).exit_code == 0
    assert not [name for name in others if name in sys.modules]


def test_the_version_is_printed(run: Run) -> None:
    assert run("--version").output == "ecinfra 0.1.0\n"


def test_an_unknown_command_is_refused_with_the_nearest_name(run: Run) -> None:
    result = run("rendr")

    assert result.exit_code == 2
    assert result.stderr.endswith("Error: No such command 'rendr'. Did you mean 'render'?\n")


def test_help_is_short_too(run: Run) -> None:
    assert run("render", "-h").output == run("render", "--help").output

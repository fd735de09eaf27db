"""`ecinfra list`: the stacks of a system."""

from __future__ import annotations

from typing import Any

import click

from ecinfra.cli.options import current_app, environment_option, json_option, print_json, system_option, terminal_width
from ecinfra.link import LinkedStack, System, link
from ecinfra.report.table import Cell, table

_SECTIONS = {"resources": "Resources", "parameters": "Parameters", "outputs": "Outputs"}


@click.command("list")
@system_option
@environment_option
@json_option
def command(system: str | None, environment: str, as_json: bool) -> None:
    """List a system's stacks in the order of their deployment.

    A root stack lives in one region, and is deployed after the roots above it.

    \b
    ecinfra list -e prod
    ecinfra list -s shop -e dev --json | jq -r '.[].name'
    """
    linked = link(current_app(system, environment))
    if as_json:
        print_json([_described(stack) for stack in linked.stacks])
    else:
        click.echo(_table(linked))


def _counts(stack: LinkedStack) -> dict[str, int]:
    return {name: len(stack.template.get(section, ())) for name, section in _SECTIONS.items()}


def _described(stack: LinkedStack) -> dict[str, Any]:
    return {
        "name": stack.name,
        "full_name": stack.full_name,
        "root": stack.root,
        "region": stack.region,
        "needs": stack.needs,
        **_counts(stack),
    }


def _table(system: System) -> str:
    rows = []
    for root in system.roots:
        rows.append([Cell(f"{root.name}, {root.region}", "bold"), *(Cell("") for _ in _SECTIONS)])
        for stack in root.stacks:
            rows.append([Cell(f"  {stack.name}"), *(Cell(str(count)) for count in _counts(stack).values())])
    return table(["stack", *_SECTIONS], rows, right=_SECTIONS, width=terminal_width())

"""`ecinfra systems`: what there is to work on."""

from __future__ import annotations

import click

from ecinfra.cli.options import current_project, json_option, print_json
from ecinfra.project import environments
from ecinfra.report.table import Cell, table


@click.command("systems")
@json_option
def command(as_json: bool) -> None:
    """List the project's systems and their environments.

    \b
    ecinfra systems
    ecinfra systems --json | jq -r '.[].system'
    """
    project = current_project()
    known = {system: list(environments(project, system)) for system in project.systems}
    if as_json:
        print_json(
            [
                {"system": system, "default": system == project.default, "environments": names}
                for system, names in known.items()
            ]
        )
        return
    marks = {project.default: " (default)"} if len(known) > 1 else {}
    rows = [[Cell(system + marks.get(system, "")), Cell(", ".join(names))] for system, names in known.items()]
    click.echo(table(["system", "environments"], rows))

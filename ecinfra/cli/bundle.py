"""`ecinfra bundle`: the code of a system's functions, as zips."""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from ecinfra.bundle.bundler import Watch, build
from ecinfra.bundle.memory import keep, recall
from ecinfra.bundle.outcome import Outcome, differences, outcome
from ecinfra.bundle.parts import parts
from ecinfra.cli.options import (
    current_project,
    environment_option,
    json_option,
    print_json,
    shown,
    system_option,
    terminal_width,
)
from ecinfra.project import choose, define
from ecinfra.report.artifacts import artifacts_table, changes_text, without_layer
from ecinfra.report.text import counted

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9-]*")


@click.command("bundle")
@system_option
@environment_option
@click.option("--explain", is_flag=True, help="Say of each artifact which files changed its hash since the last time.")
@json_option
def command(system: str | None, environment: str, explain: bool, as_json: bool) -> None:
    """Build the zips of a system's functions and layers.

    A zip is called after the hash of what it is made of, and lies in build/SYSTEM/artifacts, for all environments: what
    is there is not built again. A layer is built for the runtime and the architecture that its functions run on, or for
    this machine, from wheels that pip finds and whose hashes its requirements.txt pins.

    \b
    ecinfra bundle -e prod              what prod needs
    ecinfra bundle -e prod --explain    and why it was built anew
    """
    started = time.time_ns()
    project = current_project()
    system = choose(project, system)
    folder = project.folder / "build" / system / "artifacts"
    name = f"{system}-{environment}"
    memory = recall(project.folder, name) if _NAME.fullmatch(environment) else None
    made = memory.last if memory and memory.valid else None
    if made is None:
        wanted = parts(define(project, system, environment))
        with _progress() as watch:
            made = outcome(wanted, build(wanted, folder, watch))
        keep(project.folder, name, wanted, made, started)
    changes = differences(memory.last if memory else None, made)
    if as_json:
        print_json({"system": system, "environment": environment, **_described(made, changes if explain else None)})
    else:
        _print(f"{system}, {environment}", folder, made)
        if explain:
            click.echo(f"\n{changes_text(changes)}")


def _print(what: str, folder: Path, made: Outcome) -> None:
    built = sum(artifact.built for artifact in made.artifacts)
    said = f"{built} built" if built else "nothing to build"
    click.echo(f"{what}: {counted(len(made.artifacts), 'artifact')} in {shown(folder)}, {said}")
    if text := artifacts_table(made, terminal_width()):
        click.echo(f"\n{text}")


def _described(made: Outcome, changes: dict[str, list[str]] | None) -> dict[str, Any]:
    alone = without_layer(made)
    return {
        "artifacts": [{**artifact._asdict(), "path": str(artifact.path)} for artifact in made.artifacts],
        "functions": [{**each._asdict(), "without_layer": alone[each.title]} for each in made.functions],
        "layers": [each._asdict() for each in made.layers],
        **({} if changes is None else {"changes": changes}),
    }


@contextmanager
def _progress() -> Iterator[Watch]:
    """Say what is being built: on a terminal how far that is, elsewhere once."""
    terminal = sys.stderr.isatty()

    def watch(what: str, detail: str) -> None:
        if terminal:
            line = f"building {what}: {detail}" if detail else f"building {what}"
            click.echo(f"\r\x1b[K{line[: _columns() - 1]}", nl=False, err=True)
        elif not detail:
            click.echo(f"building {what}", err=True)

    try:
        yield watch
    finally:
        if terminal:
            click.echo("\r\x1b[K", nl=False, err=True)


def _columns() -> int:
    import shutil  # slow to import, and wanted by people alone

    return shutil.get_terminal_size().columns

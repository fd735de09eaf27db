"""Names that the shell completes: what it has no answer to, it leaves to its user."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import click

from ecinfra import project as projects
from ecinfra.errors import EcinfraError


def systems(context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[str]:
    """The systems of the project."""
    with suppress(EcinfraError):
        return _beginning(incomplete, projects.find(_start(context)).systems)
    return []


def environments(context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[str]:
    """The environments of the system that the line names so far."""
    with suppress(EcinfraError):
        project = projects.find(_start(context))
        return _beginning(incomplete, projects.environments(project, context.params.get("system")))
    return []


def stacks(context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[str]:
    """The stacks of the system that the line names so far."""
    with suppress(EcinfraError):
        project = projects.find(_start(context))
        environment = context.params.get("environment") or "local"
        app = projects.define(project, context.params.get("system"), environment)
        return _beginning(incomplete, [*app.stacks, "Root"])
    return []


def _start(context: click.Context) -> Path | None:
    start: Path | None = context.find_root().params.get("project")
    return start


def _beginning(incomplete: str, names: Iterable[str]) -> list[str]:
    return [name for name in names if name.startswith(incomplete)]

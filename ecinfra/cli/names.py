"""Names that the shell completes: what it has no answer to, it leaves to its user."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, redirect_stderr, suppress
from io import StringIO
from pathlib import Path

import click

from ecinfra import project as projects
from ecinfra.app import App
from ecinfra.errors import EcinfraError


def systems(context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[str]:
    """The systems of the project."""
    with _silence():
        return _beginning(incomplete, projects.find(_start(context)).systems)
    return []


def environments(context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[str]:
    """The environments of the system that the line names so far."""
    with _silence():
        project = projects.find(_start(context))
        return _beginning(incomplete, projects.environments(project, context.params.get("system")))
    return []


def stacks(context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[str]:
    """The stacks of the system that the line names so far."""
    with _silence():
        return _beginning(incomplete, [*_app(context).stacks, "Root"])
    return []


def functions(context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[str]:
    """The functions of the system that the line names so far."""
    with _silence():
        resources = [each for stack in _app(context).stacks.values() for each in stack.resources.values()]
        return _beginning(incomplete, (each.id for each in resources if each.type == "AWS::Lambda::Function"))
    return []


def _app(context: click.Context) -> App:
    environment = context.params.get("environment") or "local"
    return projects.define(projects.find(_start(context)), context.params.get("system"), environment)


@contextmanager
def _silence() -> Iterator[None]:
    """Whatever the templates say, the line that somebody types stays as it is."""
    with suppress(EcinfraError), redirect_stderr(StringIO()):
        yield


def _start(context: click.Context) -> Path | None:
    start: Path | None = context.find_root().params.get("project")
    return start


def _beginning(incomplete: str, names: Iterable[str]) -> list[str]:
    return [name for name in names if name.startswith(incomplete)]

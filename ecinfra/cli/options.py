"""The options that commands share, and what they stand for."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from ecinfra import project as projects
from ecinfra.app import App
from ecinfra.cli import names
from ecinfra.errors import UsageError, nearest
from ecinfra.project import Project
from ecinfra.render import Rendered, Template

_ROOT = "Root"

system_option = click.option(
    "-s", "--system", metavar="NAME", shell_complete=names.systems, help="The system; needed where there are several."
)
environment_option = click.option(
    "-e",
    "--env",
    "environment",
    metavar="NAME",
    default="local",
    show_default=True,
    shell_complete=names.environments,
    help="The environment.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON, for machines.")
stacks_argument = click.argument("stacks", nargs=-1, metavar="[STACK]...", shell_complete=names.stacks)


def asked_folder() -> Path | None:
    """The folder that `-C` names."""
    folder: Path | None = click.get_current_context().find_root().params.get("project")
    return folder


def current_project() -> Project:
    """The project that the command runs in: around `-C`, or around the working directory."""
    return projects.find(asked_folder())


def current_app(system: str | None, environment: str) -> App:
    """The App that the options name."""
    return projects.define(current_project(), system, environment)


def named_templates(rendered: Rendered, stacks: Sequence[str]) -> list[Template]:
    """The templates of the stacks named: all, where none is; Root, or a root's own name, is that of a root."""
    if not stacks:
        return list(rendered.templates)
    names = {name for template in rendered.templates for name in _names(template)}
    for stack in stacks:
        if stack not in names:
            raise UsageError(f"there is no stack '{stack}'", hint=nearest(stack, names))
    return [template for template in rendered.templates if not _names(template).isdisjoint(stacks)]


def print_json(data: Any) -> None:
    """Print data for a machine to read."""
    click.echo(json.dumps(data, indent=2))


def terminal_width() -> int | None:
    """How wide a table may be; what goes into a file or a pipe may be as wide as it is."""
    if sys.stdout is None or not sys.stdout.isatty():
        return None
    import shutil  # slow to import, and wanted by people alone

    return shutil.get_terminal_size().columns


def shown(path: Path) -> str:
    """A path as a user types it: from the working directory, where it lies below that."""
    here = Path.cwd()
    return path.relative_to(here).as_posix() if path.is_relative_to(here) else str(path)


def _names(template: Template) -> set[str]:
    return {template.name} if template.stack else {_ROOT, template.root}

"""`ecinfra init`: a new project."""

from __future__ import annotations

import keyword
import re
import shlex
from collections.abc import Iterable
from pathlib import Path

import click

from ecinfra.build import write
from ecinfra.cli.options import asked_folder, shown
from ecinfra.errors import ProjectError, UsageError
from ecinfra.scaffold import project_files

_NAME = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
_LONGEST = 40


@click.command("init")
@click.argument("name", required=False)
@click.option(
    "-d",
    "--dir",
    "folder",
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    help="The project's folder, made where there is none. Default: the working directory.",
)
def command(name: str | None, folder: Path | None) -> None:
    """Write a new project that renders and lints at once.

    NAME is that of its first system; without one, it is the folder's. No file is overwritten.

    \b
    ecinfra init shop                  here
    ecinfra init --dir ~/code/shop     there
    """
    folder = (folder or asked_folder() or Path()).absolute()
    system = name or _plain(folder.name)
    if not _fits(system):
        better = _plain(system).lstrip("_0123456789")
        raise UsageError(
            f"'{system}' cannot be the name of a system",
            hint=f"lower-case letters, digits and _, beginning with a letter, at most {_LONGEST}, and no word of "
            f"Python's{f'; such as {better}' if _fits(better) else ''}",
        )
    files = project_files(system)
    _refuse_overwriting(folder / path for path in files)
    write(folder, files)
    click.echo(f"{system} is there:\n")
    click.echo("\n".join(f"  {shown(folder / path)}" for path in files))
    _print_next_steps(folder, system)


def _fits(name: str) -> bool:
    return bool(_NAME.fullmatch(name)) and len(name) <= _LONGEST and not keyword.iskeyword(name)


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")


def _refuse_overwriting(paths: Iterable[Path]) -> None:
    taken = [shown(path) for path in paths if path.exists() or path.is_symlink()]
    if taken:
        raise ProjectError(
            f"init overwrites nothing, and there is already {', '.join(taken)}",
            hint="give a new project a folder of its own: --dir DIR",
        )


def _print_next_steps(folder: Path, system: str) -> None:
    click.echo("\nNext:\n")
    if folder != Path.cwd():
        click.echo(f"  cd {shlex.quote(shown(folder))}")
    click.echo("  ecinfra list      its stacks")
    click.echo(f"  ecinfra render    their templates, below build/{system}/local")
    click.echo("  ecinfra lint      what CloudFormation would say of them")

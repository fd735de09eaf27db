"""Errors as text: the one place that prints them."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import click

from ecinfra.errors import EcinfraError
from ecinfra.project import find

_INTERRUPTED = 130


@contextmanager
def failures(context: click.Context) -> Iterator[None]:
    """Print an error of ecinfra's and end with its exit code; what nobody expected keeps its traceback."""
    try:
        yield
    except EcinfraError as error:
        click.echo(_text(error, context.params.get("project")), err=True)
        context.exit(error.exit_code)
    except (KeyboardInterrupt, click.Abort):
        click.echo("\ninterrupted", err=True)
        context.exit(_INTERRUPTED)


def _text(error: EcinfraError, start: Path | None) -> str:
    """The error with its hint, its files named from the working directory, else from the project's folder."""
    where = f"{error.place}: " if error.place else ""
    hint = f"\n  {error.hint}" if error.hint else ""
    text = f"{where}{error.message}{hint}"
    folders = [Path.cwd()]
    with suppress(EcinfraError):
        folders.append(find(start).folder)
    for folder in folders:
        if folder != Path(folder.anchor):
            text = re.sub(rf"(?<![\w/.-]){re.escape(f'{folder}{os.sep}')}", "", text)
    return f"{click.style('error:', fg='red', bold=True)} {text}"

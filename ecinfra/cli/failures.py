"""Errors as text: the one place that prints them."""

from __future__ import annotations

import errno
import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NoReturn

import click

from ecinfra.errors import EcinfraError
from ecinfra.project import find
from ecinfra.refusals import traces

_INTERRUPTED = 130


@contextmanager
def failures(context: click.Context) -> Iterator[None]:
    """Print an error of ecinfra's and end with its exit code; what nobody expected keeps its traceback."""
    if sys.stdout is None:  # whoever started the process closed it
        _end(context, os.strerror(errno.EBADF).lower())
    try:
        yield
    except EcinfraError as error:
        click.echo(_text(error, context.params.get("project")), err=True)
        context.exit(error.exit_code)
    except (KeyboardInterrupt, click.Abort):
        click.echo("\ninterrupted", err=True)
        context.exit(_INTERRUPTED)
    except OSError as error:
        if error.errno == errno.EPIPE or not _printing(error):
            raise
        sys.stdout = None  # or the interpreter would try once more, and fail, at its end
        _end(context, (error.strerror or str(error)).lower())


def _end(context: click.Context, reason: str) -> NoReturn:
    with suppress(OSError):  # it may be stderr that fails
        click.echo(f"{_mark()} cannot print: {reason}", err=True)
    context.exit(1)


def _printing(error: OSError) -> bool:
    """Whether it was raised by what a command prints: a full disk, a stream that nobody may write to."""
    return any(trace.tb_frame.f_code is click.echo.__code__ for trace in traces(error))


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
    return f"{_mark()} {text}"


def _mark() -> str:
    return click.style("error:", fg="red", bold=True)

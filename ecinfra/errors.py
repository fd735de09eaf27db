"""The errors of ecinfra, all of them.

EcinfraError
├── DefinitionError        a template says something that cannot be
│   ├── PropertyError      a resource refuses a property
│   └── CollisionError     two things bear one name
├── LinkError              the parts do not fit together
│   ├── UnknownNameError   a name that nobody defines
│   └── CircleError        parts that need one another
├── ContractError          an API description that API Gateway does not understand
├── AssetError             sources that cannot be addressed by their content
└── ProjectError           the project on disk: systems, environments, stacks, files
    └── UsageError         the command line names something that is not there
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

_PACKAGE = str(Path(__file__).parent)


class Place(NamedTuple):
    """A line of the user's Python."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"

    def relative_to(self, folder: Path) -> Place:
        """The same line, named from `folder` where it lies below it."""
        path = Path(self.file)
        if path.is_relative_to(folder):
            return Place(path.relative_to(folder).as_posix(), self.line)
        return self


def users_line() -> Place:
    """The innermost line on the stack that is not ecinfra's own."""
    frame = sys._getframe(1)
    while frame.f_back is not None and frame.f_code.co_filename.startswith(_PACKAGE):
        frame = frame.f_back
    return Place(frame.f_code.co_filename, frame.f_lineno)


def nearest(name: str, known: Iterable[str]) -> str:
    """A hint that names what was probably meant, or what there is."""
    from difflib import get_close_matches  # wanted only when something is wrong

    choices = sorted(set(known))
    folded = {choice.lower(): choice for choice in choices}
    close = get_close_matches(name.lower(), folded, n=1, cutoff=0.6)
    if close:
        return f"did you mean '{folded[close[0]]}'?"
    if 0 < len(choices) <= 12:
        return "there is: " + ", ".join(choices)
    return ""


class EcinfraError(Exception):
    """Something a user can mend; says what, where and how."""

    exit_code = 1

    def __init__(self, message: str, *, place: Place | None = None, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.place = place
        self.hint = hint

    def __str__(self) -> str:
        where = f"{self.place}: " if self.place else ""
        hint = f"\n  {self.hint}" if self.hint else ""
        return f"{where}{self.message}{hint}"


class DefinitionError(EcinfraError):
    """A template says something that cannot be."""


class PropertyError(DefinitionError):
    """A resource refuses a property."""


class CollisionError(DefinitionError):
    """Two things bear one name."""


class LinkError(EcinfraError):
    """The parts do not fit together."""


class UnknownNameError(LinkError):
    """A name that nobody defines."""


class CircleError(LinkError):
    """Parts that need one another."""


class ContractError(EcinfraError):
    """An API description that API Gateway does not understand."""


class AssetError(EcinfraError):
    """Sources that cannot be addressed by their content."""


class ProjectError(EcinfraError):
    """The project on disk is not what a command needs."""


class UsageError(ProjectError):
    """The command line names something that is not there."""

    exit_code = 2

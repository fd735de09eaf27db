"""What was bundled the last time: while nothing has changed that it was made from, nothing is read again."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from ecinfra.build import write
from ecinfra.bundle.outcome import Outcome, from_data, to_data
from ecinfra.bundle.parts import Parts
from ecinfra.bundle.sight import Sight, sight, stamp
from ecinfra.errors import ProjectError

_FORM = 1
_SECOND = 1_000_000_000
_TICK = 50_000_000  # a file that is written twice within a tick of its file system's clock keeps its times


class Memory(NamedTuple):
    """The last outcome, and whether it would be the same today."""

    last: Outcome | None
    valid: bool


def recall(project: Path, name: str) -> Memory:
    """Remember what was bundled the last time under a name; what cannot be read is forgotten."""
    with suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
        data = json.loads(_file(project, name).read_text(encoding="utf-8"))
        if data["form"] == _FORM and data["project"] == str(project):
            last = from_data(data["outcome"])
            try:
                seen = Sight(*map(tuple, (data["sight"][each] for each in Sight._fields)))
                found = stamp(seen, (artifact.path for artifact in last.artifacts))[0]
            except OSError:
                found = ""
            return Memory(last.as_built_before(), data["stamp"] == found)
    return Memory(None, False)


def keep(project: Path, name: str, wanted: Parts, outcome: Outcome, started: int) -> None:
    """Keep an outcome under a name; a folder that takes nothing is no obstacle.

    It is valid until something changes, unless something did after `started`, the time before anything was read.
    """
    seen = sight(project, (part.asset.folder for part in wanted.every))
    with suppress(ProjectError, OSError):
        found, newest = stamp(seen, (artifact.path for artifact in outcome.artifacts))
        tick = _TICK if newest % _SECOND else 2 * _SECOND  # some file systems count seconds
        data = {
            "form": _FORM,
            "project": str(project),
            "stamp": found if newest < started - tick else None,
            "sight": seen._asdict(),
            "outcome": to_data(outcome),
        }
        file = _file(project, name)
        write(file.parent, {file.name: json.dumps(data, separators=(",", ":"))})


def _file(project: Path, name: str) -> Path:
    return project / ".ecinfra" / "bundle" / f"{name}.json"

"""What Python finds beside the sources: its own library, what Lambda brings, what is to be installed."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Any

_TABLE: dict[str, Any] = json.loads((Path(__file__).parents[1] / "data" / "packages.json").read_text(encoding="utf-8"))
_REQUIREMENT = re.compile(r"\s*([A-Za-z0-9][A-Za-z0-9._-]*)")

Release = tuple[int, ...]


def release(runtime: str) -> Release | None:
    """The release of Python that a runtime is made of: of python3.13 that is 3.13; none of another language."""
    named = re.fullmatch(r"python(\d+)\.(\d+)", runtime)
    return tuple(map(int, named.groups())) if named else None


@cache
def standard(python: Release) -> frozenset[str]:
    """The modules of a Python's own library, told from those of this one."""
    known = set(sys.stdlib_module_names)
    for turn in ("added", "removed"):
        for when, names in _TABLE[turn].items():
            come = (_parsed(when) <= python) == (turn == "added")
            known = known | set(names) if come else known - set(names)
    return frozenset(known)


def brought(python: Release) -> frozenset[str]:
    """The modules that a function finds in any case."""
    return standard(python) | set(_TABLE["runtime"])


def installed(requirements: Iterable[str]) -> frozenset[str]:
    """The modules of required distributions, in lower case: what most are called, and what some are."""
    found: set[str] = set()
    for line in requirements:
        named = _REQUIREMENT.match(line)
        if named and not line[:1].isspace():
            name = re.sub(r"[-_.]+", "-", named[1]).lower()
            found.update(each.lower() for each in _TABLE["modules"].get(name, [name.replace("-", "_")]))
    return frozenset(found)


def reads(variable: str, imported: Iterable[str]) -> bool:
    """Whether Python itself, or an imported library, looks at an environment variable."""
    patterns = (each for package in ("", *imported) for each in _TABLE["readers"].get(package, ()))
    return any(fnmatchcase(variable, pattern) for pattern in patterns)


def _parsed(text: str) -> Release:
    return tuple(map(int, text.split(".")))

"""Which module answers a request: the routes of api.json, literals before parameters."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

STAGE = "api"


@dataclass(frozen=True)
class Target:
    """A route that fits a request."""

    module: str
    public: bool
    path: dict[str, str]


@dataclass(frozen=True)
class Row:
    """A route of the contract."""

    method: str
    segments: tuple[str, ...]
    module: str
    public: bool


def rows(listed: Iterable[tuple[str, str, str, bool]]) -> list[Row]:
    """The rows of (method, path, module, public), such that a literal segment comes before a parameter."""
    made = [Row(method, tuple(path.strip("/").split("/")), module, public) for method, path, module, public in listed]
    return sorted(made, key=lambda row: [(part.startswith("{"), part.endswith("+}"), part) for part in row.segments])


def find(table: Iterable[Row], method: str, path: str) -> Target | None:
    """The first row whose method and segments fit, with the values of its parameters."""
    parts = segments(path)
    for row in table:
        if row.method == method and (values := _values(row.segments, parts)) is not None:
            return Target(row.module, row.public, values)
    return None


def segments(path: str) -> list[str]:
    """The segments of a path, without the stage in front and a slash behind."""
    parts = path.removeprefix("/").removesuffix("/").split("/")
    return parts[1:] if parts[0] == STAGE else parts


def _values(pattern: tuple[str, ...], parts: list[str]) -> dict[str, str] | None:
    greedy = pattern[-1].endswith("+}")
    if len(parts) != len(pattern) and not (greedy and len(parts) > len(pattern)):
        return None
    values: dict[str, str] = {}
    for number, (name, part) in enumerate(zip(pattern, parts, strict=False)):
        if not name.startswith("{"):
            if name != part:
                return None
        elif greedy and number == len(pattern) - 1:
            values[name[1:-2]] = unquote("/".join(parts[number:]))
        elif part:
            values[name[1:-1]] = unquote(part)
        else:
            return None
    return values


# written from api.json by scripts/contract.py, which also proves that they agree
TABLE = rows(json.loads(Path(__file__).with_name("routes.json").read_text()))

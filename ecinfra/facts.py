"""What is known of each CloudFormation resource type (data/types.json says it)."""

from __future__ import annotations

import json
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any


@cache
def _text() -> str:
    return (Path(__file__).parent / "data" / "types.json").read_text(encoding="utf-8")


@cache
def _facts(resource_type: str) -> dict[str, Any]:
    """The facts of one type, from its line of the file: an app uses sixty types of eighteen hundred."""
    start = _text().find(f'\n"{resource_type}": ')
    if start < 0:
        return {}
    _, _, said = _text()[start : _text().index("}", start) + 1].partition(": ")
    facts: dict[str, Any] = json.loads(said)
    return facts


class Spelling(Enum):
    """How tags are written down, by the sign behind the property's name in the file."""

    LIST = ""
    MAP = "="
    LAUNCH = "+"  # a list whose tags must say whether they go on to the instances that are launched


def tag_property(resource_type: str) -> tuple[str, Spelling] | None:
    """The property that takes an app's tags, and their spelling; None where there is none, or tags would replace."""
    said: str | None = _facts(resource_type).get("tags")
    if said is None:
        return None
    name = said.rstrip("=+")
    return name, Spelling(said[len(name) :])


def is_list(resource_type: str, attribute: str) -> bool:
    """Whether an attribute of a type is a list."""
    return attribute in _facts(resource_type).get("lists", ())


def fixed_properties(resource_type: str) -> frozenset[str]:
    """The properties whose change replaces a resource of this type."""
    return frozenset(_facts(resource_type).get("fixed", ()))

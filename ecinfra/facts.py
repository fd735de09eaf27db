"""What is known of each CloudFormation resource type (data/types.json says it)."""

from __future__ import annotations

import json
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


def tag_property(resource_type: str) -> tuple[str, bool] | None:
    """The property that holds a type's tags, and whether it is a map; None where it has none."""
    spelling: str | None = _facts(resource_type).get("tags")
    if spelling is None:
        return None
    return spelling.removesuffix("="), spelling.endswith("=")


def is_list(resource_type: str, attribute: str) -> bool:
    """Whether an attribute of a type is a list."""
    return attribute in _facts(resource_type).get("lists", ())


def fixed_properties(resource_type: str) -> frozenset[str]:
    """The properties whose change replaces a resource of this type."""
    return frozenset(_facts(resource_type).get("fixed", ()))

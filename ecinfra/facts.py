"""What is known of each CloudFormation resource type (data/types.json says it)."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any


@cache
def _types() -> dict[str, dict[str, Any]]:
    text = (Path(__file__).parent / "data" / "types.json").read_text(encoding="utf-8")
    types: dict[str, dict[str, Any]] = json.loads(text)
    return types


def tag_property(resource_type: str) -> tuple[str, bool] | None:
    """The property that holds a type's tags, and whether it is a map; None where it has none."""
    spelling: str | None = _types().get(resource_type, {}).get("tags")
    if spelling is None:
        return None
    return spelling.removesuffix("="), spelling.endswith("=")


def is_list(resource_type: str, attribute: str) -> bool:
    """Whether an attribute of a type is a list."""
    return attribute in _types().get(resource_type, {}).get("lists", ())


def fixed_properties(resource_type: str) -> frozenset[str]:
    """The properties whose change replaces a resource of this type."""
    return frozenset(_types().get(resource_type, {}).get("fixed", ()))

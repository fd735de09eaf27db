"""Tags, as each resource type spells them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from ecinfra import facts


def tag(body: dict[str, Any], tags: Mapping[str, str]) -> None:
    """Put tags onto a rendered resource; its own win."""
    spelling = facts.tag_property(body["Type"])
    if spelling is None:
        return
    name, is_map = spelling
    properties = body.setdefault("Properties", {})
    own = properties.get(name, {} if is_map else [])
    if is_map:
        properties[name] = {**tags, **own}
    elif isinstance(own, list):
        named = {tag.get("Key") for tag in own if isinstance(tag, dict)}
        properties[name] = own + [_pair(key, tags[key]) for key in tags if key not in named]


@cache
def _pair(key: str, value: str) -> dict[str, str]:
    """A tag; the same one wherever it stands, so that it is written out once."""
    return {"Key": key, "Value": value}

"""Tags, as each resource type spells them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from ecinfra import facts
from ecinfra.facts import Spelling


def tag(body: dict[str, Any], tags: Mapping[str, str]) -> None:
    """Put tags onto a rendered resource; its own win, and what a function makes of them is left as it is."""
    taking = facts.tag_property(body["Type"])
    if taking is None:
        return
    name, spelling = taking
    properties = body.setdefault("Properties", {})
    own = properties.get(name, {} if spelling is Spelling.MAP else [])
    if spelling is Spelling.MAP:
        if isinstance(own, dict) and not _is_function(own):
            properties[name] = {**tags, **own}
    elif isinstance(own, list):
        named = {tag.get("Key") for tag in own if isinstance(tag, dict)}
        properties[name] = own + [_pair(key, tags[key], spelling) for key in tags if key not in named]


def _is_function(own: dict[str, Any]) -> bool:
    return len(own) == 1 and all(key == "Ref" or key.startswith("Fn::") for key in own)


@cache
def _pair(key: str, value: str, spelling: Spelling) -> dict[str, Any]:
    """A tag; the same one wherever it stands, so that it is written out once."""
    pair = {"Key": key, "Value": value}
    return {**pair, "PropagateAtLaunch": True} if spelling is Spelling.LAUNCH else pair

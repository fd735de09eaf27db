"""Ids that carry the hash of what their resource freezes."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from ecinfra.facts import fixed_properties
from ecinfra.link.index import Index
from ecinfra.parts import Resource
from ecinfra.values import HASHED


def hashed_ids(names: Index) -> dict[str, str]:
    """The new ids of resources that are named by the content they freeze, by their titles."""
    renamed = {}
    for resource in list(names.resources.values()):
        frozen = resource.body.get(HASHED)
        if frozen is not None:
            renamed[resource.id] = resource.id + _hash(names, frozen)
            body = {key: value for key, value in resource.body.items() if key != HASHED}
            names.put(Resource(resource.id, resource.stack, body, resource.place))
    return renamed


def _hash(names: Index, frozen: dict[str, list[str]]) -> str:
    content: dict[str, Any] = {}
    targets: set[str] = set()
    for name, wanted in frozen.items():
        properties = names.resources[name].body["Properties"]
        content[name] = {key: properties[key] for key in wanted if key in properties}
        for path, found in names.spots[name]:
            if path[0] == "Properties" and (len(path) == 1 or path[1] in wanted):
                targets |= names.targets(found)
    for target in sorted(targets - set(frozen)):
        resource = names.resources[target]
        fixed = fixed_properties(resource.type) - {"Tags"}
        properties = resource.body.get("Properties", {})
        content[f"{target}!"] = {key: properties[key] for key in sorted(fixed) if key in properties}
    text = json.dumps(content, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:10]

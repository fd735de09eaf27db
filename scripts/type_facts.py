"""Write ecinfra/data/types.json: what the library must know of each resource type.

Read from the resource schemas that cfn-lint ships: how a type spells its tags, which attributes
are lists, which properties replace the resource when they change. Run it after raising cfn-lint.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from cfnlint.schema.manager import PROVIDER_SCHEMA_MANAGER

TARGET = Path(__file__).parents[1] / "ecinfra" / "data" / "types.json"
REGIONS = ("us-east-1", "ap-southeast-1", "eu-west-1")


def facts() -> dict[str, dict[str, Any]]:
    """Facts of every type that has any, by type name."""
    found: dict[str, dict[str, Any]] = {}
    for region in REGIONS:
        for name in PROVIDER_SCHEMA_MANAGER.get_resource_types(region):
            if name not in found and name.startswith("AWS::"):
                schema = PROVIDER_SCHEMA_MANAGER.get_resource_schema(region, name).schema
                fact = _fact(schema)
                if fact:
                    found[name] = fact
    return dict(sorted(found.items()))


def _fact(schema: dict[str, Any]) -> dict[str, Any]:
    fact: dict[str, Any] = {}
    if tags := _tags(schema):
        fact["tags"] = tags
    if lists := sorted(set(_list_attributes(schema))):
        fact["lists"] = lists
    if fixed := sorted({_name(path) for path in schema.get("createOnlyProperties", [])}):
        fact["fixed"] = fixed
    return fact


def _name(pointer: str) -> str:
    return pointer.removeprefix("/properties/").split("/")[0]


def _tags(schema: dict[str, Any]) -> str:
    """The property that holds tags, with '=' behind it where tags are a map."""
    tagging = schema.get("tagging", {})
    pointer = tagging.get("tagProperty", "/properties/Tags")
    name = _name(pointer)
    definition = _resolve(schema, schema.get("properties", {}).get(name))
    if not definition or tagging.get("taggable") is False or schema.get("taggable") is False:
        return ""
    if name in {_name(path) for path in schema.get("readOnlyProperties", [])}:
        return ""
    kind = definition.get("type")
    if kind == "array" or (isinstance(kind, list) and "array" in kind):
        item = _resolve(schema, definition.get("items"))
        return name if item and {"Key", "Value"} <= set(item.get("properties", {})) else ""
    return name + "=" if kind == "object" or "patternProperties" in definition else ""


def _list_attributes(schema: dict[str, Any]) -> list[str]:
    lists = []
    for pointer in schema.get("readOnlyProperties", []):
        node: dict[str, Any] | None = schema
        parts = pointer.removeprefix("/properties/").split("/properties/")
        for part in parts:
            node = _resolve(schema, (node or {}).get("properties", {}).get(part))
        if node and node.get("type") == "array":
            lists.append(".".join(parts))
    return lists


def _resolve(schema: dict[str, Any], node: dict[str, Any] | None) -> dict[str, Any] | None:
    while node and "$ref" in node:
        target: Any = schema
        for part in node["$ref"].removeprefix("#/").split("/"):
            target = target.get(part, {})
        node = target
    return node


def text() -> str:
    """The file's text: one type a line."""
    lines = (f"{json.dumps(name)}: {json.dumps(fact)}" for name, fact in facts().items())
    return "{\n" + ",\n".join(lines) + "\n}\n"


if __name__ == "__main__":
    if "--check" in sys.argv:
        sys.exit(0 if TARGET.read_text("utf-8") == text() else "types.json is not what cfn-lint says")
    TARGET.write_text(text(), encoding="utf-8")

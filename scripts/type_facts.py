"""Write ecinfra/data/types.json: what the library must know of each resource type.

Read from the resource schemas that cfn-lint ships: how a type spells the tags it can be given, which
attributes are lists, which properties replace the resource when they change. Run it after raising cfn-lint.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from cfnlint.schema import Schema
from cfnlint.schema.manager import PROVIDER_SCHEMA_MANAGER

TARGET = Path(__file__).parents[1] / "ecinfra" / "data" / "types.json"
REGIONS = ("us-east-1", "ap-southeast-1", "eu-west-1")


def facts() -> dict[str, dict[str, Any]]:
    """Facts of every type that has any, by type name."""
    found: dict[str, dict[str, Any]] = {}
    for region in REGIONS:
        for name in PROVIDER_SCHEMA_MANAGER.get_resource_types(region):
            if name not in found and name.startswith("AWS::"):
                fact = _fact(PROVIDER_SCHEMA_MANAGER.get_resource_schema(region, name))
                if fact:
                    found[name] = fact
    return dict(sorted(found.items()))


def _fact(schema: Schema) -> dict[str, Any]:
    fact: dict[str, Any] = {}
    if tags := _tags(schema.schema):
        fact["tags"] = tags
    if lists := sorted(_list_attributes(schema)):
        fact["lists"] = lists
    if fixed := sorted(_names(schema.schema, "createOnlyProperties")):
        fact["fixed"] = fixed
    return fact


def _name(pointer: str) -> str:
    return pointer.removeprefix("/properties/").split("/")[0]


def _names(schema: dict[str, Any], *lists: str) -> set[str]:
    return {_name(pointer) for listed in lists for pointer in schema.get(listed, [])}


def _tags(schema: dict[str, Any]) -> str:
    """The property an app's tags go into, with '=' behind it where tags are a map; '' where they must not go.

    Where changed tags replace the resource, a stack that is called otherwise would lose it: those types get none.
    """
    tagging = schema.get("tagging", {})
    name = _name(tagging.get("tagProperty", "/properties/Tags"))
    definition = _resolve(schema, schema.get("properties", {}).get(name))
    if not definition or tagging.get("taggable") is False or schema.get("taggable") is False:
        return ""
    if name in _names(schema, "readOnlyProperties", "createOnlyProperties", "conditionalCreateOnlyProperties"):
        return ""
    kinds = _kinds(definition)
    if "array" in kinds:
        return _listed(name, _resolve(schema, definition.get("items")) or {})
    return name + "=" if "object" in kinds or "patternProperties" in definition else ""


def _listed(name: str, item: dict[str, Any]) -> str:
    """The spelling of a list of tags: '+' behind the name where each must say whether it goes on to instances."""
    for choice in (item, *item.get("oneOf", [])):
        if {"Key", "Value"} <= set(choice.get("properties", {})):
            more = set(choice.get("required", [])) - {"Key", "Value"}
            return name if not more else name + "+" if more == {"PropagateAtLaunch"} else ""
    return ""


def _list_attributes(schema: Schema) -> list[str]:
    """What GetAtt gives as a list and never as anything else; a '*' stands for places no GetAtt can name."""
    resolve = schema.resolver.resolve_cfn_pointer
    found = schema.get_atts.items()
    return [name for name, pointer in found if "*" not in name and _kinds(resolve(pointer)) == ["array"]]


def _kinds(definition: dict[str, Any]) -> list[str]:
    kind = definition.get("type", [])
    return kind if isinstance(kind, list) else [kind]


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

"""From a linked system to the text of its templates: the same bytes on every machine."""

from __future__ import annotations

import hashlib
import json
from json.encoder import encode_basestring
from typing import Any, Literal

from ecinfra.app import ARTIFACT_BUCKET, ARTIFACT_ENDPOINT
from ecinfra.frozen import frozen
from ecinfra.link.system import LinkedStack, Root, System

Written = str | list[str]  # one line, or several
Format = Literal["json", "yaml"]
_LINE = 110
_ALWAYS_BROKEN = 3


@frozen
class Template:
    """A rendered template: its text, and the key under which it is stored."""

    root: str
    name: str
    body: dict[str, Any]
    text: str
    key: str
    stack: LinkedStack | None = None

    @property
    def path(self) -> str:
        """Where it lies below the folder of its environment."""
        return f"{self.root}/{self.name}.{self.key.rpartition('.')[2]}"


@frozen
class Rendered:
    """Every template of a system: those of a root's stacks, then the root's own, root by root."""

    system: System
    templates: tuple[Template, ...]


def render(system: System, form: Format = "json") -> Rendered:
    """Render every template of a linked system."""
    templates: list[Template] = []
    for root in system.roots:
        nested = [_template(root.name, stack.name, stack.template, form, stack) for stack in root.stacks]
        templates += nested
        body = _root_body(root, {template.name: template.key for template in nested})
        templates.append(_template(root.name, "Root", body, form))
    return Rendered(system, tuple(templates))


def _template(root: str, name: str, body: dict[str, Any], form: Format, stack: LinkedStack | None = None) -> Template:
    text = to_text(body, form)
    digest = hashlib.sha256(text.encode()).hexdigest()[:32]
    return Template(root, name, body, text, f"templates/{digest}.{form}", stack)


def _root_body(root: Root, keys: dict[str, str]) -> dict[str, Any]:
    body: dict[str, Any] = {
        "AWSTemplateFormatVersion": "2010-09-09",
        "Description": root.name,
        "Parameters": root.parameters,
        "Resources": {stack.name: _nested(root, stack, keys[stack.name]) for stack in root.stacks},
    }
    return {**body, "Outputs": root.outputs} if root.outputs else body


def _nested(root: Root, stack: LinkedStack, key: str) -> dict[str, Any]:
    properties: dict[str, Any] = {
        "TemplateURL": {"Fn::Sub": f"${{{ARTIFACT_ENDPOINT}}}/${{{ARTIFACT_BUCKET}}}/{key}"},
        "Tags": [{"Key": name, "Value": value} for name, value in stack.tags.items()],
    }
    if stack.arguments:
        properties["Parameters"] = stack.arguments
    body: dict[str, Any] = {"Type": "AWS::CloudFormation::Stack", "Properties": properties}
    body |= {"DeletionPolicy": "Delete", "UpdateReplacePolicy": "Delete"}
    said = {
        value["Fn::GetAtt"][0]
        for value in stack.arguments.values()
        if isinstance(value, dict) and "Fn::GetAtt" in value
    }
    siblings = {other.name for other in root.stacks}
    waits = [other for other in stack.needs if other in siblings and other not in said]
    return {**body, "DependsOn": waits} if waits else body


def to_text(body: dict[str, Any], form: Format = "json") -> str:
    """A template as text."""
    if form == "yaml":
        from ecinfra.yaml_text import to_yaml

        return to_yaml(body, _LINE)
    written = _written(body, 0, _LINE, {})
    return (written if isinstance(written, str) else "\n".join(written)) + "\n"


_encode = json.JSONEncoder(ensure_ascii=False).encode


def _written(node: Any, depth: int, room: int, done: dict[tuple[int, int], Written]) -> Written:
    """A value as one line where that fits into the room, else as several.

    Each is looked at once; one that stands in several places of a depth, once in all.
    """
    kind = type(node)
    if (kind is not dict and kind is not list) or not node:
        return encode_basestring(node) if kind is str else _encode(node)
    place = id(node), depth
    made = done.get(place)
    if made is not None:
        return made
    values = node.values() if kind is dict else node
    parts = [
        encode_basestring(value) if type(value) is str else _written(value, depth + 1, room - 1, done)
        for value in values
    ]
    if kind is dict:
        parts = [
            f"{encode_basestring(key)}: {part}"
            if type(part) is str
            else [f"{encode_basestring(key)}: {part[0]}", *part[1:]]
            for key, part in zip(node, parts, strict=True)
        ]
    opening, closing = ("{", "}") if kind is dict else ("[", "]")
    if depth >= _ALWAYS_BROKEN and list not in map(type, parts):
        line = f"{opening}{', '.join(map(str, parts))}{closing}"
        if len(line) <= room:
            done[place] = line
            return line
    made = done[place] = _broken(opening, parts, closing, depth)
    return made


def _broken(opening: str, parts: list[Written], closing: str, depth: int) -> list[str]:
    margin = " " * (depth + 1)
    lines = [opening]
    for part in parts:
        if type(part) is str:
            lines.append(f"{margin}{part},")
        else:
            lines.append(margin + part[0])
            lines += part[1:-1]
            lines.append(part[-1] + ",")
    lines[-1] = lines[-1][:-1]
    lines.append(margin[1:] + closing)
    return lines

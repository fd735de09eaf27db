"""From a linked system to the text of its templates: the same bytes on every machine."""

from __future__ import annotations

import hashlib
import json
from json.encoder import encode_basestring
from operator import add
from typing import Any, Literal, NamedTuple

import yaml

from ecinfra.app import ARTIFACT_BUCKET, ARTIFACT_ENDPOINT
from ecinfra.link.system import LinkedStack, Root, System

Format = Literal["json", "yaml"]
_LINE = 110
_ALWAYS_BROKEN = 3


class Template(NamedTuple):
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


class Rendered(NamedTuple):
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
        text: str = yaml.dump(
            body, Dumper=_Dumper, sort_keys=False, allow_unicode=True, default_flow_style=False, width=_LINE
        )
        return text
    written = _written(body, 0, _LINE)
    return (written if type(written) is str else "\n".join(written)) + "\n"


class _Dumper(yaml.SafeDumper):
    """Writes every value where it is used: CloudFormation knows no aliases."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 - PyYAML's signature
        return True


_encode = json.JSONEncoder(ensure_ascii=False).encode


def _written(node: Any, depth: int, room: int) -> str | list[str]:
    """A value as one text where that fits into the room of a line, else as lines; each value is looked at once."""
    kind = type(node)
    if kind is str:
        return encode_basestring(node)
    if kind is dict and node:
        keys = [encode_basestring(key) + ": " for key in node]
        parts = [_written(value, depth + 1, room - 1) for value in node.values()]
        opening, closing = "{", "}"
    elif kind is list and node:
        keys = [""] * len(node)
        parts = [_written(value, depth + 1, room - 1) for value in node]
        opening, closing = "[", "]"
    else:
        return _encode(node)
    if depth >= _ALWAYS_BROKEN and list not in map(type, parts):
        line = opening + ", ".join(map(add, keys, parts)) + closing
        if len(line) <= room:
            return line
    return _broken(opening, keys, parts, closing, depth)


def _broken(opening: str, keys: list[str], parts: list[str | list[str]], closing: str, depth: int) -> list[str]:
    margin = " " * (depth + 1)
    lines = [opening]
    for key, part in zip(keys, parts, strict=True):
        if type(part) is str:
            lines.append(f"{margin}{key}{part},")
        else:
            lines.append(f"{margin}{key}{part[0]}")
            lines += part[1:-1]
            lines.append(part[-1] + ",")
    lines[-1] = lines[-1][:-1]
    lines.append(" " * depth + closing)
    return lines

"""JSON that holds references, as one Fn::Sub."""

from __future__ import annotations

import json
import re
from typing import Any

from troposphere import AWSHelperFn, Sub, encode_to_dict

from ecinfra.values import MARK


def substituted(document: Any) -> Sub:
    """A document as one line of JSON: names in the text, and what they stand for in the map, where the linker looks."""
    references: dict[str, Any] = {}
    text = json.dumps(_named(document, references), ensure_ascii=False, separators=(",", ":"))
    return Sub(text, references) if references else Sub(text)


def _named(node: Any, references: dict[str, Any]) -> Any:
    match node:
        case str():
            return node.replace("${", "${!")
        case dict():
            return {key: _named(value, references) for key, value in node.items()}
        case list() | tuple():
            return [_named(value, references) for value in node]
        case AWSHelperFn():
            return _placed(encode_to_dict(node), references)
    return node


def _placed(reference: dict[str, Any], references: dict[str, Any]) -> str:
    """What stands in the text for a reference; a Sub is text itself, so that JSON escapes it."""
    match reference:
        case {"Fn::Sub": str() as text}:
            return text
        case {"Fn::Sub": _} | {"Fn::Join": _} if "\\" in json.dumps(reference):
            raise ValueError(f"{reference} would not be JSON once it is put together: say it as one Sub without a map")
    return f"${{{_name(reference, references)}}}"


def _name(reference: dict[str, Any], references: dict[str, Any]) -> str:
    """The name of a reference in the text: made of what it refers to, so that it changes with nothing else."""
    ((kind, target),) = reference.items()
    match kind, target:
        case "Ref", str() if target.startswith("AWS::"):
            return target
        case "Ref" | "Fn::GetAtt", _:
            words = target
        case _ if kind == MARK:
            words = [target["of"], target["name"]]
        case _:
            words = "Text"
    wanted = name = re.sub(r"[^A-Za-z0-9]", "", "".join(words))
    number = 1
    while references.setdefault(name, reference) != reference:
        number += 1
        name = f"{wanted}{number}"
    return name

"""Find the names that a piece of a template refers to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from ecinfra.values import MARK

REF, GET_ATT, VALUE, CONDITION, MAPPING, DEPENDS_ON = (
    "Ref",
    "GetAtt",
    "Value",
    "Condition",
    "Mapping",
    "DependsOn",
)
_INTRINSIC = frozenset({"Ref", "Fn::GetAtt", "Fn::Sub", "Fn::If", "Fn::FindInMap", MARK})
CONTAINERS = frozenset({dict, list})
IN_SUB = re.compile(r"\$\{([A-Za-z][^}]*)\}")


class Reference(NamedTuple):
    """One name used: how, whose, and which attribute."""

    kind: str
    id: str
    attribute: str = ""

    def __str__(self) -> str:
        return f"{self.id}.{self.attribute}" if self.attribute else self.id


Found = dict[Reference, Any]


class Spot(NamedTuple):
    """A place in a resource, and what is referred to there."""

    path: tuple[str, ...]
    found: Found


def in_resource(body: dict[str, Any]) -> list[Spot]:
    """What a resource refers to, its Condition and DependsOn included, and where: by property, and by what is in it."""
    spots: list[Spot] = []
    for key, value in body.items():
        if key == "Condition":
            spots.append(Spot((key,), {Reference(CONDITION, value): None}))
        elif key == "DependsOn":
            names = value if isinstance(value, list) else [value]
            spots.append(Spot((key,), {Reference(DEPENDS_ON, name): None for name in names}))
        elif key != "Type":
            spots += _spots((key,), value, 2 if key == "Properties" else 0)
    return spots


def _spots(path: tuple[str, ...], value: Any, deeper: int) -> Iterator[Spot]:
    if deeper and type(value) is dict and len(value) > 1:
        for key, part in value.items():
            if type(part) in CONTAINERS:
                yield from _spots((*path, key), part, deeper - 1)
    elif found := in_expression(value):
        yield Spot(path, found)


def in_expression(node: Any) -> Found:
    """What an expression refers to."""
    found: Found = {}
    _find(node, found, set())
    return found


def in_condition(node: Any) -> Found:
    """What a condition refers to; only there {"Condition": name} means another one."""
    found = in_expression(node)
    waiting = [node]
    while waiting:
        match waiting.pop():
            case {"Condition": str() as name} as one if len(one) == 1:
                found[Reference(CONDITION, name)] = None
            case dict() as inner:
                waiting += inner.values()
            case list() as parts:
                waiting += parts
    return found


def _find(node: Any, found: Found, seen: set[int]) -> None:
    """Look at a node and all below it; at one that stands in several places, once."""
    if type(node) is dict:
        if id(node) in seen:
            return
        seen.add(id(node))
        if len(node) == 1 and next(iter(node)) in _INTRINSIC:
            _find_intrinsic(node, found, seen)
            return
        parts: Any = node.values()
    elif type(node) is list:
        parts = node
    else:
        return
    for value in parts:
        if type(value) is dict or type(value) is list:
            _find(value, found, seen)


def _find_intrinsic(node: dict[str, Any], found: Found, seen: set[int]) -> None:
    ((key, value),) = node.items()
    match key, value:
        case "Ref", str():
            if not value.startswith("AWS::"):
                found[Reference(REF, value)] = None
        case "Fn::GetAtt", _ if (target := attribute_of(value)) is not None:
            found[target] = None
        case "Fn::GetAtt", [str() as name, dict() as attribute]:
            found[Reference(GET_ATT, name)] = None
            _find(attribute, found, seen)
        case "Fn::Sub", str():
            _find_in_sub(value, {}, found)
        case "Fn::Sub", [str() as text, dict() as own]:
            _find_in_sub(text, own, found)
            _find(list(own.values()), found, seen)
        case "Fn::If", [str() as name, *branches]:
            found[Reference(CONDITION, name)] = None
            _find(branches, found, seen)
        case "Fn::FindInMap", [str() as name, *keys]:
            found[Reference(MAPPING, name)] = None
            _find(keys, found, seen)
        case _ if key == MARK:
            found[Reference(VALUE, value["of"], value["name"])] = value
        case _:
            _find(value, found, seen)


def attribute_of(value: Any) -> Reference | None:
    """What a GetAtt names, where it is written out."""
    match value:
        case [str() as name, str() as attribute]:
            return Reference(GET_ATT, name, attribute)
        case str() if "." in value:
            name, _, attribute = value.partition(".")
            return Reference(GET_ATT, name, attribute)
    return None


def named_in_sub(name: str) -> Reference:
    """What a name in the text of a Sub stands for."""
    target, dot, attribute = name.partition(".")
    return Reference(GET_ATT, target, attribute) if dot else Reference(REF, name)


def _find_in_sub(text: str, own: dict[str, Any], found: Found) -> None:
    for name in IN_SUB.findall(text):
        if not name.startswith("AWS::") and name not in own:
            found[named_in_sub(name)] = None

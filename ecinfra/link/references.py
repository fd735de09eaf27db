"""Find the names that a piece of a template refers to, and put others in their place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from operator import is_not
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
_INTRINSIC = frozenset({"Ref", "Fn::GetAtt", "Fn::Sub", "Fn::If", "Condition", "Fn::FindInMap", MARK})
_REWRITTEN = frozenset({"Ref", "Fn::GetAtt", "Fn::Sub", MARK})
_CONTAINERS = frozenset({dict, list})
_IN_SUB = re.compile(r"\$\{([A-Za-z][^}]*)\}")


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


Swap = Callable[[Reference], Any]


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
            if type(part) in _CONTAINERS:
                yield from _spots((*path, key), part, deeper - 1)
    elif found := in_expression(value):
        yield Spot(path, found)


def rewrite_at(body: dict[str, Any], path: tuple[str, ...], swap: Swap) -> dict[str, Any]:
    """A resource with references replaced in one spot; the rest of it is not looked at."""
    key, *rest = path
    return {**body, key: rewrite_at(body[key], tuple(rest), swap) if rest else rewrite(body[key], swap)}


def in_expression(node: Any) -> Found:
    """What an expression refers to."""
    found: Found = {}
    _find(node, found, set())
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
        case "Fn::GetAtt", _ if (target := _attribute(value)) is not None:
            found[target] = None
        case "Fn::Sub", str():
            _find_in_sub(value, {}, found)
        case "Fn::Sub", [str() as text, dict() as own]:
            _find_in_sub(text, own, found)
            _find(list(own.values()), found, seen)
        case "Fn::If", [str() as name, *branches]:
            found[Reference(CONDITION, name)] = None
            _find(branches, found, seen)
        case "Condition", str():
            found[Reference(CONDITION, value)] = None
        case "Fn::FindInMap", [str() as name, *keys]:
            found[Reference(MAPPING, name)] = None
            _find(keys, found, seen)
        case _ if key == MARK:
            found[Reference(VALUE, value["of"], value["name"])] = value
        case _:
            _find(value, found, seen)


def _attribute(value: Any) -> Reference | None:
    match value:
        case [str() as name, str() as attribute]:
            return Reference(GET_ATT, name, attribute)
        case str() if "." in value:
            name, _, attribute = value.partition(".")
            return Reference(GET_ATT, name, attribute)
    return None


def _in_sub(name: str) -> Reference:
    target, dot, attribute = name.partition(".")
    return Reference(GET_ATT, target, attribute) if dot else Reference(REF, name)


def _find_in_sub(text: str, own: dict[str, Any], found: Found) -> None:
    for name in _IN_SUB.findall(text):
        if not name.startswith("AWS::") and name not in own:
            found[_in_sub(name)] = None


def rewrite(node: Any, swap: Swap) -> Any:
    """The same tree with references replaced by what `swap` gives for them; None leaves one as it is.

    Parts without a reference to replace are not copied, and what stood in several places still does.
    """
    return _rewrite(node, swap, {})


def _rewrite(node: Any, swap: Swap, done: dict[int, Any]) -> Any:
    kind = type(node)
    if kind is list:
        parts = [_rewrite(value, swap, done) if type(value) in _CONTAINERS else value for value in node]
        return parts if any(map(is_not, parts, node)) else node
    if kind is not dict:
        return node
    known = done.get(id(node))
    if known is None:
        if len(node) == 1 and next(iter(node)) in _REWRITTEN:
            known = _rewrite_intrinsic(node, swap, done)
        else:
            parts = [_rewrite(value, swap, done) if type(value) in _CONTAINERS else value for value in node.values()]
            changed = any(map(is_not, parts, node.values()))
            known = dict(zip(node, parts, strict=True)) if changed else node
        done[id(node)] = known
    return known


def _rewrite_intrinsic(node: dict[str, Any], swap: Swap, done: dict[int, Any]) -> Any:
    ((key, value),) = node.items()
    match key, value:
        case "Ref", str():
            return node if value.startswith("AWS::") else swap(Reference(REF, value)) or node
        case "Fn::GetAtt", _ if (target := _attribute(value)) is not None:
            return swap(target) or node
        case "Fn::Sub", str():
            return {key: _rewrite_sub(value, {}, swap)}
        case "Fn::Sub", [str() as text, dict() as own]:
            values = {name: _rewrite(part, swap, done) for name, part in own.items()}
            return {key: [_rewrite_sub(text, own, swap), values]}
    if key == MARK:
        return swap(Reference(VALUE, value["of"], value["name"])) or _rewrite(value["is"], swap, done)
    return {key: _rewrite(value, swap, done)}


def _rewrite_sub(text: str, own: dict[str, Any], swap: Swap) -> str:
    def replaced(match: re.Match[str]) -> str:
        name = match.group(1)
        if name.startswith("AWS::") or name in own:
            return match.group(0)
        match swap(_in_sub(name)):
            case {"Ref": str() as other}:
                return f"${{{other}}}"
            case {"Fn::GetAtt": [str() as other, str() as attribute]}:
                return f"${{{other}.{attribute}}}"
        return match.group(0)

    return _IN_SUB.sub(replaced, text)

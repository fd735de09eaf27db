"""Put other references in the place of those that a piece of a template makes."""

from __future__ import annotations

import re
from collections.abc import Callable
from operator import is_not
from typing import Any

from ecinfra.link.references import CONTAINERS, IN_SUB, REF, VALUE, Reference, attribute_of, named_in_sub
from ecinfra.values import MARK

Swap = Callable[[Reference], Any]
_REWRITTEN = frozenset({"Ref", "Fn::GetAtt", "Fn::Sub", MARK})


def rewrite_at(body: dict[str, Any], path: tuple[str, ...], swap: Swap) -> dict[str, Any]:
    """A resource with references replaced in one spot; the rest of it is not looked at."""
    key, *rest = path
    return {**body, key: rewrite_at(body[key], tuple(rest), swap) if rest else rewrite(body[key], swap)}


def rewrite(node: Any, swap: Swap) -> Any:
    """The same tree with references replaced by what `swap` gives for them; None leaves one as it is.

    Parts without a reference to replace are not copied, and what stood in several places still does.
    """
    return _rewrite(node, swap, {})


def _rewrite(node: Any, swap: Swap, done: dict[int, Any]) -> Any:
    kind = type(node)
    if kind is list:
        parts = [_rewrite(value, swap, done) if type(value) in CONTAINERS else value for value in node]
        return parts if any(map(is_not, parts, node)) else node
    if kind is not dict:
        return node
    known = done.get(id(node))
    if known is None:
        if len(node) == 1 and next(iter(node)) in _REWRITTEN:
            known = _rewrite_intrinsic(node, swap, done)
        else:
            parts = [_rewrite(value, swap, done) if type(value) in CONTAINERS else value for value in node.values()]
            changed = any(map(is_not, parts, node.values()))
            known = dict(zip(node, parts, strict=True)) if changed else node
        done[id(node)] = known
    return known


def _rewrite_intrinsic(node: dict[str, Any], swap: Swap, done: dict[int, Any]) -> Any:
    ((key, value),) = node.items()
    match key, value:
        case "Ref", str():
            return node if value.startswith("AWS::") else swap(Reference(REF, value)) or node
        case "Fn::GetAtt", _ if (target := attribute_of(value)) is not None:
            return swap(target) or node
        case "Fn::Sub", str():
            return {key: _rewrite_sub(value, {}, swap)}
        case "Fn::Sub", [str() as text, dict() as own]:
            values = {name: _rewrite(part, swap, done) for name, part in own.items()}
            return {key: [_rewrite_sub(text, values, swap), values]}
    if key == MARK:
        return swap(Reference(VALUE, value["of"], value["name"])) or _rewrite(value["is"], swap, done)
    return {key: _rewrite(value, swap, done)}


def _rewrite_sub(text: str, own: dict[str, Any], swap: Swap) -> str:
    """A Sub's text with names replaced; where a variable of its own has the new name, it gets one more."""
    shadowed = frozenset(own)

    def replaced(match: re.Match[str]) -> str:
        name = match.group(1)
        if name.startswith("AWS::") or name in shadowed:
            return match.group(0)
        match swap(named_in_sub(name)):
            case {"Ref": str() as other} as whole:
                if other in shadowed:
                    while other in shadowed:
                        other += "0"
                    own[other] = whole
                return f"${{{other}}}"
            case {"Fn::GetAtt": [str() as other, str() as attribute]}:
                return f"${{{other}.{attribute}}}"
        return match.group(0)

    return IN_SUB.sub(replaced, text)

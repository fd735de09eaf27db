"""What can be read of a value without deploying it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

_VARIABLE = re.compile(r"\$\{([^!}][^}]*)\}")


def text(value: Any) -> str:
    """A value as text; what only the deployment knows stands in it as `${...}`."""
    match value:
        case str():
            return value
        case {"Ref": str(name)}:
            return f"${{{name}}}"
        case {"Fn::Sub": str(template)} | {"Fn::Sub": [str(template), _]}:
            return template
        case {"Fn::Join": [str(between), list(parts)]}:
            return between.join(text(part) for part in parts)
        case {"Fn::GetAtt": [str(name), str(attribute)]}:
            return f"${{{name}.{attribute}}}"
        case dict():
            return "${}"
    return str(value)


def number(value: Any) -> float | None:
    """A value as a number, where it is written down."""
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        return None
    try:
        return float(value)
    except ValueError:
        return None


def seconds(value: float) -> str:
    """A span of time, as one says it."""
    return f"{value:g} s"


def is_true(value: Any) -> bool:
    """Whether a value is written down as true."""
    return value is True or (isinstance(value, str) and value.lower() == "true")


def items(value: Any) -> list[Any]:
    """A list, or one thing as a list of itself; nothing where there is nothing."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def members(value: Any) -> dict[str, Any]:
    """A dictionary, or an empty one where the value is something else."""
    return value if isinstance(value, dict) else {}


def references(value: Any) -> Iterator[dict[str, Any]]:
    """Every Ref and GetAtt inside an expression; the variables of a Sub are written as such."""
    match value:
        case {"Ref": str()} | {"Fn::GetAtt": _}:
            yield value
        case {"Fn::Sub": [str(template), dict(given)]}:
            for name in _VARIABLE.findall(template):
                yield from references(given.get(name, _named(name)))
        case {"Fn::Sub": str(template)}:
            yield from (_named(name) for name in _VARIABLE.findall(template))
        case dict():
            for part in value.values():
                yield from references(part)
        case list():
            for part in value:
                yield from references(part)


def _named(name: str) -> dict[str, Any]:
    resource, dot, attribute = name.strip().partition(".")
    return {"Fn::GetAtt": [resource, attribute]} if dot else {"Ref": resource}

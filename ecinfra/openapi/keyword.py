"""The values that the keywords of a schema take, as JSON Schema draft 4 has them."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

_TYPES = frozenset({"object", "array", "string", "number", "integer", "boolean"})


def _is_count(value: Any) -> bool:
    return type(value) is int and value >= 0


def _is_number(value: Any) -> bool:
    return type(value) in (int, float)


def _is_step(value: Any) -> bool:
    return _is_number(value) and value > 0


def _is_choice(value: Any) -> bool:
    if not isinstance(value, list):
        return False
    texts = value if set(map(type, value)) == {str} else [json.dumps(one) for one in value]
    return 0 < len(value) == len(set(texts))


def _is_names(value: Any) -> bool:
    return isinstance(value, list) and set(map(type, value)) == {str} and len(value) == len(set(value))


def _is_type(value: Any) -> bool:
    return isinstance(value, str) and value in _TYPES


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _is_flag(value: Any) -> bool:
    return isinstance(value, bool)


# What is said of each is whether it takes a value, and what it takes.
Taken = tuple[Callable[[Any], bool], str]
_COUNT: Taken = (_is_count, "a whole number from 0 on")
_NUMBER: Taken = (_is_number, "a number")

KEYWORDS: dict[str, Taken] = {
    "enum": (_is_choice, "a list of one or more values, each of them once"),
    "maximum": _NUMBER,
    "maxLength": _COUNT,
    "maxProperties": _COUNT,
    "minimum": _NUMBER,
    "minLength": _COUNT,
    "minProperties": _COUNT,
    "multipleOf": (_is_step, "a number above 0"),
    "pattern": (_is_text, "a text"),
    "required": (_is_names, "a list of one or more names, each of them once"),
    "type": (_is_type, "one of " + ", ".join(sorted(_TYPES))),
    "uniqueItems": (_is_flag, "true or false"),
}

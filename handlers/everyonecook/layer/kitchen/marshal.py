"""Values to DynamoDB's typed form and back; numbers come back as int or float."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any


def pack(value: Any) -> dict[str, Any]:
    """A value in DynamoDB's typed form."""
    match value:
        case None:
            return {"NULL": True}
        case bool():
            return {"BOOL": value}
        case str():
            return {"S": value}
        case int():
            return {"N": str(value)}
        case float() if math.isfinite(value):
            return {"N": repr(value)}
        case Mapping():
            return {"M": pack_item(value)}
        case list() | tuple():
            return {"L": [pack(part) for part in value]}
        case _:
            raise TypeError(f"the table cannot hold {value!r} of {type(value).__name__}")


def pack_item(item: Mapping[str, Any]) -> dict[str, Any]:
    """An item in DynamoDB's typed form."""
    return {str(name): pack(value) for name, value in item.items()}


def unpack(typed: Mapping[str, Any]) -> Any:
    """The value behind DynamoDB's typed form."""
    ((kind, value),) = typed.items()
    match kind:
        case "S" | "BOOL" | "B":
            return value
        case "NULL":
            return None
        case "N":
            number = float(value)
            return int(value) if value.lstrip("-").isdigit() else int(number) if number.is_integer() else number
        case "M":
            return unpack_item(value)
        case "L":
            return [unpack(part) for part in value]
        case "SS":
            return sorted(value)
        case _:
            raise TypeError(f"no attribute of ours is of DynamoDB's type {kind}")


def unpack_item(item: Mapping[str, Any]) -> dict[str, Any]:
    """The item behind DynamoDB's typed form."""
    return {name: unpack(value) for name, value in item.items()}

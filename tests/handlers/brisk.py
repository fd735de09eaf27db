"""What takes moto long and decides nothing: the key of its user pools, and a value's type by every other name."""

from __future__ import annotations

import json
from functools import cache
from types import SimpleNamespace
from typing import Any

from joserfc import jwk
from moto.cognitoidp import models
from moto.core.serialize import ResponseSerializer

_TYPES = frozenset({"S", "N", "B", "SS", "NS", "BS", "M", "L", "NULL", "BOOL"})


def make_brisk() -> None:
    """Read the pools' key once, and look up a DynamoDB value by the one name that it has."""
    searched = ResponseSerializer.get_value

    def get_value(self: ResponseSerializer, value: Any, key: str, shape: Any) -> Any:
        if key in _TYPES and type(value) is dict and len(value) == 1:
            return value.get(key)
        return searched(self, value, key, shape)

    setattr(ResponseSerializer, "get_value", get_value)  # noqa: B010 - mypy takes no assignment to a method
    setattr(models, "jwk", SimpleNamespace(RSAKey=_Keys))  # noqa: B010 - as above


class _Keys:
    @staticmethod
    def import_key(text: dict[str, Any]) -> jwk.RSAKey:
        return _key(json.dumps(text, sort_keys=True))


@cache
def _key(text: str) -> jwk.RSAKey:
    return jwk.RSAKey.import_key(json.loads(text))

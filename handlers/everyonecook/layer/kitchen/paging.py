"""Tokens by which a list goes on: opaque to the caller, and checked as hostile input when they return.

A token is the position of the last item read. It can only name a place inside the very partition that the
request reads anyway, so a token made up or taken from elsewhere is refused and a moved one shows nothing more.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, unquote

from kitchen.errors import BadRequest

LONGEST = 4096
LONGEST_KEY = 1024


def url_token(position: Mapping[str, Any] | None) -> str | None:
    """A position as the social lists hand it out: URL-encoded JSON."""
    return quote(_json(position), safe="") if position else None


def base64_token(position: Mapping[str, Any] | None) -> str | None:
    """A position as the user search and the administrators' lists hand it out: base64 of JSON."""
    return base64.urlsafe_b64encode(_json(position).encode()).decode() if position else None


def read_position(token: str | None, partition: str, index: str = "", prefix: str = "") -> dict[str, str] | None:
    """The position a token names, if it lies in this partition (and under this prefix of its sort key)."""
    if not token:
        return None
    position = _read(token)
    names = {"PK", "SK"} | ({f"{index}PK", f"{index}SK"} if index else set())
    if position.keys() != names or not all(map(_is_key, position.values())):
        raise _refused()
    if position[f"{index}PK"] != partition or not position[f"{index}SK"].startswith(prefix):
        raise _refused()
    return position


def read_index(token: str | None, most: int = 10_000) -> int:
    """How far into a merged list a token `{"index": n}` goes; 0 without one."""
    if not token:
        return 0
    position = _read(token)
    index = position.get("index")
    if position.keys() != {"index"} or type(index) is not int or not 0 <= index <= most:
        raise _refused()
    return index


def _json(position: Mapping[str, Any]) -> str:
    return json.dumps(position, separators=(",", ":"), ensure_ascii=False)


def _read(token: str) -> dict[str, Any]:
    if len(token) > LONGEST:
        raise _refused()
    try:
        # the gateway has decoded the query once already
        text = unquote(token, errors="strict") if token.startswith("%") else token
        if not text.startswith("{"):
            text = base64.b64decode(text.encode("ascii"), altchars=b"-_", validate=True).decode()
        position = json.loads(text)
    except (ValueError, binascii.Error, RecursionError):
        raise _refused() from None
    if not isinstance(position, dict):
        raise _refused()
    return position


def _is_key(value: Any) -> bool:
    if not isinstance(value, str):
        return False
    # half a surrogate pair is JSON, but no UTF-8
    return 0 < len(value.encode(errors="ignore")) == len(value.encode(errors="surrogatepass")) <= LONGEST_KEY


def _refused() -> BadRequest:
    return BadRequest("the paging token is not one of ours")

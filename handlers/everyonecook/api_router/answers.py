"""What goes back to the gateway: with a correlation id, for the allowed origin only, kept by no cache."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from typing import Any

from kitchen.caller import header
from kitchen.envelopes import ROUTER
from kitchen.errors import ApiError

ALLOWED_ORIGINS = frozenset(origin.strip() for origin in os.environ["ALLOWED_ORIGINS"].split(",") if origin.strip())
ALLOWED_HEADERS = ",".join(
    (
        "Content-Type",
        "Authorization",
        "X-Amz-Date",
        "X-Api-Key",
        "X-Amz-Security-Token",
        "X-Correlation-Id",
        "Cache-Control",
        "Accept-Encoding",
    )
)
EXPOSED_HEADERS = "X-Correlation-ID,Retry-After,X-RateLimit-Limit,X-RateLimit-Remaining,X-RateLimit-Reset"

Headers = dict[str, list[str]]


def answer(status: int, body: Any, headers: Mapping[str, str] | None = None) -> dict[str, Any]:
    """An answer of the router's own."""
    return {
        "statusCode": status,
        "headers": {"Content-Type": "application/json", **(headers or {})},
        "body": json.dumps(body, ensure_ascii=False, separators=(",", ":")),
    }


def refusal(error: ApiError, correlation: str) -> dict[str, Any]:
    """A refusal in the router's envelope."""
    return answer(error.status, ROUTER.refuse(error, correlation), error.headers)


def finish(answered: Mapping[str, Any], event: Mapping[str, Any], correlation: str) -> dict[str, Any]:
    """An answer, of a module or our own, as the gateway gets it."""
    headers = _gathered(answered)
    headers.setdefault("X-Correlation-ID", [correlation])
    headers.setdefault("Cache-Control", ["no-store"])
    headers["X-Content-Type-Options"] = ["nosniff"]
    headers["Strict-Transport-Security"] = ["max-age=31536000; includeSubDomains"]
    _open(headers, header(event, "origin"), preflight=event.get("httpMethod") == "OPTIONS")
    return {
        "statusCode": answered["statusCode"],
        "multiValueHeaders": headers,
        "body": answered.get("body") or "",
        "isBase64Encoded": bool(answered.get("isBase64Encoded")),
    }


def _gathered(answered: Mapping[str, Any]) -> Headers:
    """The headers of an answer in one form; every origin a module might name is dropped for ours."""
    pairs = [(name, [value]) for name, value in (answered.get("headers") or {}).items()]
    pairs += [(name, list(values)) for name, values in (answered.get("multiValueHeaders") or {}).items()]
    gathered: dict[str, tuple[str, list[str]]] = {}
    for name, values in pairs:
        if not name.lower().startswith("access-control-"):
            gathered[name.lower()] = (name, [str(value) for value in values])
    renamed = {"x-correlation-id": "X-Correlation-ID", "cache-control": "Cache-Control", "vary": "Vary"}
    return {renamed.get(low, name): values for low, (name, values) in gathered.items()}


def _open(headers: Headers, origin: str, preflight: bool) -> None:
    """Let the allowed origin read the answer; any cache must know that it depends on the origin."""
    varying = ",".join(headers.get("Vary", [])).split(",")
    headers["Vary"] = [", ".join(dict.fromkeys([*filter(None, map(str.strip, varying)), "Origin"]))]
    if origin not in ALLOWED_ORIGINS:
        return
    headers["Access-Control-Allow-Origin"] = [origin]
    headers["Access-Control-Expose-Headers"] = [EXPOSED_HEADERS]
    if preflight:
        headers["Access-Control-Allow-Methods"] = ["GET,POST,PUT,DELETE,PATCH,OPTIONS"]
        headers["Access-Control-Allow-Headers"] = [ALLOWED_HEADERS]
        headers["Access-Control-Max-Age"] = ["3600"]

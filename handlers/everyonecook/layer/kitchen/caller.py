"""Who is calling: what the router verified and put into the event."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Caller:
    """A signed-in user, by the claims of a verified token."""

    user_id: str
    username: str
    claims: Mapping[str, Any] = field(default_factory=dict)

    @property
    def groups(self) -> frozenset[str]:
        """The groups of the user pool, in lower case; the claim is a list or a text."""
        named = self.claims.get("cognito:groups") or ()
        if isinstance(named, str):
            named = named.strip("[]").replace(",", " ").split()
        return frozenset(str(name).strip().lower() for name in named)

    @property
    def is_admin(self) -> bool:
        """Whether the user belongs to the administrators."""
        return "admin" in self.groups


def caller_of(event: Mapping[str, Any]) -> Caller | None:
    """The caller of a forwarded event, or None for an anonymous one."""
    authorizer = (event.get("requestContext") or {}).get("authorizer") or {}
    user_id = authorizer.get("userId")
    if not user_id or not isinstance(user_id, str):
        return None
    return Caller(user_id, authorizer.get("username") or "", authorizer.get("claims") or {})


def address_of(event: Mapping[str, Any]) -> str:
    """The caller's IP: the first of X-Forwarded-For, which the caller may have made up, else what the gateway saw."""
    return header(event, "x-forwarded-for").split(",")[0].strip() or source_of(event)


def source_of(event: Mapping[str, Any]) -> str:
    """The IP that the gateway saw: the one that nobody makes up."""
    identity = (event.get("requestContext") or {}).get("identity") or {}
    return identity.get("sourceIp") or ""


def header(event: Mapping[str, Any], name: str) -> str:
    """A request header whatever its case; empty where there is none."""
    for key, value in (event.get("headers") or {}).items():
        if key.lower() == name.lower() and value:
            return str(value)
    for key, values in (event.get("multiValueHeaders") or {}).items():
        if key.lower() == name.lower() and values:
            return str(values[-1])
    return ""

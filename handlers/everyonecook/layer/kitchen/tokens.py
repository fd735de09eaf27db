"""Tokens of the user pool: RS256 only, against the pool's published keys."""

from __future__ import annotations

import json
import os
import urllib.request
from collections.abc import Callable, Mapping
from threading import Lock
from typing import Any

import jwt

from kitchen import clock
from kitchen.errors import Unauthorized

USER_POOL_ID = os.environ["USER_POOL_ID"]
USER_POOL_CLIENT_ID = os.environ["USER_POOL_CLIENT_ID"]
REGION = USER_POOL_ID.split("_")[0]
ISSUER = f"https://cognito-idp.{REGION}.amazonaws.com/{USER_POOL_ID}"
# a local endpoint publishes the keys under its own address, yet issues in the pool's name
_PUBLISHED = f"{os.environ['AWS_ENDPOINT_URL']}/{USER_POOL_ID}" if "AWS_ENDPOINT_URL" in os.environ else ISSUER
JWKS_URL = f"{_PUBLISHED}/.well-known/jwks.json"

FRESH = 10 * clock.MINUTE
FETCHES = 10
LONGEST = 16_384

Keys = Mapping[str, Any]
Fetch = Callable[[], dict[str, Any]]


class KeysUnavailable(Exception):
    """The pool's keys cannot be had now, so no token can be judged."""


class KeyRing:
    """The pool's keys: kept for ten minutes, fetched at most ten times a minute."""

    def __init__(self, fetch: Fetch) -> None:
        self._fetch = fetch
        self._keys: dict[str, jwt.PyJWK] = {}
        self._fetched = 0
        self._fetches: list[int] = []
        self._lock = Lock()

    def key(self, name: str, now: int) -> jwt.PyJWK | None:
        """The key of that name; one not known yet is looked for once more."""
        with self._lock:
            if (now >= self._fetched + FRESH or name not in self._keys) and self._may_fetch(now):
                self._renew(now)
            if not self._keys:
                raise KeysUnavailable
            return self._keys.get(name)

    def _may_fetch(self, now: int) -> bool:
        self._fetches = [moment for moment in self._fetches if moment > now - clock.MINUTE]
        return len(self._fetches) < FETCHES

    def _renew(self, now: int) -> None:
        self._fetches.append(now)
        try:
            published = self._fetch()["keys"]
            found = {key["kid"]: jwt.PyJWK(key, "RS256") for key in published if _is_usable(key)}
        except (OSError, ValueError, KeyError, TypeError, jwt.PyJWTError):
            # old keys are better than none: whoever is signed in stays so
            return
        self._keys, self._fetched = found, now


def claims_of(token: str, ring: KeyRing, now: int) -> dict[str, Any]:
    """The claims of a token that this pool issued to this client and that has not expired."""
    if not token or len(token) > LONGEST:
        raise _refused()
    try:
        header = jwt.get_unverified_header(token)
        key = ring.key(str(header.get("kid")), now) if header.get("alg") == "RS256" else None
        if key is None:
            raise _refused()
        claims = jwt.decode(
            token,
            key,
            algorithms=["RS256"],
            issuer=ISSUER,
            options={"require": ["exp", "iss", "sub", "token_use"], "verify_aud": False},
        )
    except (jwt.PyJWTError, ValueError, RecursionError):
        raise _refused() from None
    if not _is_ours(claims):
        raise _refused()
    return claims


def fetch_keys() -> dict[str, Any]:
    """The keys as the pool publishes them."""
    with urllib.request.urlopen(JWKS_URL, timeout=3) as answer:
        published: dict[str, Any] = json.loads(answer.read(1_000_000))
    return published


def _is_ours(claims: Mapping[str, Any]) -> bool:
    match claims.get("token_use"):
        case "id":
            return claims.get("aud") == USER_POOL_CLIENT_ID
        case "access":
            return claims.get("client_id") == USER_POOL_CLIENT_ID
        case _:
            return False


def _is_usable(key: Mapping[str, Any]) -> bool:
    return key.get("kty") == "RSA" and key.get("use", "sig") == "sig" and key.get("alg", "RS256") == "RS256"


def _refused() -> Unauthorized:
    return Unauthorized("the token is invalid or has expired")


RING = KeyRing(fetch_keys)

from __future__ import annotations

import base64
import json
import time
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from front import CLIENT, ISSUER, KEY, KEY_ID, published, token
from hypothesis import given
from hypothesis import strategies as st
from kitchen.errors import Unauthorized
from kitchen.tokens import JWKS_URL, KeyRing, KeysUnavailable, claims_of

NOW = 1_772_600_767_089
MINUTE = 60_000


def accepted(text: str) -> dict[str, Any]:
    return claims_of(text, KeyRing(published), NOW)


def test_the_keys_are_fetched_where_the_pool_publishes_them() -> None:
    assert JWKS_URL == (
        "https://cognito-idp.ap-southeast-1.amazonaws.com/ap-southeast-1_Testing01/.well-known/jwks.json"
    )


def test_an_id_token_is_accepted() -> None:
    assert accepted(token("u"))["sub"] == "u"


def test_an_access_token_is_accepted_for_its_client_id() -> None:
    assert accepted(token("u", token_use="access", aud=None, client_id=CLIENT))["sub"] == "u"


@pytest.mark.parametrize(
    "changed",
    [
        {"exp": 1_000_000_000},
        {"exp": None},
        {"exp": "soon"},
        {"iss": "https://cognito-idp.ap-southeast-1.amazonaws.com/ap-southeast-1_Foreign99"},
        {"iss": None},
        {"sub": None},
        {"sub": 5},
        {"aud": "another"},
        {"aud": None},
        {"aud": None, "client_id": CLIENT},
        {"token_use": "access"},
        {"token_use": "access", "client_id": "another"},
        {"token_use": "refresh"},
        {"token_use": None},
        {"nbf": 4_000_000_000},
    ],
)
def test_a_token_with_a_wrong_claim_is_refused(changed: dict[str, Any]) -> None:
    with pytest.raises(Unauthorized, match=r"^the token is invalid or has expired$"):
        accepted(token("u", **changed))


def claims() -> dict[str, Any]:
    return {"sub": "u", "iss": ISSUER, "aud": CLIENT, "token_use": "id", "exp": int(time.time()) + 60}


def test_a_token_of_another_pools_key_is_refused() -> None:
    foreign = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    with pytest.raises(Unauthorized):
        accepted(jwt.encode(claims(), foreign, algorithm="RS256", headers={"kid": KEY_ID}))


def test_a_token_without_signature_is_refused() -> None:
    with pytest.raises(Unauthorized):
        accepted(jwt.encode(claims(), "", algorithm="none", headers={"kid": KEY_ID}))
    header, payload, _ = token("u").split(".")
    with pytest.raises(Unauthorized):
        accepted(f"{header}.{payload}.")


def test_a_token_signed_with_the_public_key_as_a_secret_is_refused() -> None:
    def part(value: Any) -> str:
        return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()

    import hashlib
    import hmac

    text = f"{part({'alg': 'HS256', 'kid': KEY_ID})}.{part(claims())}"
    secret = published()["keys"][0]["n"].encode()
    signature = base64.urlsafe_b64encode(hmac.new(secret, text.encode(), hashlib.sha256).digest()).rstrip(b"=")
    with pytest.raises(Unauthorized):
        accepted(f"{text}.{signature.decode()}")


@pytest.mark.parametrize("algorithm", ["RS384", "RS512", "PS256"])
def test_another_algorithm_is_refused_though_the_key_is_right(algorithm: str) -> None:
    with pytest.raises(Unauthorized):
        accepted(jwt.encode(claims(), KEY, algorithm=algorithm, headers={"kid": KEY_ID}))


def test_a_changed_token_is_refused() -> None:
    header, _, signature = token("u").split(".")
    other = token("v").split(".")[1]
    with pytest.raises(Unauthorized):
        accepted(f"{header}.{other}.{signature}")


@given(st.text())
def test_whatever_is_sent_as_a_token_is_refused(text: str) -> None:
    with pytest.raises(Unauthorized):
        accepted(text)


@pytest.mark.parametrize("text", ["", ".", "..", "a.b.c", "é.é.é", "x" * 20_000, "eyJhbGciOiJSUzI1NiJ9.e30."])
def test_what_is_no_token_is_refused(text: str) -> None:
    with pytest.raises(Unauthorized):
        accepted(text)


class Pool:
    """A pool that counts how often its keys are fetched, and may be out of reach."""

    def __init__(self) -> None:
        self.fetches = 0
        self.down = False

    def __call__(self) -> dict[str, Any]:
        self.fetches += 1
        if self.down:
            raise OSError("no route")
        return published()


def test_keys_are_kept_for_ten_minutes() -> None:
    pool = Pool()
    ring = KeyRing(pool)
    for at in (0, 1, 10 * MINUTE - 1):
        assert ring.key(KEY_ID, NOW + at)
    assert pool.fetches == 1
    assert ring.key(KEY_ID, NOW + 10 * MINUTE)
    assert pool.fetches == 2


def test_unknown_keys_are_looked_for_ten_times_a_minute_at_most() -> None:
    pool = Pool()
    ring = KeyRing(pool)
    for number in range(50):
        assert ring.key(f"unknown-{number}", NOW) is None
    assert pool.fetches == 10
    assert ring.key(KEY_ID, NOW)
    assert ring.key("unknown", NOW + MINUTE + 1) is None
    assert pool.fetches == 11


def test_old_keys_serve_on_while_the_pool_cannot_be_reached() -> None:
    pool = Pool()
    ring = KeyRing(pool)
    assert ring.key(KEY_ID, NOW)
    pool.down = True
    assert ring.key(KEY_ID, NOW + 60 * MINUTE)


def test_without_any_keys_no_token_can_be_judged() -> None:
    pool = Pool()
    pool.down = True
    with pytest.raises(KeysUnavailable):
        claims_of(token("u"), KeyRing(pool), NOW)


@pytest.mark.parametrize(
    "answer", [{}, {"keys": None}, {"keys": [{"kty": "RSA"}]}, {"keys": [{"kty": "oct", "k": "x"}]}]
)
def test_answers_that_hold_no_key_of_use_are_no_keys(answer: dict[str, Any]) -> None:
    with pytest.raises(KeysUnavailable):
        KeyRing(lambda: answer).key(KEY_ID, NOW)

"""Who may call: tokens of the user pool, and nothing that only looks like one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ecinfra.errors import ContractError
from ecinfra.openapi.contract import read
from tests.openapi.contracts import PUBLIC, SCHEMES, operation, write

ASKED: list[Any] = [{"token": []}]


def contract(folder: Path, scheme: Any, security: Any = ASKED) -> Path:
    """A contract of one operation, and of one security scheme."""
    components = {"securitySchemes": {"token": scheme}}
    return write(folder, {"/dishes": {"get": operation("dishes", security)}}, components=components)


@pytest.mark.parametrize(
    "scheme",
    [
        SCHEMES["cognito"],
        {"type": "apiKey", "name": "authorization", "in": "header", "description": "A token."},
        {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"},
    ],
)
def test_a_token_comes_in_the_header_authorization(tmp_path: Path, scheme: Any) -> None:
    assert read(contract(tmp_path, scheme)).operations[0].protected


@pytest.mark.parametrize(
    "scheme",
    [
        {},
        {"type": "apiKey", "name": "x-api-key", "in": "header"},
        {"type": "apiKey", "name": "Authorization", "in": "query"},
        {"type": "http", "scheme": "basic"},
        {"type": "oauth2", "flows": {}},
    ],
)
def test_no_other_scheme_passes_for_the_user_pools(tmp_path: Path, scheme: Any) -> None:
    with pytest.raises(ContractError) as caught:
        read(contract(tmp_path, scheme))
    assert caught.value.message == (
        "components.securitySchemes.token: "
        "callers are known by a token of the user pool, in the header Authorization alone"
    )
    assert caught.value.hint == (
        '"type": "http", "scheme": "bearer", or "type": "apiKey", "name": "Authorization", "in": "header"'
    )


def test_a_scheme_that_nobody_asks_for_may_be_of_any_kind(tmp_path: Path) -> None:
    assert not read(contract(tmp_path, {"type": "mutualTLS"}, PUBLIC)).operations[0].protected


@pytest.mark.parametrize(
    ("scheme", "security", "message", "hint"),
    [
        (
            SCHEMES["cognito"],
            [{"token": [], "key": []}],
            'paths["/dishes"].get.security[0]: API Gateway asks for one token, not for token and key',
            "name one scheme",
        ),
        (
            SCHEMES["cognito"],
            [{"token": None}],
            'paths["/dishes"].get.security[0].token: the user pool\'s own tokens carry no scopes',
            "leave the list empty",
        ),
        (
            SCHEMES["cognito"] | {"x-amazon-apigateway-authtype": "custom"},
            ASKED,
            "components.securitySchemes.token.x-amazon-apigateway-authtype: "
            "what API Gateway adds to OpenAPI is composed, and not taken from a contract",
            "leave it out, and say it with the arguments of RestApi",
        ),
        (
            "token",
            ASKED,
            'components.securitySchemes.token: an object is wanted, not "token"',
            "see the OpenAPI 3.0 specification",
        ),
    ],
)
def test_what_the_authorizer_would_not_do_is_refused(
    tmp_path: Path, scheme: Any, security: Any, message: str, hint: str
) -> None:
    with pytest.raises(ContractError) as caught:
        read(contract(tmp_path, scheme, security))
    assert (caught.value.message, caught.value.hint) == (message, hint)

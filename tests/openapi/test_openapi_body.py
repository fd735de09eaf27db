"""The document that API Gateway imports."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ecinfra.openapi.body import Gateway, compose
from ecinfra.openapi.contract import read
from ecinfra.openapi.cors import Cors
from ecinfra.openapi.guard import Authorizer, Validators
from tests.openapi.contracts import PROTECTED, body, operation, write

CORS = Cors(
    ["https://everyonecook.cloud", "http://localhost:3000"], ["GET", "POST"], ["Authorization", "Accept"], ["Accept"]
)
INTEGRATION = {
    "type": "aws_proxy",
    "httpMethod": "POST",
    "uri": "<router>",
    "passthroughBehavior": "when_no_match",
    "timeoutInMillis": 29_000,
}
DISH_ID = {"name": "dishId", "in": "path", "required": True, "schema": {"type": "string"}}
SIZE = {"name": "size", "in": "query", "schema": {"type": "integer", "minimum": 1}, "description": "Portions."}
NOTE = {"type": "object", "properties": {"text": {"type": "string"}}}


def composed(file: Path, *, cached: bool = False) -> dict[str, Any]:
    """A contract as API Gateway imports it."""
    return compose(
        read(file),
        Gateway(
            name="Kitchen-dev",
            uri="<router>",
            authorizer=Authorizer("Pool-dev", "<pool>"),
            validators=Validators(body="Body-dev", parameters="Params-dev", full="Full-dev"),
            cors=CORS,
            cached=cached,
        ),
    )


def test_a_route_carries_what_api_gateway_reads_and_nothing_else(tmp_path: Path) -> None:
    post = operation(
        "postNote",
        PROTECTED,
        parameters=[DISH_ID, SIZE],
        requestBody=body("Note"),
        summary="Notes something.",
        **{"x-module": "social", "x-sensitive": True},
    )
    assert composed(write(tmp_path, {"/dishes/{dishId}/notes": {"post": post}}, {"Note": NOTE}))["paths"][
        "/dishes/{dishId}/notes"
    ]["post"] == {
        "parameters": [DISH_ID, {"name": "size", "in": "query", "schema": {"type": "integer"}}],
        "requestBody": {
            "required": True,
            "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Note"}}},
        },
        "responses": {},
        "security": [{"Pool-dev": []}],
        "x-amazon-apigateway-request-validator": "Full-dev",
        "x-amazon-apigateway-integration": INTEGRATION,
    }


def test_a_public_route_asks_nobody_who_he_is(tmp_path: Path) -> None:
    made = composed(write(tmp_path, {"/health": {"get": operation("health")}}))
    assert made["paths"]["/health"]["get"] == {
        "responses": {},
        "x-amazon-apigateway-request-validator": "Params-dev",
        "x-amazon-apigateway-integration": INTEGRATION,
    }


def test_around_the_routes_stand_models_authorizer_and_validators(tmp_path: Path) -> None:
    made = composed(write(tmp_path, {"/notes": {"post": operation("note", requestBody=body("Note"))}}, {"Note": NOTE}))
    made.pop("paths")
    made.pop("x-amazon-apigateway-gateway-responses")
    assert made == {
        "openapi": "3.0.1",
        "info": {"title": "Kitchen-dev", "version": "1"},
        "components": {
            "schemas": {"Note": NOTE},
            "securitySchemes": {
                "Pool-dev": {
                    "type": "apiKey",
                    "name": "Authorization",
                    "in": "header",
                    "x-amazon-apigateway-authtype": "cognito_user_pools",
                    "x-amazon-apigateway-authorizer": {
                        "type": "cognito_user_pools",
                        "providerARNs": ["<pool>"],
                        "authorizerResultTtlInSeconds": 300,
                    },
                }
            },
        },
        "x-amazon-apigateway-request-validators": {
            "Body-dev": {"validateRequestBody": True, "validateRequestParameters": False},
            "Params-dev": {"validateRequestBody": False, "validateRequestParameters": True},
            "Full-dev": {"validateRequestBody": True, "validateRequestParameters": True},
        },
    }


@pytest.mark.parametrize(
    ("method", "has_body", "validator"),
    [
        ("get", False, "Params-dev"),
        ("delete", False, "Params-dev"),
        ("delete", True, "Params-dev"),
        ("post", True, "Full-dev"),
        ("put", True, "Full-dev"),
        ("patch", True, "Full-dev"),
        ("post", False, "Body-dev"),
    ],
)
def test_what_is_checked_follows_from_method_and_model(
    tmp_path: Path, method: str, has_body: bool, validator: str
) -> None:
    said = operation("one", **({"requestBody": body("Note")} if has_body else {}))
    made = composed(write(tmp_path, {"/notes": {method: said}}, {"Note": NOTE}))
    assert made["paths"]["/notes"][method]["x-amazon-apigateway-request-validator"] == validator


def test_every_path_answers_preflights_once_and_by_itself(tmp_path: Path) -> None:
    paths = {
        "/dishes/{dishId}": {
            "get": operation("getDish", PROTECTED, parameters=[DISH_ID, SIZE]),
            "delete": operation("deleteDish", PROTECTED, parameters=[DISH_ID]),
        }
    }
    made = composed(write(tmp_path, paths))["paths"]["/dishes/{dishId}"]
    assert list(made) == ["get", "options", "delete"]
    assert made["options"]["parameters"] == [DISH_ID]
    assert "security" not in made["options"]
    assert made["options"]["x-amazon-apigateway-integration"]["type"] == "mock"


def test_a_cached_answer_has_all_it_depends_on_in_its_key(tmp_path: Path) -> None:
    paths = {"/dishes/{dishId}": {"get": operation("getDish", parameters=[DISH_ID, SIZE])}}
    made = composed(write(tmp_path, paths), cached=True)["paths"]["/dishes/{dishId}"]["get"]
    assert made["x-amazon-apigateway-integration"] == {
        **INTEGRATION,
        "cacheNamespace": "getDish",
        "cacheKeyParameters": ["method.request.path.dishId", "method.request.querystring.size"],
    }


def test_an_answer_for_one_caller_has_no_key(tmp_path: Path) -> None:
    paths = {"/dishes/{dishId}": {"get": operation("getDish", PROTECTED, parameters=[DISH_ID])}}
    made = composed(write(tmp_path, paths), cached=True)["paths"]["/dishes/{dishId}"]["get"]
    assert made["x-amazon-apigateway-integration"] == INTEGRATION


def test_the_contracts_own_version_is_no_part_of_the_api(tmp_path: Path) -> None:
    paths = {"/health": {"get": operation("health")}}
    before = composed(write(tmp_path, paths))
    info = {"title": "Kitchen", "version": "9.0"}
    assert composed(write(tmp_path, paths, openapi="3.0.0", info=info)) == before

"""The document that API Gateway imports: the contract's routes, each tied to one function."""

from __future__ import annotations

from functools import cache
from typing import Any

from ecinfra.frozen import frozen
from ecinfra.openapi.contract import Contract
from ecinfra.openapi.cors import Cors
from ecinfra.openapi.guard import Authorizer, Validators
from ecinfra.openapi.operation import Operation
from ecinfra.openapi.request import Parameter

# Fixed, so that the API's content changes only when the API does.
_OPENAPI = "3.0.1"
_VERSION = "1"
# API Gateway waits no longer, whatever the function's own timeout is.
_LONGEST = 29_000


@frozen
class Gateway:
    """What stands before a contract's operations, and the function (`uri`) that answers them all."""

    name: str
    uri: Any
    authorizer: Authorizer
    validators: Validators
    cors: Cors
    cached: bool


def compose(contract: Contract, gateway: Gateway) -> dict[str, Any]:
    """The contract as API Gateway imports it; what it does not read (texts, responses, our own marks) stays behind."""
    authorizer = gateway.authorizer
    return {
        "openapi": _OPENAPI,
        "info": {"title": gateway.name, "version": _VERSION},
        "paths": _paths(contract, gateway),
        "components": {"schemas": contract.models, "securitySchemes": {authorizer.name: authorizer.scheme()}},
        "x-amazon-apigateway-request-validators": gateway.validators.definitions(),
        "x-amazon-apigateway-gateway-responses": gateway.cors.gateway_responses(),
    }


def _paths(contract: Contract, gateway: Gateway) -> dict[str, Any]:
    integration = {
        "type": "aws_proxy",
        "httpMethod": "POST",
        "uri": gateway.uri,
        "passthroughBehavior": "when_no_match",
        "timeoutInMillis": _LONGEST,
    }
    security: list[dict[str, list[str]]] = [{gateway.authorizer.name: []}]
    preflight = gateway.cors.preflight()
    paths: dict[str, Any] = {}
    for operation in contract.operations:
        item = paths.setdefault(operation.path, {})
        item[operation.method] = {
            **_request(operation),
            "responses": {},
            **({"security": security} if operation.protected else {}),
            "x-amazon-apigateway-request-validator": gateway.validators.of(operation),
            "x-amazon-apigateway-integration": _cached(operation, integration) if gateway.cached else integration,
        }
        if "options" not in item:
            item["options"] = {**_parameters(operation.in_path), **preflight}
    return paths


def _request(operation: Operation) -> dict[str, Any]:
    request = _parameters(operation.parameters)
    if operation.model:
        schema = {"$ref": f"#/components/schemas/{operation.model}"}
        body: dict[str, Any] = {"content": {"application/json": {"schema": schema}}}
        request["requestBody"] = {"required": True, **body} if operation.body_required else body
    return request


def _parameters(parameters: tuple[Parameter, ...]) -> dict[str, Any]:
    return {"parameters": [_parameter(parameter) for parameter in parameters]} if parameters else {}


@cache
def _parameter(parameter: Parameter) -> dict[str, Any]:
    said = {"name": parameter.name, "in": parameter.place, "schema": {"type": parameter.type}}
    return {**said, "required": True} if parameter.required else said


def _cached(operation: Operation, integration: dict[str, Any]) -> dict[str, Any]:
    """Whatever an answer depends on is part of the key under which it is cached."""
    if not operation.cacheable:
        return integration
    places = {"path": "path", "query": "querystring"}
    keys = [f"method.request.{places[one.place]}.{one.name}" for one in operation.parameters]
    return {**integration, "cacheNamespace": operation.id, "cacheKeyParameters": keys}

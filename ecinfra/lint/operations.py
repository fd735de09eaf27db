"""The operations of REST APIs, whether written in an API's description or as resources."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ecinfra.lint.estate import Estate, Located
from ecinfra.lint.finding import Path
from ecinfra.lint.literals import items, members, text

_METHODS = frozenset({"delete", "get", "head", "options", "patch", "post", "put", "x-amazon-apigateway-any-method"})
_WRITTEN = {"query": "querystring", "path": "path"}


@dataclass(frozen=True, slots=True)
class Integration:
    """What an operation calls."""

    path: Path
    kind: str
    method: str
    uri: Any
    keys: tuple[str, ...]
    milliseconds: Any
    credentials: Any


@dataclass(frozen=True, slots=True)
class Operation:
    """A method of a route; `owner` and `path` say where it is written."""

    api: Located
    owner: Located
    path: Path
    route: str
    method: str
    needs_caller: bool
    parameters: tuple[str, ...]
    integration: Integration

    def __str__(self) -> str:
        return f"{self.method} {self.route}"


def operations(estate: Estate) -> Iterator[Operation]:
    """Every operation of every REST API of a system."""
    for api in estate.all("AWS::ApiGateway::RestApi"):
        yield from _described(api)
    for method in estate.all("AWS::ApiGateway::Method"):
        properties = method.properties
        target = estate.resource(method.template, properties.get("RestApiId"), "AWS::ApiGateway::RestApi")
        if target:
            yield _written(estate, target, method)


def _described(api: Located) -> Iterator[Operation]:
    body = members(api.properties.get("Body"))
    for route, methods in members(body.get("paths")).items():
        shared = items(members(methods).get("parameters"))
        for name, operation in members(methods).items():
            if name not in _METHODS or not isinstance(operation, dict):
                continue
            path = ("Body", "paths", route, name)
            yield Operation(
                api=api,
                owner=api,
                path=path,
                route=route,
                method="ANY" if name.startswith("x-") else name.upper(),
                needs_caller=_needs_caller(operation.get("security", body.get("security"))),
                parameters=_parameters(body, [*shared, *items(operation.get("parameters"))]),
                integration=_integration(operation.get("x-amazon-apigateway-integration"), path),
            )


def _needs_caller(security: Any) -> bool:
    """Whether no caller may stay unknown: an empty requirement lets everybody in."""
    requirements = items(security)
    return bool(requirements) and all(requirements)


def _parameters(body: dict[str, Any], written: list[Any]) -> tuple[str, ...]:
    """Parameters of path and query, as API Gateway writes them."""
    names = []
    for parameter in written:
        found = members(parameter)
        for step in text(found.get("$ref", "")).split("/")[1:]:
            found = members((found if "$ref" not in found else body).get(step))
        if found.get("in") in _WRITTEN:
            names.append(f"method.request.{_WRITTEN[found['in']]}.{found.get('name')}")
    return tuple(dict.fromkeys(names))


def _integration(written: Any, path: Path) -> Integration:
    found = members(written)
    return Integration(
        path=(*path, "x-amazon-apigateway-integration"),
        kind=text(found.get("type", "")).upper(),
        method=text(found.get("httpMethod", "")).upper(),
        uri=found.get("uri"),
        keys=tuple(text(key) for key in items(found.get("cacheKeyParameters"))),
        milliseconds=found.get("timeoutInMillis"),
        credentials=found.get("credentials"),
    )


def _written(estate: Estate, api: Located, method: Located) -> Operation:
    properties = method.properties
    found = members(properties.get("Integration"))
    return Operation(
        api=api,
        owner=method,
        path=("Integration",),
        route=_route(estate, method),
        method=text(properties.get("HttpMethod", "")).upper(),
        needs_caller=properties.get("AuthorizationType", "NONE") != "NONE",
        parameters=tuple(
            name
            for name in members(properties.get("RequestParameters"))
            if name.startswith(("method.request.querystring.", "method.request.path."))
        ),
        integration=Integration(
            path=("Integration",),
            kind=text(found.get("Type", "")).upper(),
            method=text(found.get("IntegrationHttpMethod", "")).upper(),
            uri=found.get("Uri"),
            keys=tuple(text(key) for key in items(found.get("CacheKeyParameters"))),
            milliseconds=found.get("TimeoutInMillis"),
            credentials=found.get("Credentials"),
        ),
    )


def _route(estate: Estate, method: Located) -> str:
    """The path of a method, from its resource up to the API."""
    parts: list[str] = []
    at = estate.resource(method.template, method.properties.get("ResourceId"), "AWS::ApiGateway::Resource")
    while at:
        parts.append(text(at.properties.get("PathPart", "")))
        at = estate.resource(at.template, at.properties.get("ParentId"), "AWS::ApiGateway::Resource")
    return "/" + "/".join(reversed(parts))

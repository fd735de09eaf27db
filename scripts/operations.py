"""The operations of EveryoneCook's API: as the contract promises them, and as the handlers' code keeps them."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from stand_ins import prepare

# What an API Gateway model may say; the rest of a pydantic schema (titles, formats of ours) is no part of the contract.
KEYWORDS = frozenset(
    {
        "$ref",
        "additionalProperties",
        "anyOf",
        "default",
        "enum",
        "format",
        "items",
        "maxItems",
        "maxLength",
        "maximum",
        "minItems",
        "minLength",
        "minimum",
        "pattern",
        "properties",
        "required",
        "type",
        "uniqueItems",
    }
)

Schema = dict[str, Any]


@dataclass(frozen=True)
class Operation:
    """One method of one path, as far as contract and code must agree on it."""

    method: str
    path: str
    module: str
    public: bool
    group: str | None
    body: Schema | None
    body_required: bool
    query: dict[str, Schema]

    @property
    def name(self) -> str:
        """How a person calls it."""
        return f"{self.method} {self.path}"


def promised(contract: Schema) -> Iterator[Operation]:
    """The operations of the contract."""
    definitions = contract["components"]["schemas"]
    for path, methods in contract["paths"].items():
        for method, said in methods.items():
            body = said.get("requestBody")
            schema = body["content"]["application/json"]["schema"] if body else None
            queries = [given for given in said.get("parameters", ()) if given["in"] == "query"]
            yield Operation(
                method=method.upper(),
                path=path,
                module=said["x-module"],
                public=not said["security"],
                group=said.get("x-group"),
                body=reduce(schema, definitions) if schema else None,
                body_required=bool(body and body.get("required")),
                query={
                    given["name"]: {
                        "required": bool(given.get("required")),
                        "schema": reduce(given["schema"], definitions),
                    }
                    for given in queries
                },
            )


def kept(module: str) -> Iterator[Operation]:
    """The operations that a module's code answers."""
    prepare()
    app = importlib.import_module(f"{module}.handler").app
    for route in app.routes:
        yield Operation(
            method=route.method,
            path=route.path,
            module=module,
            public=route.public,
            group=route.group,
            body=_model(route.body) if route.body else None,
            body_required=bool(route.body and route.body_required),
            query=_parameters(route.query) if route.query else {},
        )


def reduce(schema: Any, definitions: Schema) -> Any:
    """A schema with nothing but the contract's keywords, its references followed, in one form."""
    if "$ref" in schema:
        return reduce(definitions[schema["$ref"].rsplit("/", 1)[-1]], definitions)
    reduced: Schema = {}
    for word in sorted(KEYWORDS & schema.keys()):
        value = schema[word]
        match word:
            case "properties":
                value = {name: reduce(part, definitions) for name, part in sorted(value.items())}
            case "items":
                value = reduce(value, definitions)
            case "anyOf":
                value = [reduce(part, definitions) for part in value]
            case "required":
                value = sorted(value)
        # a default of null is how code says "absent"; the contract says it by not requiring the field
        if not (word == "default" and value is None):
            reduced[word] = value
    if "const" in schema:
        reduced["enum"] = [schema["const"]]
    return reduced


def _model(model: Any) -> Schema:
    schema = model.model_json_schema()
    reduced: Schema = reduce(schema, schema.get("$defs", {}))
    return reduced


def _parameters(model: Any) -> dict[str, Schema]:
    schema = _model(model)
    required = schema.get("required", ())
    return {name: {"required": name in required, "schema": part} for name, part in schema["properties"].items()}

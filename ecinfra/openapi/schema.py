"""Schemas reduced to the models that API Gateway understands: a part of JSON Schema draft 4."""

from __future__ import annotations

import re
from typing import Any

from ecinfra.errors import nearest
from ecinfra.frozen import frozen
from ecinfra.openapi.source import Source, Steps

_NAME = re.compile(r"[A-Za-z0-9]+")
_REFERENCE = "#/components/schemas/"

_TYPES = frozenset({"object", "array", "string", "number", "integer", "boolean"})
_SCHEMA = frozenset({"items", "additionalProperties"})
_CHOICES = frozenset({"anyOf", "oneOf", "allOf"})
_CARRIED = frozenset(
    {
        "enum",
        "maximum",
        "maxLength",
        "maxProperties",
        "minimum",
        "minLength",
        "minProperties",
        "multipleOf",
        "pattern",
        "required",
        "uniqueItems",
    }
)
# They are for the reader and for the handler. API Gateway knows no `default` and no `example`, refuses the formats
# of numbers, and leaves `minItems` and `maxItems` out of what it checks: the handler still keeps to all of them.
_LEFT_OUT = frozenset(
    {
        "default",
        "deprecated",
        "description",
        "example",
        "externalDocs",
        "format",
        "maxItems",
        "minItems",
        "title",
        "xml",
    }
)
_INSTEAD = {
    "nullable": "let clients leave the property out instead of sending null",
    "exclusiveMinimum": "say minimum, with the smallest value that is allowed",
    "discriminator": "list the choices with anyOf",
    "readOnly": "leave the property out of what a client sends",
}


@frozen
class Models:
    """The models of an API: each schema that is asked for, and those it refers to."""

    source: Source
    schemas: dict[str, Any]
    reduced: dict[str, dict[str, Any]]

    def take(self, reference: Any, steps: Steps) -> str:
        """Reduce a schema that is referred to, and return its name."""
        name = self._name(reference, steps)
        if name not in self.reduced:
            self.reduced[name] = {}  # taken, so that a schema may refer to itself
            self.reduced[name] = self._reduce(self.schemas[name], _home(name), None)
        return name

    def _name(self, reference: Any, steps: Steps) -> str:
        name = str(reference).removeprefix(_REFERENCE)
        if not str(reference).startswith(_REFERENCE):
            raise self.source.refuse(
                steps, f"{reference!r} is no schema of this document", f"refer to {_REFERENCE}<name>"
            )
        if name not in self.schemas:
            raise self.source.refuse(steps, f"there is no schema {name}", nearest(name, self.schemas))
        if not _NAME.fullmatch(name):
            raise self.source.refuse(
                _home(name), "API Gateway wants letters and digits in a model's name", "rename the schema"
            )
        return name

    def _reduce(self, schema: Any, steps: Steps, inside: tuple[str, ...] | None) -> dict[str, Any]:
        """One schema; `inside` names the schemas whose content is being repeated in a choice."""
        said = self.source.table(schema, steps)
        if "$ref" in said:
            return self._referred(said, steps, inside)
        reduced: dict[str, Any] = {}
        for key, value in said.items():
            here = (*steps, key)
            if key == "type":
                reduced[key] = self._type(value, here)
            elif key in _CARRIED:
                reduced[key] = value
            elif key == "properties":
                properties = self.source.table(value, here)
                reduced[key] = {name: self._reduce(part, (*here, name), inside) for name, part in properties.items()}
            elif key in _SCHEMA:
                reduced[key] = value if isinstance(value, bool) else self._reduce(value, here, inside)
            elif key in _CHOICES:
                reduced[key] = [self._reduce(part, (*here, at), inside or ()) for at, part in enumerate(value)]
            elif key not in _LEFT_OUT and not key.startswith("x-"):
                known = ", ".join(sorted(_CARRIED | _CHOICES | _SCHEMA | {"properties", "type"}))
                hint = _INSTEAD.get(key, f"they know {known}")
                raise self.source.refuse(here, f"the models of API Gateway know no '{key}'", hint)
        return reduced

    def _type(self, value: Any, steps: Steps) -> str:
        if isinstance(value, str) and value in _TYPES:
            return value
        raise self.source.refuse(steps, f"{value!r} is no type of OpenAPI 3.0", "one of: " + ", ".join(sorted(_TYPES)))

    def _referred(self, said: dict[str, Any], steps: Steps, inside: tuple[str, ...] | None) -> dict[str, Any]:
        """A reference, or what it refers to: API Gateway follows none inside a choice."""
        if beside := [key for key in said if key != "$ref" and key not in _LEFT_OUT]:
            raise self.source.refuse(
                (*steps, beside[0]), "what stands beside a $ref is not read", "say it in the schema referred to"
            )
        here = (*steps, "$ref")
        if inside is None:
            return {"$ref": _REFERENCE + self.take(said["$ref"], here)}
        name = self._name(said["$ref"], here)
        if name in inside:
            raise self.source.refuse(
                here,
                f"{name} contains itself within a choice, and API Gateway follows no $ref there",
                "take the $ref out of anyOf, oneOf and allOf",
            )
        return self._reduce(self.schemas[name], _home(name), (*inside, name))


def _home(name: str) -> Steps:
    return ("components", "schemas", name)

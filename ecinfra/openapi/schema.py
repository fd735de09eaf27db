"""Schemas reduced to the models that API Gateway understands: a part of JSON Schema draft 4."""

from __future__ import annotations

import re
from typing import Any

from ecinfra.errors import ContractError, nearest
from ecinfra.frozen import frozen
from ecinfra.openapi.keyword import KEYWORDS
from ecinfra.openapi.lines import Steps
from ecinfra.openapi.source import Source, brief

_NAME = re.compile(r"[A-Za-z0-9]+")
_REFERENCE = "#/components/schemas/"

_SCHEMA = frozenset({"items", "additionalProperties"})
_CHOICES = frozenset({"anyOf", "oneOf", "allOf"})
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

    def refer(self, said: dict[str, Any], steps: Steps) -> str:
        """Reduce the schema that a reference refers to, and return its name."""
        self._check_alone(said, steps)
        return self._take(said["$ref"], (*steps, "$ref"))

    def _take(self, reference: Any, steps: Steps) -> str:
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
            if key in KEYWORDS:
                fits, _ = KEYWORDS[key]
                if not fits(value):
                    raise self.unfit(key, value, (*steps, key))
                reduced[key] = value
            elif key == "properties":
                here = (*steps, key)
                properties = self.source.table(value, here)
                reduced[key] = {name: self._reduce(part, (*here, name), inside) for name, part in properties.items()}
            elif key in _SCHEMA:
                closed = key == "additionalProperties" and isinstance(value, bool)
                reduced[key] = value if closed else self._reduce(value, (*steps, key), inside)
            elif key in _CHOICES:
                reduced[key] = self._choice(value, (*steps, key), inside or ())
            elif key not in _LEFT_OUT:
                self._check_left_out(key, (*steps, key))
        return reduced

    def unfit(self, key: str, value: Any, steps: Steps) -> ContractError:
        """The error that a keyword does not take a value."""
        _, wanted = KEYWORDS[key]
        return self.source.refuse(steps, f"{key} takes {wanted}, not {brief(value)}", "mend it, or leave it out")

    def _choice(self, value: Any, steps: Steps, inside: tuple[str, ...]) -> list[dict[str, Any]]:
        parts = self.source.listed(value, steps)
        if not parts:
            raise self.source.refuse(steps, "there is nothing to choose from", "list the schemas, or leave it out")
        return [self._reduce(part, (*steps, at), inside) for at, part in enumerate(parts)]

    def _check_left_out(self, key: str, steps: Steps) -> None:
        if key.startswith("x-"):
            self.source.known({key: None}, _LEFT_OUT, steps[:-1], _INSTEAD)
        else:
            known = ", ".join(sorted({*KEYWORDS, *_CHOICES, *_SCHEMA, "properties"}))
            hint = _INSTEAD.get(key, f"they know {known}")
            raise self.source.refuse(steps, f"the models of API Gateway know no '{key}'", hint)

    def _referred(self, said: dict[str, Any], steps: Steps, inside: tuple[str, ...] | None) -> dict[str, Any]:
        """A reference, or what it refers to: API Gateway follows none inside a choice."""
        self._check_alone(said, steps)
        here = (*steps, "$ref")
        if inside is None:
            return {"$ref": _REFERENCE + self._take(said["$ref"], here)}
        name = self._name(said["$ref"], here)
        if name in inside:
            raise self.source.refuse(
                here,
                f"{name} contains itself within a choice, and API Gateway follows no $ref there",
                "take the $ref out of anyOf, oneOf and allOf",
            )
        return self._reduce(self.schemas[name], _home(name), (*inside, name))

    def _check_alone(self, said: dict[str, Any], steps: Steps) -> None:
        if beside := [key for key in said if key != "$ref" and key not in _LEFT_OUT]:
            raise self.source.refuse(
                (*steps, beside[0]), "what stands beside a $ref is not read", "say it in the schema referred to"
            )


def _home(name: str) -> Steps:
    return ("components", "schemas", name)

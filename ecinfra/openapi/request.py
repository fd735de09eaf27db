"""What a request holds: the parameters in its path and its query, and its body."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from ecinfra.errors import nearest
from ecinfra.frozen import frozen
from ecinfra.openapi.keyword import KEYWORDS
from ecinfra.openapi.lines import Steps
from ecinfra.openapi.schema import Models
from ecinfra.openapi.source import Source, brief

VARIABLE = re.compile(r"\{([^{}+]+)\+?\}")

_NAME = re.compile(r"[a-zA-Z0-9:._$-]+")
_WITH_BODY = ("put", "post", "patch")
_TEXTS = frozenset({"description", "example", "examples"})
_PARAMETER = _TEXTS | {"name", "in", "required", "schema", "deprecated", "style", "explode"}
_BODY = frozenset({"description", "required", "content"})
_MEDIA = _TEXTS | {"schema"}
_JSON = frozenset({"application/json"})
_INSTEAD = {
    "$ref": "write it out: a reference is followed only to a schema",
    "content": "say its type with schema",
}
_ONLY_JSON = "leave it out: the models of API Gateway describe application/json alone"


@frozen
class Parameter:
    """One parameter of a request: `place` is `path` or `query`."""

    name: str
    place: str
    required: bool
    type: str


# The same few parameters stand at most operations.
_parameter = cache(Parameter)


@frozen
class Requests:
    """What reading a request needs to know of its document."""

    source: Source
    models: Models

    def parameters(self, path: str, said: Any, steps: Steps) -> tuple[Parameter, ...]:
        """The parameters of an operation, which are those of its path and some of the query."""
        wanted = VARIABLE.findall(path)
        found: dict[tuple[str, str], Parameter] = {}
        for at, item in enumerate(self.source.listed(said, steps)):
            one = self._parameter(item, (*steps, at))
            key = (one.place, one.name)
            if key in found:
                raise self.source.refuse((*steps, at, "name"), f"{one.name} is declared above", "declare it once")
            if one.place == "path" and one.name not in wanted:
                hint = nearest(one.name, wanted)
                raise self.source.refuse((*steps, at, "name"), f"the path has no {{{one.name}}}", hint)
            found[key] = one
        for name in wanted:
            if ("path", name) not in found:
                raise self.source.refuse(steps, f"{{{name}}} of the path is not among the parameters", "declare it")
        return tuple(found.values())

    def _parameter(self, said: Any, steps: Steps) -> Parameter:
        self.source.known(self.source.table(said, steps), _PARAMETER, steps, _INSTEAD)
        name, place = self._identity(said, steps)
        required = self.source.flag(said, "required", steps)
        schema = self.source.table(said.get("schema", {}), (*steps, "schema"))
        if "$ref" in schema:
            raise self.source.refuse((*steps, "schema", "$ref"), "a parameter's schema says its type", _INSTEAD["$ref"])
        kind = schema.get("type", "string")
        if not KEYWORDS["type"][0](kind):
            raise self.models.unfit("type", kind, (*steps, "schema", "type"))
        return _parameter(name, place, place == "path" or required, kind)

    def _identity(self, said: dict[str, Any], steps: Steps) -> tuple[str, str]:
        name, place = said.get("name"), said.get("in")
        if place not in ("path", "query"):
            raise self.source.refuse(
                (*steps, "in"), f"API Gateway is given parameters in path and query, not in {place}", "leave it out"
            )
        if not isinstance(name, str) or not _NAME.fullmatch(name):
            raise self.source.refuse(
                (*steps, "name"),
                f"API Gateway takes no parameter of the name {brief(name)}",
                "a name is letters, digits and : . _ $ -",
            )
        return name, place

    def body(self, method: str, said: Any, steps: Steps) -> tuple[str | None, bool]:
        """The model of a body, and whether it must be there; API Gateway checks none that comes with DELETE."""
        if said is None:
            return None, False
        if method == "get":
            raise self.source.refuse(steps, "GET takes no body", "make it a POST, or use query parameters")
        table = self.source.table(said, steps)
        self.source.known(table, _BODY, steps, _INSTEAD)
        required = self.source.flag(table, "required", steps)
        if method not in _WITH_BODY:
            return None, False
        name = self._model(self.source.table(table.get("content"), (*steps, "content")), (*steps, "content"))
        if not required and self.models.schemas[name].get("required"):
            raise self.source.refuse(
                (*steps, "required"),
                f"API Gateway reads an absent body as {{}}, which {name} refuses",
                '"required": true, or a schema without required properties',
            )
        return name, required

    def _model(self, content: dict[str, Any], steps: Steps) -> str:
        here = (*steps, "application/json")
        media = self.source.table(content.get("application/json", {}), here)
        self.source.known(media, _MEDIA, here, _INSTEAD)
        schema = self.source.table(media.get("schema", {}), (*here, "schema"))
        if "$ref" not in schema:
            raise self.source.refuse(
                (*here, "schema", "$ref"), "a body is described by one schema, as JSON", "refer to it with $ref"
            )
        self.source.known(content, _JSON, steps, dict.fromkeys(content, _ONLY_JSON))
        return self.models.refer(schema, (*here, "schema"))

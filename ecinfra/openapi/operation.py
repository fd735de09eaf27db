"""The operations of a contract, each as far as API Gateway is concerned with it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ecinfra.errors import nearest
from ecinfra.frozen import frozen
from ecinfra.openapi.schema import Models
from ecinfra.openapi.source import Source, Steps

_METHODS = ("get", "put", "post", "delete", "patch")
_WITH_BODY = ("put", "post", "patch")
_VARIABLE = re.compile(r"\{([^{}+]+)\+?\}")
_IN_PATH_ITEM = {
    "options": "leave it out: the preflight of every path is composed from cors=",
    "parameters": "write them at each operation: API Gateway reads them only there",
}


@frozen
class Parameter:
    """One parameter of a request: `place` is `path` or `query`."""

    name: str
    place: str
    required: bool
    type: str


@frozen
class Operation:
    """One method of a path: who may call it, and what a request holds."""

    path: str
    method: str
    id: str
    protected: bool
    cacheable: bool
    sensitive: bool
    parameters: tuple[Parameter, ...]
    model: str | None
    body_required: bool

    @property
    def in_path(self) -> tuple[Parameter, ...]:
        """The parameters of its path."""
        return tuple(parameter for parameter in self.parameters if parameter.place == "path")


@frozen
class Reading:
    """What reading an operation needs to know of its document."""

    source: Source
    schemes: dict[str, Any]
    models: Models

    def operations(self, paths: dict[str, Any]) -> Iterator[Operation]:
        """Every operation, in the order of the document."""
        for path, item in paths.items():
            steps: Steps = ("paths", path)
            for method, said in self.source.table(item, steps).items():
                if method in _METHODS:
                    yield self._operation(path, method, self.source.table(said, (*steps, method)))
                elif method not in ("summary", "description"):
                    hint = _IN_PATH_ITEM.get(method, "there are: " + ", ".join(_METHODS))
                    raise self.source.refuse((*steps, method), f"'{method}' is no method of a path here", hint)

    def _operation(self, path: str, method: str, said: dict[str, Any]) -> Operation:
        steps: Steps = ("paths", path, method)
        if not said.get("operationId"):
            raise self.source.refuse(steps, "an operation wants an operationId", "name it, as in listUsers")
        protected, anonymous = self._callers(said, steps)
        parameters = tuple(self._parameters(path, said.get("parameters", []), (*steps, "parameters")))
        model, required = self._body(method, said.get("requestBody"), (*steps, "requestBody"))
        return Operation(
            path=path,
            method=method,
            id=said["operationId"],
            protected=protected,
            cacheable=method == "get" and anonymous and not said.get("x-uncached", False),
            sensitive=said.get("x-sensitive") is True,
            parameters=parameters,
            model=model,
            body_required=required,
        )

    def _callers(self, said: dict[str, Any], steps: Steps) -> tuple[bool, bool]:
        """Whether a caller must show who he is, and whether nobody is ever asked."""
        steps = (*steps, "security")
        wanted = said.get("security")
        if not isinstance(wanted, list) or not all(isinstance(one, dict) for one in wanted):
            raise self.source.refuse(
                steps,
                "an operation says who may call it, for API Gateway reads no security of the whole document",
                '"security": [] lets everybody in, "security": [{"<scheme>": []}] those with a token',
            )
        for at, one in enumerate(wanted):
            for name, scopes in one.items():
                if name not in self.schemes:
                    raise self.source.refuse(
                        (*steps, at, name), f"there is no security scheme {name}", nearest(name, self.schemes)
                    )
                if scopes:
                    raise self.source.refuse(
                        (*steps, at, name), "the user pool's own tokens carry no scopes", "leave the list empty"
                    )
        protected = bool(wanted) and {} not in wanted
        return protected, not wanted and not said.get("x-optional-token", False)

    def _parameters(self, path: str, listed: Any, steps: Steps) -> Iterator[Parameter]:
        wanted = dict.fromkeys(_VARIABLE.findall(path))
        for at, item in enumerate(listed):
            here = (*steps, at)
            said = self.source.table(item, here)
            name, place = said.get("name", ""), said.get("in")
            if place not in ("path", "query"):
                raise self.source.refuse(
                    (*here, "in"), f"API Gateway is given parameters in path and query, not in {place}", "leave it out"
                )
            if place == "path" and name not in wanted:
                raise self.source.refuse((*here, "name"), f"the path has no {{{name}}}", nearest(name, wanted))
            if place == "path":
                del wanted[name]
            yield Parameter(
                name,
                place,
                place == "path" or said.get("required", False),
                said.get("schema", {}).get("type", "string"),
            )
        for name in wanted:
            raise self.source.refuse(steps, f"{{{name}}} of the path is not among the parameters", "declare it")

    def _body(self, method: str, said: Any, steps: Steps) -> tuple[str | None, bool]:
        """The model of a body, and whether it must be there; API Gateway checks none that comes with DELETE."""
        if said is None:
            return None, False
        if method == "get":
            raise self.source.refuse(steps, "GET takes no body", "make it a POST, or use query parameters")
        if method not in _WITH_BODY:
            return None, False
        content = self.source.table(self.source.table(said, steps).get("content"), (*steps, "content"))
        schema = content.get("application/json", {}).get("schema", {})
        here = (*steps, "content", "application/json", "schema", "$ref")
        if "$ref" not in schema:
            raise self.source.refuse(here, "a body is described by one schema, as JSON", "refer to it with $ref")
        name = self.models.take(schema["$ref"], here)
        required = said.get("required", False)
        if not required and self.models.schemas[name].get("required"):
            raise self.source.refuse(
                (*steps, "required"),
                f"API Gateway reads an absent body as {{}}, which {name} refuses",
                '"required": true, or a schema without required properties',
            )
        return name, required

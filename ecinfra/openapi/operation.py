"""The operations of a contract, each as far as API Gateway is concerned with it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ecinfra.frozen import frozen
from ecinfra.openapi.lines import Steps
from ecinfra.openapi.request import Parameter, Requests
from ecinfra.openapi.security import Security
from ecinfra.openapi.source import Source, brief

_METHODS = ("get", "put", "post", "delete", "patch")
_ITEM = frozenset({*_METHODS, "summary", "description"})
_READ = frozenset({"operationId", "parameters", "requestBody", "security"})
_TEXTS = frozenset({"summary", "description", "tags", "responses", "deprecated", "externalDocs"})
_MARKS = frozenset({"x-module", "x-group", "x-sensitive", "x-uncached", "x-optional-token"})
_OPERATION = _READ | _TEXTS | _MARKS
_ELSEWHERE = {
    "callbacks": "leave it out: API Gateway calls nobody back",
    "servers": "leave it out: the API is called at its domain, or at its stage if it has none",
}
_IN_PATH_ITEM = {
    "options": "leave it out: the preflight of every path is composed from cors=",
    "parameters": "write them at each operation: API Gateway reads them only there",
    "$ref": "write it out: a reference is followed only to a schema",
    "servers": _ELSEWHERE["servers"],
}


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
    security: Security
    requests: Requests

    def operations(self, paths: dict[str, Any]) -> Iterator[Operation]:
        """Every operation, in the order of the document."""
        for path, item in paths.items():
            steps: Steps = ("paths", path)
            table = self.source.table(item, steps)
            if not table.keys() <= _ITEM:
                self._check_item(table, steps)
            for method, said in table.items():
                if method in _METHODS:
                    yield self._operation(path, method, self.source.table(said, (*steps, method)))

    def _check_item(self, table: dict[str, Any], steps: Steps) -> None:
        for key in table:
            if key not in _ITEM and not key.startswith("x-"):
                hint = _IN_PATH_ITEM.get(key, "there are: " + ", ".join(_METHODS))
                raise self.source.refuse((*steps, key), f"'{key}' is no method of a path here", hint)
        self.source.known(table, _ITEM, steps, _IN_PATH_ITEM)

    def _operation(self, path: str, method: str, said: dict[str, Any]) -> Operation:
        steps: Steps = ("paths", path, method)
        self.source.known(said, _OPERATION, steps, _ELSEWHERE)
        protected, anonymous = self.security.callers(said, steps)
        model, required = self.requests.body(method, said.get("requestBody"), (*steps, "requestBody"))
        uncached = "x-uncached" in said and self.source.flag(said, "x-uncached", steps)
        return Operation(
            path,
            method,
            self._id(said.get("operationId"), steps),
            protected,
            method == "get" and anonymous and not uncached,
            "x-sensitive" in said and self.source.flag(said, "x-sensitive", steps),
            self.requests.parameters(path, said.get("parameters", []), (*steps, "parameters")),
            model,
            required,
        )

    def _id(self, said: Any, steps: Steps) -> str:
        if not said:
            raise self.source.refuse(steps, "an operation wants an operationId", "name it, as in listUsers")
        if not isinstance(said, str):
            raise self.source.refuse(
                (*steps, "operationId"), f"a text is wanted, not {brief(said)}", "name it, as in listUsers"
            )
        return said

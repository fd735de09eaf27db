"""A contract: an OpenAPI 3.0 document, checked against what API Gateway understands."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from ecinfra.frozen import frozen
from ecinfra.openapi.lines import Steps
from ecinfra.openapi.operation import Operation, Reading
from ecinfra.openapi.request import VARIABLE, Requests
from ecinfra.openapi.schema import Models
from ecinfra.openapi.security import read_schemes
from ecinfra.openapi.source import Source, load

_SEGMENT = r"[A-Za-z0-9_.,:-]+|\{[A-Za-z0-9_.-]+\+?\}"
_PATH = re.compile(rf"/|(?:/(?:{_SEGMENT}))+")
_RESERVED = ("/ping", "/sping")
_DOCUMENT = frozenset({"openapi", "info", "tags", "paths", "components", "externalDocs"})
_ELSEWHERE = {
    "security": "say at each operation who may call it",
    "servers": "leave it out: the API is called at its domain, or at its stage if it has none",
}


@frozen
class Contract:
    """What API Gateway needs to know of an API."""

    operations: tuple[Operation, ...]
    models: dict[str, dict[str, Any]]


def read(file: Path) -> Contract:
    """Read a contract, and refuse what API Gateway would refuse, ignore or understand differently."""
    source, said = load(file)
    try:
        return _read(source.table(said, ()), source)
    except RecursionError as error:
        raise source.refuse_depth() from error


def _read(document: dict[str, Any], source: Source) -> Contract:
    openapi = document.get("openapi")
    if not isinstance(openapi, str) or not openapi.startswith("3.0."):
        raise source.refuse(
            ("openapi",), f"API Gateway imports OpenAPI 3.0, not {openapi!r}", 'as in "openapi": "3.0.3"'
        )
    source.known(document, _DOCUMENT, (), _ELSEWHERE)
    paths = source.table(document.get("paths"), ("paths",))
    _check_paths(paths, source)
    components = source.table(document.get("components", {}), ("components",))
    models = Models(source, source.table(components.get("schemas", {}), ("components", "schemas")), {})
    security = read_schemes(components.get("securitySchemes", {}), source)
    operations = tuple(Reading(source, security, Requests(source, models)).operations(paths))
    _check_ids(operations, source)
    return Contract(operations, models.reduced)


def _check_paths(paths: dict[str, Any], source: Source) -> None:
    """API Gateway makes a tree of the paths: one variable below each node."""
    variables: dict[str, tuple[str, str]] = {}
    for path in paths:
        steps: Steps = ("paths", path)
        _check_path(path, steps, source)
        node = ""
        for segment in path.split("/")[1:]:
            if segment.startswith("{"):
                variable, other = variables.setdefault(node, (segment, path))
                if variable != segment:
                    said = f"{segment} stands where {other} has {variable}"
                    raise source.refuse(steps, said, "give the two one name")
            node = f"{node}/{segment}"


def _check_path(path: str, steps: Steps, source: Source) -> None:
    if not path.startswith("/"):
        raise source.refuse(steps, "a path begins with /", f"write /{path}")
    if path in _RESERVED:
        raise source.refuse(steps, "API Gateway answers this path itself, as its health check", "rename it")
    segments = path[1:].split("/") if path != "/" else []
    if not _PATH.fullmatch(path):
        segment = next(segment for segment in segments if not re.fullmatch(_SEGMENT, segment))
        raise source.refuse(
            steps,
            f"API Gateway takes no '{segment}' in a path",
            "a segment is {name}, {name+}, or letters, digits and . , : _ -",
        )
    if path.count("{") > 1:
        variables = VARIABLE.findall(path)
        if twice := next((name for name in variables if variables.count(name) > 1), None):
            raise source.refuse(steps, f"{twice} stands twice in the path", "give each its own name")
    for segment in segments[:-1]:
        if segment.endswith("+}"):
            said = f"nothing can follow {segment}, which takes the rest of a path"
            raise source.refuse(steps, said, f"end the path with {segment}")


def _check_ids(operations: tuple[Operation, ...], source: Source) -> None:
    taken: dict[str, Operation] = {}
    for operation in operations:
        other = taken.setdefault(operation.id, operation)
        if other is not operation:
            raise source.refuse(
                ("paths", operation.path, operation.method, "operationId"),
                f"{operation.id} is also {other.method.upper()} {other.path}",
                "an operationId is borne once",
            )

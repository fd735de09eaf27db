"""API caches: to whom they give what they keep."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ecinfra.lint.estate import Estate, Located, Said
from ecinfra.lint.literals import is_true, items, members, text
from ecinfra.lint.operations import Operation, operations
from ecinfra.lint.table import RULES

_CALLER = RULES["EC109"]
_KEY = RULES["EC110"]
_EXACT = 3
_WHO = "method.request.header.Authorization"


def check_callers(estate: Estate) -> Said:
    """What one caller is answered is not kept for others."""
    for stage, operation in _cached(estate):
        if operation.needs_caller and _WHO not in operation.integration.keys:
            said = f"{stage.id} caches {operation}, which needs a caller: the next caller gets this one's answer"
            yield operation.owner.fault(_CALLER, said, *operation.path)


def check_keys(estate: Estate) -> Said:
    """Answers to different parameters are different entries."""
    for stage, operation in _cached(estate):
        missing = [name for name in operation.parameters if name not in operation.integration.keys]
        if missing:
            said = f"{stage.id} caches {operation} and takes calls for the same that differ in {', '.join(missing)}"
            yield operation.owner.fault(_KEY, f"{said}: make them cache keys", *operation.path)


def _cached(estate: Estate) -> Iterator[tuple[Located, Operation]]:
    stages = [
        (stage, estate.resource(stage.template, stage.properties.get("RestApiId")))
        for stage in estate.all("AWS::ApiGateway::Stage")
        if is_true(stage.properties.get("CacheClusterEnabled"))
    ]
    if not stages:
        return
    for operation in operations(estate):
        for stage, api in stages:
            if api and api.id == operation.api.id and _is_cached(stage, operation):
                yield stage, operation


def _is_cached(stage: Located, operation: Operation) -> bool:
    """Whether a stage caches an operation: the nearest setting decides, and the general one means GET alone."""
    chosen: tuple[int, Any] | None = None
    for setting in items(stage.properties.get("MethodSettings")):
        fits = _nearness(members(setting), operation)
        if fits is not None and "CachingEnabled" in setting and (chosen is None or fits >= chosen[0]):
            chosen = fits, setting["CachingEnabled"]
    if chosen is None or not is_true(chosen[1]):
        return False
    return operation.method == "GET" or chosen[0] == _EXACT


def _nearness(setting: dict[str, Any], operation: Operation) -> int | None:
    """How closely a setting is about an operation; None where it is about others."""
    route = "/" + text(setting.get("ResourcePath", "/*")).replace("~1", "/").lstrip("/")
    method = text(setting.get("HttpMethod", "*")).upper()
    if route not in ("/*", operation.route) or method not in ("*", operation.method):
        return None
    return (2 if route == operation.route else 0) + (1 if method == operation.method else 0)

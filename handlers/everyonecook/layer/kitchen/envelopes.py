"""How each module wraps its answers and its refusals; clients depend on every letter of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from kitchen.errors import ApiError

_CHILDREN: list[type[ApiError]] = ApiError.__subclasses__()
_USUAL = {ApiError.usual_code} | {kind.usual_code for kind in _CHILDREN}

# (what a route answers, the correlation id, how many milliseconds it took) -> body
Success = Callable[[Any, str, int], Any]
# (the refusal, the correlation id) -> body
Failure = Callable[[ApiError, str], dict[str, Any]]


@dataclass(frozen=True)
class Envelope:
    """How a module answers and refuses; `codes` are its own names of the usual codes."""

    success: Success
    failure: Failure
    codes: Mapping[str, str] = field(default_factory=dict)

    def refuse(self, error: ApiError, correlation: str) -> dict[str, Any]:
        """The body of a refusal."""
        error.code = self.codes.get(error.code, error.code)
        return self.failure(error, correlation)


def _bare(data: Any, _correlation: str, _duration: int) -> Any:
    return data


def _data(data: Any, _correlation: str, _duration: int) -> Any:
    return {"success": True, "data": data}


def _timed(data: Any, _correlation: str, duration: int) -> Any:
    return {**data, "duration": duration} if isinstance(data, dict) else data


def _traced(data: Any, correlation: str, _duration: int) -> Any:
    return {"data": data, "correlationId": correlation}


def _text_failure(error: ApiError, _correlation: str) -> dict[str, Any]:
    """A refusal as one text, with its code where that says more than the status."""
    body: dict[str, Any] = {"error": error.message}
    if error.code not in _USUAL:
        body["code"] = error.code
    return body


def _message_failure(error: ApiError, _correlation: str) -> dict[str, Any]:
    """A refusal of the recipe groups."""
    return {"message": error.message}


def _code_failure(error: ApiError, _correlation: str) -> dict[str, Any]:
    return {"error": {"code": error.code, "message": error.message}}


def _traced_failure(error: ApiError, correlation: str) -> dict[str, Any]:
    body: dict[str, Any] = {"code": error.code, "message": error.message, "correlationId": correlation}
    if error.details is not None:
        body["details"] = error.details
    return {"error": body}


def _spread_failure(error: ApiError, correlation: str) -> dict[str, Any]:
    spread = error.details if isinstance(error.details, dict) else {}
    return {"error": {"code": error.code, "message": error.message, "correlationId": correlation, **spread}}


def _admin_failure(error: ApiError, correlation: str) -> dict[str, Any]:
    body = _traced_failure(error, correlation)
    if "Retry-After" in error.headers:
        body["error"]["retryAfter"] = int(error.headers["Retry-After"])
    return body


_PLAIN = {"MISSING_BODY": "BAD_REQUEST"}

ROUTER = Envelope(_bare, _traced_failure)
AUTH_USER = Envelope(_data, _text_failure, _PLAIN)
SOCIAL = Envelope(_bare, _text_failure, _PLAIN)
RECIPE_GROUPS = Envelope(_bare, _message_failure, _PLAIN)
# details of a refusal stand beside its code here: limit, currentCount, resetAt, failedIngredients
RECIPE_AI = Envelope(_timed, _spread_failure, {"BAD_REQUEST": "INVALID_REQUEST"})
ADMIN = Envelope(
    _traced,
    _admin_failure,
    {
        "BAD_REQUEST": "ADMIN_100",
        "MISSING_BODY": "ADMIN_100",
        "FORBIDDEN": "ADMIN_UNAUTHORIZED",
        "INTERNAL_SERVER_ERROR": "ADMIN_500",
    },
)
UPLOAD = Envelope(
    _bare,
    _code_failure,
    {
        "BAD_REQUEST": "VALIDATION_ERROR",
        "MISSING_BODY": "VALIDATION_ERROR",
        "INTERNAL_SERVER_ERROR": "INTERNAL_ERROR",
    },
)

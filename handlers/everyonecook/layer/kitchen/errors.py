"""Refusals: each knows its status and code, and each module's envelope spells them its own way.

ApiError
├── BadRequest           400
├── Unauthorized         401
├── Forbidden            403
├── NotFound             404
├── Conflict             409
├── TooLarge             413
├── TooManyRequests      429
└── Failed               500
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar


class ApiError(Exception):
    """A request that is refused, with what the caller is told."""

    status: ClassVar[int] = 500
    usual_code: ClassVar[str] = "INTERNAL_SERVER_ERROR"

    def __init__(
        self,
        message: str,
        code: str | None = None,
        details: Any = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.code = code or self.usual_code
        self.details = details
        self.headers = dict(headers or {})


class BadRequest(ApiError):
    """The request is malformed or breaks a rule."""

    status = 400
    usual_code = "BAD_REQUEST"


class Unauthorized(ApiError):
    """Nobody is signed in."""

    status = 401
    usual_code = "UNAUTHORIZED"


class Forbidden(ApiError):
    """The caller may not do this."""

    status = 403
    usual_code = "FORBIDDEN"


class NotFound(ApiError):
    """There is no such thing, or the caller may not know of it."""

    status = 404
    usual_code = "NOT_FOUND"


class Conflict(ApiError):
    """It stands against what is there already."""

    status = 409
    usual_code = "CONFLICT"


class TooLarge(ApiError):
    """The body is larger than anything that could be kept."""

    status = 413
    usual_code = "BAD_REQUEST"


class TooManyRequests(ApiError):
    """A limit is used up; `retry_after` is in seconds."""

    status = 429
    usual_code = "RATE_LIMIT_EXCEEDED"

    def __init__(
        self,
        message: str = "too many requests; try again later",
        retry_after: int | None = None,
        details: Any = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        waiting = {} if retry_after is None else {"Retry-After": str(retry_after)}
        super().__init__(message, details=details, headers={**waiting, **(headers or {})})
        self.retry_after = retry_after


class Failed(ApiError):
    """Something of ours went wrong; the message says no more than that."""

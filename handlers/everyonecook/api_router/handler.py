"""From the gateway's event to the module that answers it, and back."""

from __future__ import annotations

import os
import re
from typing import Any
from uuid import uuid4

from api_router import activity, answers, modules
from api_router.table import TABLE, Target, find
from kitchen import clock, tokens
from kitchen.caller import header
from kitchen.errors import ApiError, Failed, NotFound, TooLarge, Unauthorized
from kitchen.logs import logger

ENVIRONMENT = os.environ["ENVIRONMENT"]
# Nothing larger could be kept: an item of the table ends at 400 kB.
LARGEST_BODY = 400_000
_CORRELATION = re.compile(r"[A-Za-z0-9._:=/+-]{1,128}")

Event = dict[str, Any]
Claims = dict[str, Any]


@logger.inject_lambda_context(clear_state=True)
def handler(event: Event, _context: Any) -> dict[str, Any]:
    """Answer one request of the gateway."""
    correlation = correlation_of(event)
    logger.set_correlation_id(correlation)
    try:
        answered = route(event, correlation, clock.now())
    except ApiError as refused:
        logger.info("refused", status=refused.status, code=refused.code)
        answered = answers.refusal(refused, correlation)
    except Exception:  # noqa: BLE001 - the border: whatever it is, the caller gets the envelope
        logger.exception("the router failed")
        answered = answers.refusal(Failed("something went wrong on our side"), correlation)
    return answers.finish(answered, event, correlation)


def route(event: Event, correlation: str, now: int) -> dict[str, Any]:
    """The answer to a request, our own or a module's."""
    method = str(event.get("httpMethod") or "").upper()
    if method == "OPTIONS":
        return answers.answer(200, {"message": "ok"})
    target = find(TABLE, method, str(event.get("path") or "/"))
    claims = authenticate(header(event, "authorization"), needed=target is None or not target.public, now=now)
    if target is None:
        raise NotFound("there is no such route")
    if target.module == "health":
        return answers.answer(200, health(now))
    if len(event.get("body") or "") > LARGEST_BODY:
        raise TooLarge(f"the body is larger than {LARGEST_BODY} characters")
    noting = activity.track(claims["sub"], now) if claims else None
    answered = modules.call(target.module, forwarded(event, target, claims, correlation))
    if noting:
        noting.join(activity.PATIENCE_SECONDS)
    return answered


def authenticate(authorization: str, needed: bool, now: int) -> Claims | None:
    """The claims of the caller's token; None for an anonymous caller where none is needed."""
    if not authorization and not needed:
        return None
    try:
        kind, _, token = authorization.partition(" ")
        if kind.lower() != "bearer":
            raise Unauthorized("a bearer token is needed")
        return tokens.claims_of(token.strip(), tokens.RING, now)
    except (Unauthorized, tokens.KeysUnavailable):
        if needed:
            raise
        return None


def forwarded(event: Event, target: Target, claims: Claims | None, correlation: str) -> Event:
    """The event as the module gets it: who calls, by our own check, and what the path names."""
    context = {name: value for name, value in (event.get("requestContext") or {}).items() if name != "authorizer"}
    if claims:
        username = claims.get("username") or claims.get("cognito:username")
        context["authorizer"] = {"claims": claims, "userId": claims["sub"], "username": username}
    return {
        **event,
        "headers": {**_kept(event.get("headers")), "X-Correlation-ID": correlation},
        "multiValueHeaders": _kept(event.get("multiValueHeaders")),
        "pathParameters": {**(event.get("pathParameters") or {}), **target.path},
        "requestContext": context,
    }


def health(now: int) -> dict[str, str]:
    """That the API is up."""
    return {"status": "healthy", "environment": ENVIRONMENT, "timestamp": clock.iso(now)}


def correlation_of(event: Event) -> str:
    """The caller's correlation id where it is harmless, else a new one."""
    given = header(event, "x-correlation-id") or header(event, "x-request-id")
    return given if _CORRELATION.fullmatch(given) else str(uuid4())


def _kept(headers: Any) -> dict[str, Any]:
    """Headers without those that modules need not see: a token they have no use for, and the other id."""
    dropped = {"authorization", "x-correlation-id", "x-request-id"}
    return {name: value for name, value in (headers or {}).items() if name.lower() not in dropped}

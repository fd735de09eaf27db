"""A function that answers HTTP: its routes, from the forwarded event to the answer."""

from __future__ import annotations

import base64
import binascii
import gc
import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from aws_lambda_powertools.event_handler import APIGatewayRestResolver, Response

from kitchen import clock
from kitchen.body import read_body, read_query
from kitchen.caller import address_of, caller_of, header, source_of
from kitchen.changes import ConditionFailed
from kitchen.envelopes import Envelope
from kitchen.errors import ApiError, BadRequest, Conflict, Failed, Forbidden, NotFound, Unauthorized
from kitchen.logs import logger
from kitchen.routes import Answer, Call, Route, Routes

# Names of path parameters that are no identifiers: an object's key, a Vietnamese word.
FREE = frozenset({"key", "ingredient"})
_IDENTIFIER = re.compile(r"[A-Za-z0-9_.:-]{1,128}")
_FREE_TEXT = re.compile(r"[^\x00-\x1f\x7f]{1,1024}")

Event = dict[str, Any]


class Module:
    """The routes of a function, each wrapped in the module's envelope."""

    def __init__(self, envelope: Envelope, *topics: Routes) -> None:
        self.routes = [route for topic in topics for route in topic.routes]
        self._envelope = envelope
        self._resolver = APIGatewayRestResolver(strip_prefixes=["/api"])
        for route in self.routes:
            self._resolver.route(_rule(route.path), method=route.method)(self._answering(route))
        self._resolver.not_found(self._no_route)
        # the last thing a function makes before it serves: what is there now stays, and no collection need look at it
        gc.freeze()

    def answer(self, event: Event, context: Any) -> dict[str, Any]:
        """The answer to a forwarded event."""
        logger.set_correlation_id(header(event, "x-correlation-id"))
        return self._resolver.resolve(event, context)

    def _answering(self, route: Route) -> Callable[..., Response[str]]:
        def answer(**_path: str) -> Response[str]:
            return self._answer(route)

        return answer

    def _answer(self, route: Route) -> Response[str]:
        event: Event = self._resolver.current_event.raw_event
        started = clock.now()
        correlation = header(event, "x-correlation-id")
        envelope = route.envelope or self._envelope
        try:
            answer = route.act(_call(route, event, started, correlation))
        except Exception as error:  # noqa: BLE001 - the border: whatever it is, the caller gets the envelope
            return _refused(_refusal(error), envelope, correlation)
        if not isinstance(answer, Answer):
            answer = Answer(answer)
        if answer.status == 204:
            return _response(204, None, answer.headers)
        duration = clock.now() - started
        body = answer.data if answer.bare else envelope.success(answer.data, correlation, duration)
        return _response(answer.status, body, answer.headers)

    def _no_route(self, _error: Exception) -> Response[str]:
        correlation = header(self._resolver.current_event.raw_event, "x-correlation-id")
        return _refused(NotFound("there is no such route"), self._envelope, correlation)


def _call(route: Route, event: Event, now: int, correlation: str) -> Call:
    caller = caller_of(event)
    if caller is None and not route.public:
        raise Unauthorized("sign in first")
    if route.group and (caller is None or route.group not in caller.groups):
        raise Forbidden("this is for administrators")
    return Call(
        now=now,
        signed_in=caller,
        path=_path(event),
        query=read_query(route.query, event.get("queryStringParameters") or {}) if route.query else None,
        body=_body(route, event),
        address=address_of(event),
        source=source_of(event),
        correlation=correlation,
    )


def _path(event: Event) -> dict[str, str]:
    given: dict[str, str] = event.get("pathParameters") or {}
    for name, value in given.items():
        pattern = _FREE_TEXT if name in FREE else _IDENTIFIER
        if name != "proxy" and not pattern.fullmatch(value):
            raise NotFound("there is nothing of that name")
    return given


def _body(route: Route, event: Event) -> Any:
    if route.body is None:
        return None
    text = _text(event)
    if not text.strip():
        if route.body_required:
            raise BadRequest("the body is missing", code="MISSING_BODY")
        return route.body()
    kind = header(event, "content-type").split(";")[0].strip().lower()
    # the gateway checks bodies of this one type; any other would slip past its model
    if kind not in ("", "application/json"):
        raise BadRequest("the body must be sent as application/json")
    return read_body(route.body, text)


def _text(event: Event) -> str:
    text: str = event.get("body") or ""
    if not event.get("isBase64Encoded"):
        return text
    try:
        return base64.b64decode(text, validate=True).decode()
    except (binascii.Error, ValueError):
        raise BadRequest("the body is not JSON") from None


def _refusal(error: Exception) -> ApiError:
    match error:
        case ApiError():
            return error
        case ConditionFailed():
            return Conflict("this was changed by another request at the same time; try again")
        case _:
            logger.exception("a route failed")
            return Failed("something went wrong on our side")


def _refused(error: ApiError, envelope: Envelope, correlation: str) -> Response[str]:
    # not "code": under that name a log hides what may be a confirmation's
    logger.info("refused", status=error.status, refusal=error.code)
    return _response(error.status, envelope.refuse(error, correlation), error.headers)


def _response(status: int, body: Any, headers: Mapping[str, str]) -> Response[str]:
    text = "" if body is None else json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    return Response(status, content_type="application/json", body=text, headers=dict(headers))


def _rule(path: str) -> str:
    """A path of the contract as Powertools writes it: {id} -> <id>, {key+} -> the rest."""
    return re.sub(r"\{(\w+)\}", r"<\1>", re.sub(r"\{\w+\+\}", ".+", path))

"""Faults put under botocore: what AWS answers, or does not, instead of what it would."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

from botocore.exceptions import EndpointConnectionError

Sent = list[dict[str, Any]]


@contextmanager
def refused(client: Any, operation: str, code: str, message: str = "", status: int = 400) -> Iterator[Sent]:
    """Every call of an operation is refused by AWS with a code; yields the bodies that were sent."""
    body = {"Error": {"Code": code, "Message": message}}
    with answered(client, operation, body, status) as sent:
        yield sent


@contextmanager
def answered(client: Any, operation: str, body: Any, status: int = 200) -> Iterator[Sent]:
    """Every call of an operation is answered with a body; yields the bodies that were sent."""
    sent: Sent = []

    def answer(request: dict[str, Any]) -> Any:
        sent.append(json.loads(request["body"]))
        return {**body, "ResponseMetadata": {"HTTPStatusCode": status}}

    with instead(client, operation, answer, status):
        yield sent


@contextmanager
def unreachable(client: Any, operation: str) -> Iterator[None]:
    """Every call of an operation is lost on its way."""

    def lose(_: dict[str, Any]) -> Any:
        raise EndpointConnectionError(endpoint_url="https://aws")

    with instead(client, operation, lose):
        yield


@contextmanager
def instead(client: Any, operation: str, answer: Callable[[dict[str, Any]], Any], status: int = 200) -> Iterator[None]:
    """A function answers an operation in AWS's place, given the request and giving what a parsed answer holds."""

    def reply(params: dict[str, Any], **_: Any) -> tuple[Any, Any]:
        return SimpleNamespace(status_code=status), answer(params)

    event = f"before-call.{client.meta.service_model.service_id.hyphenize()}.{operation}"
    client.meta.events.register_first(event, reply, unique_id=event)
    try:
        yield
    finally:
        client.meta.events.unregister(event, unique_id=event)

"""A WebSocket is opened."""

from __future__ import annotations

from typing import Any

from kitchen import clock, sockets, tokens
from kitchen.errors import Unauthorized
from kitchen.logs import logger

Event = dict[str, Any]
Answer = dict[str, Any]


@logger.inject_lambda_context(clear_state=True)
def handler(event: Event, _context: Any) -> Answer:
    """Note the connection of a signed-in user; anybody else is refused, and so is everybody while all fails."""
    now = clock.now()
    try:
        user_id = caller(event, now)
        sockets.remember(event["requestContext"]["connectionId"], user_id, now)
    except Unauthorized as refused:
        logger.info("refused", status=refused.status)
        return {"statusCode": 401, "body": refused.message}
    except Exception:  # noqa: BLE001 - the border: whatever it is, nothing of it leaves
        logger.exception("a connection could not be opened")
        return {"statusCode": 500, "body": "something went wrong on our side"}
    return {"statusCode": 200}


def caller(event: Event, now: int) -> str:
    """The user whose token a page put into the query string, for it can send no header."""
    token = (event.get("queryStringParameters") or {}).get("token") or ""
    user_id: str = tokens.claims_of(token, tokens.RING, now)["sub"]
    return user_id

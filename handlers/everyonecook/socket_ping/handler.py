"""A WebSocket is still there."""

from __future__ import annotations

import json
from typing import Any

from kitchen import clock, sockets
from kitchen.logs import logger

PONG = json.dumps({"action": "pong"}, separators=(",", ":"))
# To a page that was forgotten, which would wait in vain for news.
UNKNOWN = json.dumps({"action": "reconnect"}, separators=(",", ":"))


@logger.inject_lambda_context(clear_state=True)
def handler(event: dict[str, Any], _context: Any) -> dict[str, Any]:
    """Remember the connection for longer, and answer."""
    try:
        known = sockets.renew(event["requestContext"]["connectionId"], clock.now())
    except Exception:  # noqa: BLE001 - the border: whatever it is, nothing of it leaves
        logger.exception("a connection could not be renewed")
        return {"statusCode": 500, "body": json.dumps({"message": "something went wrong on our side"})}
    return {"statusCode": 200 if known else 410, "body": PONG if known else UNKNOWN}

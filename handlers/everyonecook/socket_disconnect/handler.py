"""A WebSocket was closed."""

from __future__ import annotations

from typing import Any

from kitchen import sockets
from kitchen.logs import logger


@logger.inject_lambda_context(clear_state=True)
def handler(event: dict[str, Any], _context: Any) -> dict[str, Any]:
    """Forget the connection; where that fails, its time to live sees to it."""
    try:
        sockets.forget(event["requestContext"]["connectionId"])
    except Exception:  # noqa: BLE001 - the connection is closed whatever is answered
        logger.exception("a connection could not be forgotten")
        return {"statusCode": 500}
    return {"statusCode": 200}

"""Uploads: what the router forwards for pictures."""

from __future__ import annotations

from typing import Any

from kitchen.envelopes import UPLOAD
from kitchen.logs import logger
from kitchen.module import Module
from upload import confirm, presign, remove

TOPICS = (presign, confirm, remove)
app = Module(UPLOAD, *(topic.routes for topic in TOPICS))


@logger.inject_lambda_context(clear_state=True)
def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answer one forwarded request."""
    return app.answer(event, context)

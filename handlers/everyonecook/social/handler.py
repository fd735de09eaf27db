"""The social module: what the router forwards for posts and for those who write them."""

from __future__ import annotations

from typing import Any

from kitchen.envelopes import SOCIAL
from kitchen.logs import logger
from kitchen.module import Module
from social import (
    comments,
    feeds,
    friends,
    groups,
    images,
    inbox,
    posting,
    reactions,
    reports,
    saving,
    sharing,
    trends,
    violations,
)

TOPICS = (
    feeds,
    posting,
    sharing,
    images,
    saving,
    comments,
    reactions,
    reports,
    friends,
    trends,
    groups,
    inbox,
    violations,
)
app = Module(SOCIAL, *(topic.routes for topic in TOPICS))


@logger.inject_lambda_context(clear_state=True)
def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answer one forwarded request."""
    return app.answer(event, context)

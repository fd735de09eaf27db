"""Administration: what the router forwards for administrators, and for those who appeal or give feedback."""

from __future__ import annotations

from typing import Any

from admin import audit
from admin.appeals import listing as appeals
from admin.appeals import review, submission
from admin.feedback import conversation
from admin.figures import costs, health, measures, series, statistics
from admin.moderation import actions, posts, reported, reports
from admin.moderation import details as contents
from admin.people import ban_status, bans, cleanup, details, listing, removal, sync
from kitchen.envelopes import ADMIN
from kitchen.logs import logger
from kitchen.module import Module

TOPICS = (
    statistics,
    series,
    health,
    measures,
    costs,
    audit,
    listing,
    details,
    bans,
    ban_status,
    cleanup,
    sync,
    removal,
    reports,
    reported,
    contents,
    posts,
    actions,
    submission,
    appeals,
    review,
    conversation,
)
app = Module(ADMIN, *(topic.routes for topic in TOPICS))


@logger.inject_lambda_context(clear_state=True)
def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answer one forwarded request."""
    return app.answer(event, context)

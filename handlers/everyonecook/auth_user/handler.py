"""Accounts: what the router forwards for users, their profiles and their search."""

from __future__ import annotations

from typing import Any

from auth_user import (
    accounts,
    fields,
    others,
    pictures,
    preferences,
    profile,
    search,
    sections,
    sign_in,
    sign_up,
    usernames,
    visibility,
)
from kitchen.envelopes import AUTH_USER
from kitchen.logs import logger
from kitchen.module import Module

TOPICS = (
    sign_in,
    sign_up,
    usernames,
    profile,
    visibility,
    pictures,
    preferences,
    sections,
    fields,
    search,
    others,
    accounts,
)
app = Module(AUTH_USER, *(topic.routes for topic in TOPICS))


@logger.inject_lambda_context(clear_state=True)
def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answer one forwarded request."""
    return app.answer(event, context)

"""Recipes and the model: what the router forwards for recipes, suggestions, nutrition and the dictionary."""

from __future__ import annotations

from typing import Any

from kitchen.envelopes import RECIPE_AI
from kitchen.logs import logger
from kitchen.module import Module
from recipe_ai import dictionary, lists, nutrition, recipes, saving, search, suggestions

TOPICS = (lists, recipes, saving, suggestions, nutrition, dictionary, search)
app = Module(RECIPE_AI, *(topic.routes for topic in TOPICS))


@logger.inject_lambda_context(clear_state=True)
def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answer one forwarded request."""
    return app.answer(event, context)

"""What there is in the system, and how it grows."""

from __future__ import annotations

from typing import Any

from admin.figures import counts, spans
from kitchen import clock
from kitchen.routes import Call, Routes

routes = Routes()


@routes.get("/admin/stats", group="admin")
def get_stats(call: Call) -> dict[str, Any]:
    """Counts and growth."""
    return view(call.now)


def view(now: int) -> dict[str, Any]:
    """The counts of everything, and of what is new today, this week and this month."""
    periods = spans.since_today(now)
    dictionary, cached = counts.dictionary_entries(), counts.cached_translations()
    growth = {f"new_users_{name}": counts.new_users(span.moments) for name, span in periods.items()}
    growth |= {f"new_recipes_{name}": counts.new_recipes(span.moments) for name, span in periods.items()}
    return {
        "timestamp": clock.iso(now),
        "counts": {
            "total_users": counts.users(),
            "active_users": counts.active_users(now),
            "suspended_users": counts.suspended_users(now),
            "total_ingredients": dictionary + cached,
            "dictionary_ingredients": dictionary,
            "cache_ingredients": cached,
            "total_recipes": counts.all_recipes(),
            "recipe_posts": counts.recipe_posts(),
            "total_posts": counts.all_posts(),
            "total_cooking_sessions": 0,
            "total_violations": counts.violations(),
            "total_ai_cache": counts.ai_cache_entries(),
        },
        "growth": growth,
    }

"""Recipes of the model and of all users' posts, found by ingredients or by a text."""

from __future__ import annotations

from typing import Any

from kitchen import clock
from kitchen.pantry import dictionary
from kitchen.routes import Call, Routes
from kitchen.text import normalise, sanitise
from recipe_ai import sources
from recipe_ai.models import RecipeSearchRequest
from recipe_ai.sources import Found, Names

routes = Routes()

MONTH = 30 * clock.DAY


@routes.post("/search", body=RecipeSearchRequest)
def search(call: Call) -> dict[str, Any]:
    """Search everywhere, the best first."""
    asked: RecipeSearchRequest = call.body
    names = names_of(asked.ingredients or [], call.now)
    text = sanitise(asked.text or "").lower()
    found = gathered(asked, names, text, call.user_id, call.now)
    ranked = sorted(
        ((rank(one, names, text, call.now), one) for one in found if fits(one, asked)),
        key=lambda pair: (-pair[0], -pair[1].created, pair[1].id),
    )
    start = asked.offset or 0
    page = ranked[start : start + asked.limit]
    return {
        "recipes": [{**one.view, "score": round(score, 1)} for score, one in page],
        "total": len(ranked),
        "limit": asked.limit,
        "offset": start,
        "hasMore": start + asked.limit < len(ranked),
    }


def names_of(ingredients: list[str], now: int) -> Names:
    """By which names the indexes know ingredients: Vietnamese in posts, English in the model's dishes."""
    keys = {key: None for one in ingredients if (key := normalise(sanitise(one)))}
    known = dictionary.look_up(keys, now)
    return {key: known[key].english if key in known else key for key in keys}


def gathered(asked: RecipeSearchRequest, names: Names, text: str, viewer: str, now: int) -> list[Found]:
    """What the sources have: by ingredient, by text, or the newest where neither is asked for."""
    wanted = asked.source or ["ai", "social"]
    found: dict[str, Found] = {}
    for source, by_names, by_text in (
        ("ai", lambda: sources.dishes_with(names, now), lambda: sources.dishes_saying(text, now)),
        ("social", lambda: sources.posts_with(names, viewer), lambda: sources.posts_saying(text, viewer)),
    ):
        if source not in wanted:
            continue
        listed = by_names() if names else []
        listed += by_text() if text or not names else []
        found |= {one.id: one for one in listed}
    return list(found.values())


def fits(found: Found, asked: RecipeSearchRequest) -> bool:
    """Whether something is as difficult and takes as long as was asked for."""
    if asked.difficulty and found.view["difficulty"] != asked.difficulty:
        return False
    if asked.cookingTime is None:
        return True
    least, most, minutes = asked.cookingTime.min, asked.cookingTime.max, found.view["cookingTime"]
    if minutes is None:
        return False
    return (least is None or minutes >= least) and (most is None or minutes <= most)


def rank(found: Found, names: Names, text: str, now: int) -> float:
    """How good a find is: by ingredients, text, how it was liked, and how new it is."""
    held = sum(1 for pair in names.items() if found.names & set(pair))
    matched = held / len(names) if names else 0.0
    said = 1.0 if text and text in found.text else 0.0
    liked = min(1.0, (found.likes + 2 * found.shares) / 100)
    fresh = max(0.0, 1.0 - max(now - found.created, 0) / MONTH)
    return 40 * matched + 30 * said + 20 * liked + 10 * fresh

"""Cooking preferences: the stable ones and the frequent ones."""

from __future__ import annotations

from typing import Any

from auth_user.models import FrequentPreferencesRequest, StablePreferencesRequest
from kitchen import changes, clock, table, users
from kitchen.errors import BadRequest
from kitchen.keys import people
from kitchen.routes import Call, Routes

routes = Routes()

DEFAULTS: dict[str, dict[str, Any]] = {
    "stable": {
        "skillLevel": "intermediate",
        "spiceLevel": "medium",
        "dietaryRestrictions": [],
        "dislikedIngredients": [],
        "favoriteCuisines": [],
        "budgetLevel": "moderate",
        "kitchenEquipment": ["stove", "oven", "microwave"],
    },
    "frequent": {"recentIngredients": [], "recentMealTypes": [], "recentServings": 4, "recentMaxTime": 60},
}
KEPT = {"recentIngredients": 20, "recentMealTypes": 10}


@routes.get("/users/profile/preferences/stable")
def get_stable(call: Call) -> dict[str, Any]:
    """The caller's stable preferences."""
    return {"item": read(call.user_id, "stable", call.now)}


@routes.put("/users/profile/preferences/stable", body=StablePreferencesRequest)
def put_stable(call: Call) -> dict[str, Any]:
    """Change them."""
    return {"item": change(call.user_id, "stable", call.body.model_dump(exclude_unset=True), call.now)}


@routes.get("/users/profile/preferences/frequent")
def get_frequent(call: Call) -> dict[str, Any]:
    """The caller's frequent preferences."""
    return {"item": read(call.user_id, "frequent", call.now)}


@routes.put("/users/profile/preferences/frequent", body=FrequentPreferencesRequest)
def put_frequent(call: Call) -> dict[str, Any]:
    """Change them."""
    return {"item": change(call.user_id, "frequent", call.body.model_dump(exclude_unset=True), call.now)}


def read(user_id: str, kind: str, now: int) -> dict[str, Any]:
    """Preferences of a kind; the first reading makes them."""
    key = people.preferences(user_id, kind)
    item = table.get(key) or changes.update(key, once=_first(user_id, kind, now))
    return users.attributes(item)


def change(user_id: str, kind: str, wanted: dict[str, Any], now: int) -> dict[str, Any]:
    """Change some preferences of a kind; of what is recent only the last ones are kept."""
    if not wanted:
        raise BadRequest("name at least one preference")
    values = {name: value[-KEPT[name] :] if name in KEPT else value for name, value in wanted.items()}
    values["updatedAt"] = now
    if kind == "frequent":
        values["lastUsedAt"] = clock.iso(now)
    first = {name: value for name, value in _first(user_id, kind, now).items() if name not in values}
    return users.attributes(changes.update(people.preferences(user_id, kind), values, once=first))


def _first(user_id: str, kind: str, now: int) -> dict[str, Any]:
    return {"userId": user_id, **DEFAULTS[kind], "createdAt": now, "updatedAt": now}

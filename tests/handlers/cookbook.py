"""Recipes as the tests of the recipe module make them."""

from __future__ import annotations

from typing import Any

import world
from front import Front
from kitchen import changes
from kitchen.keys import posts
from kitchen.keys import recipes as keys
from world import ALICE

RECIPE: dict[str, Any] = {
    "title": "Bò xào <b>hành</b>",
    "description": "Nhanh và ngon",
    "ingredients": [
        {"vietnamese": "thịt bò", "amount": "200", "unit": "g"},
        {"vietnameseName": "hành tây", "quantity": 1, "unit": "củ", "notes": "thái múi"},
        "2 muỗng canh dầu ăn",
    ],
    "steps": ["Ướp thịt.", {"instruction": "Xào nhanh.", "duration": 5, "stepNumber": 7}],
    "servings": 2,
    "cookingTime": 20,
    "difficulty": "easy",
}


def create(front: Front, who: str = ALICE, **changed: Any) -> dict[str, Any]:
    """A recipe that somebody made."""
    answer = front.post("/recipes", {**RECIPE, **changed}, who=who)
    assert answer.status == 201, answer.body
    recipe: dict[str, Any] = answer.body["recipe"]
    return recipe


def share(recipe_id: str, privacy: str = "public", author: str = ALICE, **post: Any) -> None:
    """A recipe that its author posted."""
    world.put({**posts.post("p1"), "authorId": author, "privacyLevel": privacy, "status": "active", **post})
    changes.update(keys.recipe(recipe_id), {"isShared": True, "sharedPostId": "p1"})

"""Recipes of others, copied among the caller's."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from kitchen import clock, limits, users
from kitchen import recipes as kept
from kitchen.errors import NotFound
from kitchen.routes import Answer, Call, Routes
from kitchen.table import Item
from recipe_ai import pictures
from recipe_ai.reading import may_read
from recipe_ai.recipes import found

routes = Routes()

COPIED = ("title", "description", "ingredients", "steps", "servings", "cookingTime", "difficulty", "nutrition")


@routes.post("/recipes/{recipeId}/save")
def save(call: Call) -> Answer:
    """Copy a recipe."""
    recipe = found(call.path["recipeId"])
    if not may_read(recipe, call.user_id):
        raise NotFound("there is no such recipe", code="RECIPE_NOT_FOUND")
    return Answer({"recipe": copy(recipe, call.user_id, call.now)}, 201)


def copy(recipe: Item, owner: str, now: int) -> Item:
    """Put a copy of a recipe among somebody's: twenty on a day, and no more than may be created."""
    saved = limits.look(limits.SAVE_RECIPE, owner, now)
    if not saved.remaining:
        raise limits.refusal(saved, now)
    limits.spend(limits.CREATE_RECIPE, owner, now)
    limits.spend(limits.SAVE_RECIPE, owner, now)
    recipe_id = str(uuid4())
    content: dict[str, Any] = {name: recipe[name] for name in COPIED if name in recipe}
    content["images"] = pictures.copied(recipe.get("images") or {}, recipe["authorId"], owner, recipe_id)
    source = "ai" if recipe["source"] == "ai" else "imported"
    if source == "imported":
        content["attribution"] = attribution(recipe, now)
    made = kept.new_recipe(recipe_id, owner, source, content, now)
    kept.add(made, now)
    return users.attributes(made)


def attribution(recipe: Item, now: int) -> dict[str, Any]:
    """Whose recipe it is, and since when it is here; a copy of a copy names the first author."""
    if recipe.get("attribution"):
        return {**recipe["attribution"], "importedAt": clock.iso(now)}
    author = users.find(recipe["authorId"]) or {}
    named = {
        "originalAuthorId": recipe["authorId"],
        "originalAuthorUsername": author.get("username"),
        "originalRecipeId": recipe["recipeId"],
        "importedAt": clock.iso(now),
    }
    return {name: value for name, value in named.items() if value}

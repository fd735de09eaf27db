"""Lists of recipes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from kitchen import paging
from kitchen import recipes as kept
from kitchen.errors import BadRequest
from kitchen.routes import Answer, Call, Routes
from kitchen.table import Item
from kitchen.text import plain, sanitise
from recipe_ai.models import RecipesQuery, SearchOwnRecipesRequest
from recipe_ai.reading import readable

routes = Routes()

_FRESH = {"Cache-Control": "private, max-age=60"}


@routes.get("/recipes", query=RecipesQuery)
def get_own(call: Call) -> Answer:
    """The caller's recipes."""
    return Answer(listed(call.user_id, call.user_id, call.query), headers=_FRESH)


@routes.post("/recipes/search", query=RecipesQuery, body=SearchOwnRecipesRequest, body_required=False)
def search_own(call: Call) -> dict[str, Any]:
    """The caller's recipes that fit; the body counts more than the query."""
    asked = call.query.model_dump(exclude_unset=True) | call.body.model_dump(exclude_unset=True)
    return listed(call.user_id, call.user_id, RecipesQuery(**asked))


@routes.get("/users/{userId}/recipes", query=RecipesQuery)
def get_of_user(call: Call) -> Answer:
    """A user's recipes, as far as the caller may read them."""
    return Answer(listed(call.path["userId"], call.user_id, call.query), headers=_FRESH)


def listed(owner: str, viewer: str, asked: RecipesQuery) -> dict[str, Any]:
    """A page of an owner's recipes, the newest first."""
    start = _start(asked.cursor)
    found = [recipe for recipe in of_owner(owner, viewer) if fits(recipe, asked)]
    found.sort(key=lambda recipe: (-recipe["createdAt"], recipe["recipeId"]))
    end = start + asked.limit if asked.limit else len(found)
    page = {"recipes": [summary(recipe) for recipe in found[start:end]], "total": len(found)}
    if end >= len(found):
        return page | {"hasMore": False}
    return page | {"hasMore": True, "cursor": paging.base64_token({"index": end})}


def of_owner(owner: str, viewer: str) -> Iterable[Item]:
    """The recipes of an owner that a viewer may read, as they are now."""
    recipes = kept.find_many(kept.recipe_ids(owner))
    return readable((recipe for recipe in recipes if recipe["authorId"] == owner), owner, viewer)


def fits(recipe: Item, asked: RecipesQuery) -> bool:
    """Whether a recipe is what a list was asked for."""
    if asked.difficulty and recipe.get("difficulty") != asked.difficulty:
        return False
    if asked.isShared is not None and bool(recipe.get("isShared")) != asked.isShared:
        return False
    return all(word in _text(recipe) for word in plain(sanitise(asked.search or "")).split())


def summary(recipe: Item) -> dict[str, Any]:
    """A recipe as lists show it."""
    return {
        "recipeId": recipe["recipeId"],
        "title": recipe.get("title", ""),
        "thumbnail": thumbnail(recipe.get("images") or {}),
        "ingredientsCount": len(recipe.get("ingredients") or ()),
        "servings": recipe.get("servings"),
        "cookingTime": recipe.get("cookingTime"),
        "difficulty": recipe.get("difficulty"),
        "createdAt": recipe["createdAt"],
        "isFavorite": bool(recipe.get("isFavorite")),
        "isShared": bool(recipe.get("isShared")),
        "sharedPostId": recipe.get("sharedPostId"),
        "source": recipe.get("source"),
    }


def thumbnail(images: dict[str, Any]) -> str | None:
    """The picture that stands for a recipe."""
    return images.get("completed") or next((one for step in images.get("steps") or () for one in step), None)


def _text(recipe: Item) -> str:
    names = (one.get("vietnamese", "") for one in recipe.get("ingredients") or () if isinstance(one, dict))
    return plain(" ".join((recipe.get("title", ""), recipe.get("description") or "", *names)))


def _start(cursor: str | None) -> int:
    try:
        return paging.read_index(cursor, most=100_000)
    except BadRequest:
        raise BadRequest("cursor: this is not one of ours") from None

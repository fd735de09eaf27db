"""Recipes as they lie in the table: made, found, listed by their owner, taken away."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from boto3.dynamodb.conditions import Attr

from kitchen import changes, table, users
from kitchen.errors import Conflict, TooLarge
from kitchen.keys import people
from kitchen.keys import recipes as keys
from kitchen.steps import ABSENT, PRESENT, Delete, Put, Update
from kitchen.table import Item

# DynamoDB ends an item at 400 kB; names and keys need room too.
LARGEST = 380_000
TRIES = 6


def new_recipe(recipe_id: str, owner: str, source: str, content: Mapping[str, Any], now: int) -> Item:
    """A recipe as it begins, with its keys; `content` is what its author says of it."""
    return {
        "title": "",
        "description": "",
        "ingredients": [],
        "steps": [],
        "images": {"steps": []},
        "servings": 4,
        "cookingTime": 30,
        "difficulty": "medium",
        **content,
        **keys.recipe(recipe_id),
        **keys.recipe_index(owner, now),
        "recipeId": recipe_id,
        "authorId": owner,
        "source": source,
        "isFavorite": False,
        "isShared": False,
        "createdAt": now,
        "updatedAt": now,
    }


def add(recipe: Item, now: int) -> None:
    """Put a new recipe and its entry in the owner's list, both or neither."""
    check_size(recipe)
    owner = recipe["authorId"]
    if not users.ensure(owner, now).get("recipeIds"):
        recipe_ids(owner)
    listed = Update(
        people.profile(owner), add={"totalRecipes": 1}, append={"recipeIds": [recipe["recipeId"]]}, when=PRESENT
    )
    changes.transact(Put(recipe, ABSENT), listed)


def check_size(recipe: Mapping[str, Any]) -> None:
    """Refuse what is more than an item can hold."""
    if len(json.dumps(recipe, ensure_ascii=False).encode()) > LARGEST:
        raise TooLarge("this is more than a recipe can hold")


def find(recipe_id: str) -> Item | None:
    """A recipe, or None."""
    return table.get(keys.recipe(recipe_id), consistent=True)


def find_many(recipe_ids: Iterable[str]) -> list[Item]:
    """The recipes there are, as they are now."""
    return list(table.get_many((keys.recipe(recipe_id) for recipe_id in recipe_ids), consistent=True).values())


def recipe_ids(owner: str) -> list[str]:
    """The ids of a user's recipes; an empty list is made good from the index."""
    profile = table.get(people.profile(owner), consistent=True) or {}
    listed: list[str] = profile.get("recipeIds") or []
    if listed or not profile:
        return listed
    indexed = [item["recipeId"] for item in table.every(people.user(owner), index="GSI1", prefix="RECIPE#")]
    if not indexed:
        return []
    try:
        nothing = Attr("recipeIds").not_exists() | Attr("recipeIds").eq([])
        changes.update(people.profile(owner), {"recipeIds": indexed}, when=PRESENT & nothing)
    except changes.ConditionFailed as failed:
        return list((failed.old or {}).get("recipeIds") or [])
    return indexed


def remove(recipe: Item) -> None:
    """Delete a recipe and its entry in the owner's list, both or neither."""
    owner, recipe_id = recipe["authorId"], recipe["recipeId"]
    mine = Delete(keys.recipe(recipe_id), Attr("authorId").eq(owner))
    for _ in range(TRIES):
        profile = table.get(people.profile(owner), consistent=True)
        steps = [mine] if profile is None else [mine, _unlisted(profile, recipe_id)]
        try:
            changes.transact(*steps)
        except changes.ConditionFailed as failed:
            if failed.at == 0:
                return
        else:
            return
    raise Conflict("the list of recipes is being changed by other requests; try again")


def _unlisted(profile: Item, recipe_id: str) -> Update:
    listed = profile.get("recipeIds") or []
    left = [known for known in listed if known != recipe_id]
    unchanged = Attr("recipeIds").eq(listed) if "recipeIds" in profile else Attr("recipeIds").not_exists()
    fewer = {"totalRecipes": -1} if profile.get("totalRecipes", 0) > 0 else {}
    return Update(people.profile(profile["userId"]), {"recipeIds": left}, add=fewer, when=unchanged)

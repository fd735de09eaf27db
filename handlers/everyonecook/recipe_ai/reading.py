"""Who may read a recipe: its owner, and those who may see the post it was shared in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from kitchen import privacy, table
from kitchen.keys import posts
from kitchen.levels import Relationship, may_see
from kitchen.table import Item

_GONE = ("hidden", "deleted")


def may_read(recipe: Item, viewer: str) -> bool:
    """Whether a viewer may read a recipe."""
    return bool(readable([recipe], recipe["authorId"], viewer))


def readable(recipes: Iterable[Item], owner: str, viewer: str) -> list[Item]:
    """Those of an owner's recipes that a viewer may read."""
    listed = list(recipes)
    if owner == viewer:
        return listed
    shared = [recipe for recipe in listed if recipe.get("isShared")]
    relation = privacy.relationship(viewer, owner) if shared else Relationship.STRANGER
    if relation is Relationship.BLOCKED:
        return []
    keys = {recipe["recipeId"]: posts.post(recipe["sharedPostId"]) for recipe in shared if recipe.get("sharedPostId")}
    found = table.get_many(keys.values())

    def is_open(recipe: Item) -> bool:
        key = keys.get(recipe["recipeId"])
        return key is None or may_see_post(found.get((key["PK"], key["SK"])), relation)

    return [recipe for recipe in shared if is_open(recipe)]


def may_see_post(post: Mapping[str, Any] | None, relation: Relationship) -> bool:
    """Whether a post is there for somebody who is that to its author."""
    if post is None or post.get("status") in _GONE:
        return False
    return may_see(post.get("privacyLevel", "private"), relation)

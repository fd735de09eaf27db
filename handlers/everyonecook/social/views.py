"""Posts as clients get them, under both spellings of every name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kitchen import table
from kitchen.keys import posts
from kitchen.table import Item
from social.circle import Circle
from social.visibility import may_list

View = dict[str, Any]
Reactions = dict[str, str]


def show(circle: Circle, items: Sequence[Item]) -> list[View]:
    """Some posts, which the viewer may see, as they are shown."""
    shared = [item["sharedPost"]["originalPostId"] for item in items if item.get("sharedPost")]
    keys = [posts.post(post_id) for post_id in shared]
    found = table.get_many(keys + _reaction_keys(circle.viewer, [item["postId"] for item in items]))
    originals = {item["postId"]: item for (_, sort), item in found.items() if sort == "METADATA"}
    circle.meet(item["authorId"] for item in [*items, *originals.values()])
    reactions = _reactions(found.values())
    return [_one(circle, item, reactions, originals) for item in items]


def show_one(circle: Circle, item: Item) -> View:
    """One post as it is shown."""
    return show(circle, [item])[0]


def own_reactions(viewer: str | None, post_ids: Sequence[str]) -> Reactions:
    """What the viewer feels about some posts."""
    return _reactions(table.get_many(_reaction_keys(viewer, post_ids)).values())


def _reaction_keys(viewer: str | None, post_ids: Sequence[str]) -> list[dict[str, str]]:
    return [posts.reaction("post", post_id, viewer) for post_id in post_ids] if viewer else []


def _reactions(found: Any) -> Reactions:
    return {item["targetId"]: item["reactionType"] for item in found if item["SK"].startswith("REACTION#")}


def _one(circle: Circle, item: Item, reactions: Reactions, originals: dict[str, Item]) -> View:
    view = _body(circle, item) | {"user_reaction": reactions.get(item["postId"])}
    for name in ("recipeAttribution", "tags"):
        if item.get(name):
            view[name] = item[name]
    if item["authorId"] == circle.viewer:
        view["status"] = item["status"]
    if item.get("sharedPost"):
        view["sharedPost"] = _shared(circle, item["sharedPost"], originals)
    return view


def _body(circle: Circle, item: Item) -> View:
    author = circle.person(item["authorId"])
    view: View = {"content": item.get("title", ""), "title": item.get("title", ""), "caption": item.get("caption", "")}
    view |= {"username": author.username, "user_avatar": author.avatar_url, "postType": item["postType"]}
    view |= {"images": item.get("images", []) if item["postType"] == "quick" else []}
    view |= _both("post_id", "postId", item["postId"]) | _both("user_id", "authorId", item["authorId"])
    view |= _both("privacy", "privacyLevel", item["privacyLevel"])
    view |= {"is_public": item["privacyLevel"] == "public", "recipe_id": item.get("recipeId")}
    for name in ("likes", "comments", "shares"):
        view |= _both(f"{name}_count", name, item.get(name, 0))
    view |= _both("created_at", "createdAt", item["createdAt"]) | _both("updated_at", "updatedAt", item["updatedAt"])
    if item.get("recipeData"):
        view["recipeData"] = item["recipeData"]
    return view


def _both(snake: str, camel: str, value: Any) -> View:
    return {snake: value, camel: value}


def _shared(circle: Circle, shared: View, originals: dict[str, Item]) -> View:
    """The post that another one shows: as it is now; as it was, where it is gone; or not at all."""
    original = originals.get(shared["originalPostId"])
    view = {name: value for name, value in shared.items() if name != "snapshot"}
    if original is None:
        return view | {"isDeleted": True, "originalPost": shared["snapshot"]}
    author = circle.person(original["authorId"])
    if not may_list(original, author.relation):
        return view | {"isDeleted": True, "originalPost": None}
    named = {"originalAuthorUsername": author.username, "originalAuthorAvatar": author.avatar_url}
    return view | named | {"isDeleted": False, "originalPost": _body(circle, original)}

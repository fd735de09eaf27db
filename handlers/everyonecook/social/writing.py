"""Posts as they are put into the table and taken out of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import uuid4

from kitchen import clock, recipes, users
from kitchen.errors import BadRequest, Forbidden
from kitchen.keys import people, posts
from kitchen.steps import ABSENT, PRESENT, Put, Step, Update
from kitchen.table import Item
from kitchen.text import sanitise


def new_post(author: str, kind: str, privacy: str, now: int, said: Mapping[str, Any], post_id: str = "") -> Item:
    """A post as it begins, with its keys; `said` is what its author says."""
    post_id, created = post_id or str(uuid4()), clock.iso(now)
    return {
        **posts.post(post_id),
        **posts.post_indexes(post_id, author, privacy, 0, created),
        "postId": post_id,
        "postType": kind,
        "authorId": author,
        "images": [],
        "ingredients": [],
        "tags": [],
        **said,
        "searchableText": searchable(said),
        "privacyLevel": privacy,
        **dict.fromkeys(("likes", "comments", "shares", "views", "importCount", "reportCount"), 0),
        "status": "active",
        "createdAt": created,
        "updatedAt": created,
    }


def publishing(post: Item, now: int) -> tuple[Step, Step]:
    """The steps that put a post and count it in its author's profile, which is there from then on."""
    recipes.check_size(post)
    named = {"authorUsername": users.ensure(post["authorId"], now)["username"]}
    counted = Update(people.profile(post["authorId"]), add={"totalPosts": 1}, when=PRESENT)
    return Put({**post, **named}, ABSENT), counted


def searchable(said: Mapping[str, Any]) -> str:
    """What of a post is searched through."""
    recipe = said.get("recipeData") or {}
    words = [said.get("title"), said.get("caption"), recipe.get("title"), *(said.get("tags") or ())]
    words += said.get("ingredients") or ()
    return " ".join(dict.fromkeys(str(word).lower() for word in words if word))


def title_of(*given: str | None) -> str:
    """The first of the titles given that says something."""
    for text in given:
        if clean := sanitise(text or ""):
            return clean
    raise BadRequest("title: a post needs one, and it must say something without its tags")


def tags_of(given: Iterable[str] | None) -> list[str]:
    """Tags, each once, without what is no text."""
    return list(dict.fromkeys(clean for tag in given or () if (clean := sanitise(tag))))


def check_not_hidden(item: Item) -> None:
    """Refuse to change what moderators have hidden: it stays as they saw it."""
    if item.get("status") == "hidden":
        raise Forbidden("moderators have hidden this, so it cannot be changed")

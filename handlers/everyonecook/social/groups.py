"""Groups in which people keep recipes."""

from __future__ import annotations

import secrets
from typing import Any

from kitchen import changes, clock, recipes, table, users
from kitchen.envelopes import RECIPE_GROUPS
from kitchen.errors import BadRequest, Forbidden
from kitchen.keys import people, posts
from kitchen.routes import Answer, Call, Routes
from kitchen.steps import ABSENT, PRESENT, Check, Put
from kitchen.table import Item
from kitchen.text import sanitise
from social.models import AddGroupRecipeRequest, CreateRecipeGroupRequest

routes = Routes(RECIPE_GROUPS)

_DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


@routes.post("/users/{userId}/recipe-groups", body=CreateRecipeGroupRequest)
def post_group(call: Call) -> Answer:
    """Make a group."""
    owner = _own(call)
    name = sanitise(call.body.name)
    if not name:
        raise BadRequest("name: nothing is left of it without its tags")
    group = create(owner, name, sanitise(call.body.description or ""), call.now)
    return Answer(users.attributes(group), 201)


@routes.get("/users/{userId}/recipe-groups")
def get_groups(call: Call) -> dict[str, Any]:
    """The caller's groups."""
    links = table.every(people.user(_own(call)), prefix="GROUP#")
    return {"groups": [users.attributes(link) for link in links]}


@routes.post("/users/{userId}/recipe-groups/{groupId}/recipes", body=AddGroupRecipeRequest)
def post_recipe(call: Call) -> Answer:
    """Put a recipe into a group."""
    body: AddGroupRecipeRequest = call.body
    title = sanitise(body.recipeTitle or "")
    entry = add(_own(call), call.path["groupId"], body.recipeId, title, call.now)
    return Answer(users.attributes(entry), 201)


def create(owner: str, name: str, description: str, now: int) -> Item:
    """A new group, and its entry among its owner's."""
    group_id, created = ulid(now), clock.iso(now)
    about = {"groupId": group_id, "owner": owner, "createdAt": created}
    group = {**posts.group(group_id), **about, "name": name, "description": description, "updatedAt": created}
    link = {**people.group_link(owner, group_id), **about, "groupName": name, "description": description}
    changes.transact(Put(group, ABSENT), Put(link, ABSENT))
    return group


def add(owner: str, group_id: str, recipe_id: str, title: str, now: int) -> Item:
    """A recipe in a group of the owner's, under the title given or its own."""
    entry = {
        **posts.group_recipe(group_id, recipe_id),
        "groupId": group_id,
        "recipeId": recipe_id,
        "recipeTitle": title or _title(owner, recipe_id),
        "addedAt": clock.iso(now),
    }
    try:
        changes.transact(Check(_key(owner, group_id), PRESENT), Put(entry))
    except changes.ConditionFailed:
        raise Forbidden("this is not your group") from None
    return entry


def ulid(now: int) -> str:
    """An id that sorts by the time it was made at."""
    number = now << 80 | secrets.randbits(80)
    return "".join(_DIGITS[number >> 5 * place & 31] for place in reversed(range(26)))


def _title(owner: str, recipe_id: str) -> str:
    recipe = recipes.find(recipe_id) or {}
    readable = recipe.get("authorId") == owner or recipe.get("isShared")
    return str(recipe.get("title", "")) if readable else ""


def _key(owner: str, group_id: str) -> dict[str, str]:
    link = people.group_link(owner, group_id)
    return {"PK": link["PK"], "SK": link["SK"]}


def _own(call: Call) -> str:
    if call.path["userId"] not in ("me", call.user_id):
        raise Forbidden("these are not your groups")
    return call.user_id

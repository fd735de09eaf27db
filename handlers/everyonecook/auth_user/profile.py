"""The caller's own profile."""

from __future__ import annotations

from datetime import date
from typing import Any

from boto3.dynamodb.conditions import Attr
from botocore.exceptions import BotoCoreError, ClientError

from auth_user.countries import COUNTRIES
from auth_user.models import UpdateProfileRequest
from kitchen import changes, clock, levels, limits, table, users
from kitchen.errors import BadRequest
from kitchen.keys import people
from kitchen.levels import Relationship
from kitchen.logs import logger
from kitchen.routes import Answer, Call, Routes
from kitchen.text import sanitise

routes = Routes()

ALIASES = {
    "fullName": "full_name",
    "avatarUrl": "avatar_url",
    "backgroundUrl": "background_url",
    "birthday": "date_of_birth",
    "isActive": "is_active",
    "isBanned": "is_banned",
    "isSuspended": "is_suspended",
    "lastLoginAt": "last_login_at",
    "createdAt": "created_at",
    "updatedAt": "updated_at",
}
# What moderators and the table note for themselves.
_INTERNAL = frozenset({"bannedBy", "recipeIds"})
_GONE = Attr("status").is_in(["hidden", "deleted"])


@routes.get("/users/me")
@routes.get("/users/profile")
def get_own(call: Call) -> dict[str, Any]:
    """The caller's profile and privacy."""
    profile = users.ensure(call.user_id, call.now)
    settings = table.get(people.privacy(call.user_id))
    return {"profile": present(profile), "privacy": {**levels.effective(settings), **levels.FIXED}}


@routes.put("/users/profile", body=UpdateProfileRequest)
def put_own(call: Call) -> dict[str, Any]:
    """Change the caller's profile."""
    return {"profile": change(call.user_id, call.body.model_dump(exclude_unset=True), call.now)}


@routes.get("/users/me/stats")
def get_stats(call: Call) -> Answer:
    """Count the caller's friends and posts."""
    return Answer({"success": True, "stats": stats(call.user_id, Relationship.SELF)}, bare=True)


def present(profile: dict[str, Any]) -> dict[str, Any]:
    """A profile as its owner sees it, under both spellings."""
    shown = {name: value for name, value in users.attributes(profile).items() if name not in _INTERNAL}
    return shown | {alias: shown.get(name) for name, alias in ALIASES.items()}


def change(user_id: str, wanted: dict[str, Any], now: int) -> dict[str, Any]:
    """Change a profile and return it; ten times in a quarter of an hour."""
    values = checked(wanted, now)
    limits.spend(limits.PROFILE_UPDATE, user_id, now)
    users.ensure(user_id, now)
    return present(changes.update(people.profile(user_id), {**values, "updatedAt": now}, when=changes.PRESENT))


def checked(wanted: dict[str, Any], now: int) -> dict[str, Any]:
    """The attributes that a wanted change sets, each in the form it is kept in."""
    if not wanted:
        raise BadRequest("name at least one field")
    values: dict[str, Any] = {}
    for name, value in wanted.items():
        match name:
            case "full_name":
                values["fullName"] = sanitise(value)
                if not values["fullName"]:
                    raise BadRequest("full_name: nothing is left of it without its tags")
            case "bio":
                values["bio"] = sanitise(value)
            case "date_of_birth":
                values["birthday"] = _birthday(value, now)
            case "country":
                values["country"] = _country(value)
            case "gender":
                values["gender"] = value
    return values


def stats(user_id: str, relation: Relationship) -> dict[str, int]:
    """How many friends a user has, and how many posts that a viewer may see; zeros where that cannot be read."""
    seen = [level for level in levels.LEVELS if levels.may_see(level, relation)]
    if not seen:
        return {"friend_count": 0, "post_count": 0}
    owner = people.user(user_id)
    try:
        friends = table.count(owner, prefix="FRIEND#", where=Attr("status").eq("accepted"))
        posts = table.count(owner, prefix="POST#", index="GSI1", where=Attr("privacyLevel").is_in(seen) & ~_GONE)
    except (BotoCoreError, ClientError):
        logger.warning("a user's friends and posts could not be counted", exc_info=True)
        return {"friend_count": 0, "post_count": 0}
    return {"friend_count": friends, "post_count": posts}


def _birthday(text: str, now: int) -> str:
    try:
        day = date.fromisoformat(text[:10])
    except ValueError:
        raise BadRequest("date_of_birth: there is no such day") from None
    if not "1900-01-01" <= day.isoformat() <= clock.day(now):
        raise BadRequest("date_of_birth: nobody here was born on that day")
    return day.isoformat()


def _country(code: str) -> str:
    if code.upper() not in COUNTRIES:
        raise BadRequest("country: this is no ISO 3166-1 alpha-2 code")
    return code.upper()

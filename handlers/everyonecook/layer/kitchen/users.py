"""Profiles: made, read, listed by name, found by a part of the name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from kitchen import changes, levels, table
from kitchen.keys import people
from kitchen.steps import Put
from kitchen.table import Item

_KEYS = ("PK", "SK", *(f"GSI{number}{part}" for number in range(1, 6) for part in ("PK", "SK")))


def new_profile(user_id: str, username: str, email: str, full_name: str, now: int) -> Item:
    """A profile as it begins, with its keys."""
    name = username.lower()
    return {
        **people.profile(user_id),
        **people.profile_indexes(user_id, name, now),
        "userId": user_id,
        "username": name,
        "email": email.lower(),
        "fullName": full_name,
        "avatarUrl": None,
        "backgroundUrl": None,
        "bio": "",
        "isActive": True,
        "isBanned": False,
        "isSuspended": False,
        "violationCount": 0,
        "recipeIds": [],
        "totalPosts": 0,
        "totalRecipes": 0,
        "totalFriends": 0,
        "createdAt": now,
        "updatedAt": now,
        "lastLoginAt": now,
    }


def create(user_id: str, username: str, email: str, full_name: str, now: int) -> bool:
    """Put a new profile, its privacy and its search entries, all or none; False where there is one already."""
    profile = new_profile(user_id, username, email, full_name, now)
    settings = {**people.privacy(user_id), "userId": user_id, **levels.DEFAULTS, "updatedAt": now}
    name = {"userId": user_id, "username": profile["username"]}
    entries = [Put({**key, **name}) for key in people.search_entries(user_id, username)]
    try:
        changes.transact(Put(profile, changes.ABSENT), Put(settings), *entries)
    except changes.ConditionFailed:
        return False
    return True


def ensure(user_id: str, now: int) -> Item:
    """A user's profile; a placeholder is made where there is none."""
    found = find(user_id)
    if found is None:
        create(user_id, f"temp_{user_id[:8]}", "", "", now)
        found = table.get(people.profile(user_id), consistent=True)
    return found or {}


def find(user_id: str) -> Item | None:
    """A user's profile, or None."""
    return table.get(people.profile(user_id))


def find_many(user_ids: Iterable[str]) -> dict[str, Item]:
    """The profiles there are, by user id; lists show names and pictures from them."""
    found = table.get_many(people.profile(user_id) for user_id in user_ids)
    return {item["userId"]: item for item in found.values()}


def by_username(username: str) -> Item | None:
    """The profile with a user name, whatever its case."""
    page = table.query(people.username_partition(username), index="GSI2", limit=1)
    return page.items[0] if page.items else None


def attributes(item: Mapping[str, Any]) -> Item:
    """An item without its keys and its time to live, as callers may see it."""
    return {name: value for name, value in item.items() if name not in _KEYS and name != "ttl"}


def is_reachable(profile: Mapping[str, Any], now: int) -> bool:
    """Whether a user takes part: active, and not banned or banned until a time that is over."""
    # a ban makes inactive, and one that is over may not be lifted yet
    return bool(profile.get("isActive", True) or profile.get("isBanned")) and not is_banned(profile, now)


def is_banned(profile: Mapping[str, Any], now: int) -> bool:
    """Whether a ban holds at a moment."""
    ends = profile.get("banExpiresAt")
    return bool(profile.get("isBanned")) and (ends is None or ends > now)

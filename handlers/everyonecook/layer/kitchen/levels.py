"""Levels of privacy, and what people are to each other: pure rules."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

Levels = dict[str, str]

DEFAULTS: Levels = {
    "email": "private",
    "birthday": "private",
    "gender": "private",
    "country": "public",
    "bio": "public",
    "avatarUrl": "public",
    "backgroundUrl": "public",
}
# Not for the user to choose.
FIXED: Levels = {"fullName": "public", "savedRecipes": "private"}
LEVELS = ("public", "friends", "private")


class Relationship(StrEnum):
    """What a viewer is to the owner of a profile."""

    SELF = "self"
    FRIEND = "friend"
    STRANGER = "stranger"
    BLOCKED = "blocked"


def of_records(*records: Mapping[str, Any] | None) -> Relationship:
    """What the friendship records of two people make of them."""
    states = {record.get("status") for record in records if record}
    if "blocked" in states:
        return Relationship.BLOCKED
    return Relationship.FRIEND if "accepted" in states else Relationship.STRANGER


def effective(settings: Mapping[str, Any] | None) -> Levels:
    """The levels that hold, whatever form an item keeps them in: flat, nested, or old switches."""
    found = dict(DEFAULTS)
    for name in DEFAULTS:
        held = _held(settings or {}, name)
        if held in LEVELS:
            found[name] = str(held)
    return found


def may_see(level: str, relation: Relationship) -> bool:
    """Whether a level opens something to a viewer."""
    match relation:
        case Relationship.SELF:
            return True
        case Relationship.BLOCKED:
            return False
        case Relationship.FRIEND:
            return level in ("public", "friends")
        case Relationship.STRANGER:
            return level == "public"


def friendship_status(viewer: str, own: Mapping[str, Any] | None, other: Mapping[str, Any] | None) -> str:
    """What two people are to each other in one word, by the record of each."""
    states = {record["status"]: record for record in (other, own) if record}
    if own and own["status"] == "blocked":
        return "blocked"
    if other and other["status"] == "blocked":
        return "blocked_by"
    if "accepted" in states:
        return "friends"
    if "pending" not in states:
        return "none"
    return "pending_sent" if states["pending"].get("requestedBy") == viewer else "pending_received"


def _held(settings: Mapping[str, Any], name: str) -> Any:
    nested = settings.get("fieldPrivacy")
    if name in settings:
        return settings[name]
    if isinstance(nested, Mapping) and name in nested:
        return nested[name]
    switch = settings.get(f"show{name[0].upper()}{name[1:]}")
    return None if switch is None else "public" if switch else "private"

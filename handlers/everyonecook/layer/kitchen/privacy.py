"""What a viewer may see of a profile."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kitchen import cdn, table
from kitchen.keys import people
from kitchen.levels import Levels, Relationship, may_see, of_records

IDENTITY = ("userId", "username", "isActive", "isBanned", "isSuspended", "createdAt", "updatedAt")


def relationship(viewer: str | None, owner: str) -> Relationship:
    """What a viewer (None: anybody) is to an owner, read from both friendship records."""
    if viewer is None:
        return Relationship.STRANGER
    if viewer == owner:
        return Relationship.SELF
    records = table.get_many((people.friendship(viewer, owner), people.friendship(owner, viewer)))
    return of_records(*records.values())


def visible(profile: Mapping[str, Any], held: Levels, relation: Relationship) -> dict[str, Any]:
    """The part of a profile that a viewer may see; hidden pictures become the default ones."""
    if relation is Relationship.SELF:
        return dict(profile)
    if relation is Relationship.BLOCKED:
        return {name: profile.get(name) for name in ("userId", "username")}
    shown = {name: profile[name] for name in (*IDENTITY, "fullName") if name in profile}
    for name, level in held.items():
        if may_see(level, relation) and name in profile:
            shown[name] = profile[name]
    shown.setdefault("avatarUrl", cdn.default_avatar())
    shown.setdefault("backgroundUrl", cdn.default_background())
    return shown

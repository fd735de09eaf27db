"""A user as a row of the administrators' lists."""

from __future__ import annotations

from typing import Any

from kitchen import bans, cdn, clock, users
from kitchen.table import Item

_COUNTERS = ("violationCount", "warningCount", "deletedPostCount", "deletedCommentCount", "banCount")


def row(profile: Item, now: int) -> dict[str, Any]:
    """A user with what moderation has counted."""
    banned = users.is_banned(profile, now)
    return {
        "userId": profile["userId"],
        "username": profile.get("username"),
        "email": profile.get("email"),
        "displayName": profile.get("fullName") or profile.get("username"),
        "avatarUrl": profile.get("avatarUrl") or cdn.default_avatar(),
        "isActive": users.is_reachable(profile, now),
        "isBanned": banned,
        "banReason": profile.get("banReason") if banned else None,
        "bannedAt": profile.get("bannedAt") if banned else None,
        "createdAt": profile.get("createdAt"),
        "lastLoginAt": profile.get("lastLoginAt"),
        **{name: profile.get(name, 0) for name in _COUNTERS},
        "postCount": max(profile.get("totalPosts", 0), 0),
        "recipeCount": len(profile.get("recipeIds") or ()),
    }


def banned_row(profile: Item, now: int) -> dict[str, Any]:
    """A banned user, with how long the ban still holds."""
    ends = profile.get("banExpiresAt")
    return {
        **row(profile, now),
        "bannedBy": profile.get("bannedBy"),
        "banDurationDisplay": profile.get("banDurationDisplay"),
        "banExpiresAt": ends,
        "banType": bans.kind(profile),
        "daysRemaining": None if ends is None else -(-(ends - now) // clock.DAY),
    }

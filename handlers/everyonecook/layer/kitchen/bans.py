"""Bans in the table: whether one holds (`users.is_banned`), what it says, and how it is lifted.

A banned user is disabled in the pool as well; that half is for those who may change the pool.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from boto3.dynamodb.conditions import Attr, ConditionBase

from kitchen import changes, clock
from kitchen.keys import moderation, people
from kitchen.steps import Delete, Step, Update

# What a ban writes into a profile besides its flags, and what goes with it.
FIELDS = (
    "banReason",
    "bannedAt",
    "bannedBy",
    "banDuration",
    "banDurationUnit",
    "banDurationDisplay",
    "banExpiresAt",
    "pendingAppealId",
    "GSI4PK",
    "GSI4SK",
)
_MILLISECONDS = {"minutes": clock.MINUTE, "hours": clock.HOUR, "days": clock.DAY}


def is_over(profile: Mapping[str, Any], now: int) -> bool:
    """Whether a profile still bears a ban whose time is over."""
    ends = profile.get("banExpiresAt")
    return bool(profile.get("isBanned")) and ends is not None and ends <= now


def kind(profile: Mapping[str, Any]) -> str:
    """A ban in one word: permanent, or temporary."""
    return "permanent" if profile.get("banExpiresAt") is None else "temporary"


def expiry(now: int, duration: int, unit: str) -> int | None:
    """When a ban of so many minutes, hours or days ends; None for one of 0, which never does."""
    return now + duration * _MILLISECONDS[unit] if duration else None


def display(duration: int, unit: str) -> str:
    """The length of a ban as people read it."""
    if not duration:
        return "permanent"
    return f"{duration} {unit.removesuffix('s') if duration == 1 else unit}"


def until(profile: Mapping[str, Any]) -> str:
    """The end of a ban as people read it."""
    ends = profile.get("banExpiresAt")
    return "for good" if ends is None else f"until {clock.iso(ends)}"


def lift(
    profile: Mapping[str, Any], now: int, values: Mapping[str, Any] | None = None, remove: Iterable[str] = ()
) -> bool:
    """Take the ban that was read from a profile away, and change more besides; False where that ban stands no more."""
    try:
        changes.transact(*lifting(profile, now, values, remove))
    except changes.ConditionFailed:
        return False
    return True


def lifting(
    profile: Mapping[str, Any], now: int, values: Mapping[str, Any] | None = None, remove: Iterable[str] = ()
) -> tuple[Step, Step]:
    """The steps that `lift` takes; the first one's condition is that the ban read still stands."""
    user_id = profile["userId"]
    freed = {"isBanned": False, "isActive": True, "updatedAt": now, **(values or {})}
    return (
        Update(people.profile(user_id), freed, remove=[*FIELDS, *remove], when=_same(profile)),
        Delete(moderation.ban_schedule(user_id)),
    )


def _same(profile: Mapping[str, Any]) -> ConditionBase:
    """The very ban that was read: another one may have followed it."""
    same: ConditionBase = Attr("isBanned").eq(True)
    for name in ("bannedAt", "banExpiresAt"):
        same &= Attr(name).eq(profile[name]) if name in profile else Attr(name).not_exists()
    return same

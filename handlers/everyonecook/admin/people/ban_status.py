"""Whether somebody is banned, for whom it may concern."""

from __future__ import annotations

from typing import Any

from admin.people import lifting
from admin.people.models import BanStatusQuery
from kitchen import bans, limits, table, users
from kitchen.keys import moderation
from kitchen.routes import Answer, Call, Routes
from kitchen.table import Item

routes = Routes()

FREE = {
    "isBanned": False,
    "banReason": None,
    "bannedAt": None,
    "banExpiresAt": None,
    "banDurationDisplay": None,
    "remainingTime": None,
    "canAppeal": False,
}


@routes.get("/users/me/ban-status")
def get_own(call: Call) -> dict[str, Any]:
    """The caller's own ban."""
    return status(users.find(call.user_id), call.now)


@routes.get("/admin/users/{userId}/ban-status", group="admin")
def get_any(call: Call) -> dict[str, Any]:
    """Any user's ban, for administrators."""
    return status(users.find(call.path["userId"]), call.now)


@routes.get("/users/ban-status", public=True, query=BanStatusQuery)
def get_public(call: Call) -> Answer:
    """A user's ban by name, for somebody who cannot sign in because of it."""
    limits.spend(limits.BAN_STATUS, call.source or "unknown", call.now)
    name = (call.query.username or "").strip()
    profile = users.by_username(name) if name else None
    return Answer(public_status(profile, call.now), headers={"Cache-Control": "no-store"})


def status(profile: Item | None, now: int) -> dict[str, Any]:
    """The ban of a profile; one that is over is lifted on the spot."""
    if profile and bans.is_over(profile, now):
        lifting.let_in(profile, now)
    if profile is None or not users.is_banned(profile, now):
        return dict(FREE)
    ends = profile.get("banExpiresAt")
    return {
        "isBanned": True,
        "banReason": profile.get("banReason"),
        "bannedAt": profile.get("bannedAt"),
        "banExpiresAt": ends,
        "banDurationDisplay": profile.get("banDurationDisplay"),
        "remainingTime": None if ends is None else ends - now,
        "canAppeal": not _pending(profile),
    }


def public_status(profile: Item | None, now: int) -> dict[str, Any]:
    """The same for anybody: who is not banned looks like who does not exist.

    The user id is what an appeal must name. What the banned user wrote, and what was said about it, is nobody's
    business: anybody may ask for any name.
    """
    found = status(profile, now)
    if profile is None or not found["isBanned"]:
        return found
    return {**found, "userId": profile["userId"], "appealStatus": _latest_appeal(profile)}


def _pending(profile: Item) -> bool:
    appeal_id = profile.get("pendingAppealId")
    appeal = table.get(moderation.appeal(profile["userId"], appeal_id)) if appeal_id else None
    return bool(appeal) and (appeal or {}).get("status") == "pending"


def _latest_appeal(profile: Item) -> str | None:
    """How the newest appeal against this very ban stands."""
    appeals = table.every(moderation.appeal(profile["userId"], "")["PK"], prefix="APPEAL#")
    against = [
        appeal
        for appeal in appeals
        if appeal.get("appealType") == "ban" and appeal.get("bannedAt") == profile.get("bannedAt")
    ]
    newest = max(against, key=lambda appeal: appeal["createdAt"], default=None)
    return newest["status"] if newest else None

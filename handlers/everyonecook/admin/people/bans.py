"""Bans and unbans that an administrator asks for."""

from __future__ import annotations

from typing import Any

from admin.audit import Actor, actor_of
from admin.people import banning, lifting
from admin.people.banning import Ban
from admin.people.models import BanUserRequest, UnbanUserRequest
from admin.telling import tell
from kitchen import bans
from kitchen.routes import Call, Routes

routes = Routes()


@routes.post("/admin/users/ban", group="admin", body=BanUserRequest)
def post_ban(call: Call) -> dict[str, Any]:
    """Ban a user for a while or for good."""
    wanted: BanUserRequest = call.body
    ban = Ban(wanted.banReason, wanted.banDuration, wanted.banDurationUnit)
    return place(actor_of(call), wanted.targetUserId, ban, call.now)


@routes.post("/admin/users/unban", group="admin", body=UnbanUserRequest)
def post_unban(call: Call) -> dict[str, Any]:
    """Lift a ban."""
    return lift(actor_of(call), call.body.targetUserId, call.body.unbanReason or "", call.now)


def place(actor: Actor, user_id: str, ban: Ban, now: int) -> dict[str, Any]:
    """Place a ban and tell the user, who reads it when the ban is over."""
    banning.admit(actor, now)
    placed = banning.place(actor, user_id, ban, now)
    tell(user_id, "account_banned", now, reason=ban.reason, banExpiresAt=placed.expires)
    return {
        "userId": user_id,
        "banType": bans.kind(placed.values),
        "banDuration": ban.duration,
        "banDurationUnit": ban.unit,
        "banExpiresAt": placed.expires,
    }


def lift(actor: Actor, user_id: str, reason: str, now: int) -> dict[str, Any]:
    """Lift a ban and tell the user."""
    banning.admit(actor, now)
    lifting.unban(actor, banning.target(user_id), "UNBAN_USER", reason, now)
    tell(user_id, "account_unbanned", now, reason=reason or None)
    return {"userId": user_id, "unbannedAt": now}

"""What administrators did: noted with every change, and listed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from admin.models import ActivityQuery
from kitchen import changes, table, users
from kitchen.keys import moderation
from kitchen.routes import Call, Routes
from kitchen.table import Item

routes = Routes()

# Stands for the target where an action concerns nobody.
SYSTEM = "SYSTEM"
USUAL = 50


@dataclass(frozen=True)
class Actor:
    """An administrator at work."""

    user_id: str
    username: str
    address: str


@routes.get("/admin/activity", group="admin", query=ActivityQuery)
def get_activity(call: Call) -> dict[str, Any]:
    """The newest actions of all administrators."""
    return newest(call.query.limit or USUAL, call.query.actionType)


def actor_of(call: Call) -> Actor:
    """Who makes a request of an administrator."""
    return Actor(call.user_id, call.caller.username, call.address)


def entry(
    actor: Actor,
    action: str,
    now: int,
    target: Mapping[str, Any] | None = None,
    reason: str = "",
    **metadata: Any,
) -> Item:
    """The note of an action on a user (a profile, or what there is of one), or on the system."""
    action_id = str(uuid4())
    return {
        **moderation.admin_action(action_id, action, actor.user_id, now),
        "actionId": action_id,
        "entityType": "ADMIN_ACTION",
        "action": action,
        "adminUserId": actor.user_id,
        "adminUsername": actor.username,
        "targetUserId": (target or {}).get("userId") or SYSTEM,
        "targetUsername": (target or {}).get("username") or SYSTEM,
        "reason": reason,
        "ipAddress": actor.address,
        "timestamp": now,
        "metadata": metadata,
    }


def record(
    actor: Actor,
    action: str,
    now: int,
    target: Mapping[str, Any] | None = None,
    reason: str = "",
    **metadata: Any,
) -> None:
    """Note an action that no transaction carries."""
    changes.put(entry(actor, action, now, target, reason, **metadata))


def newest(limit: int, kind: str | None) -> dict[str, Any]:
    """The newest actions, of one kind or of all."""
    partition, index = (moderation.actions_of_kind(kind), "GSI3") if kind else (moderation.ALL_ACTIONS, "GSI2")
    page = table.query(partition, index=index, newest=True, limit=limit)
    return {
        "activities": [users.attributes(item) for item in page.items],
        "count": len(page.items),
        "total": table.count(partition, index=index),
        "hasMore": page.next is not None,
    }

"""Notifications: written where something happens to somebody, never about oneself, never unwanted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from kitchen import changes, clock, table
from kitchen.keys import people

SWITCHES = (
    "new_reaction",
    "new_comment",
    "new_friend_request",
    "friend_accepted",
    "post_shared",
    "post_hidden",
    "comment_reply",
)
# Which switch of the preferences a kind listens to; what is not here is always delivered.
_SWITCH_OF = {
    "new_reaction": "new_reaction",
    "new_comment": "new_comment",
    "comment_reply": "comment_reply",
    "friend_request": "new_friend_request",
    "friend_accepted": "friend_accepted",
    "post_shared": "post_shared",
    "post_hidden": "post_hidden",
    "comment_hidden": "post_hidden",
}
_DAYS = 86_400
ACTOR_TTL = 30 * _DAYS
ADMIN_TTL = 90 * _DAYS


def notify(
    recipient: str,
    kind: str,
    now: int,
    *,
    actor: str | None = None,
    resource_id: str | None = None,
    resource_type: str | None = None,
    metadata: Mapping[str, Any] | None = None,
    keep_seconds: int = ACTOR_TTL,
) -> str | None:
    """Tell a user of something and return the notification's id; None where it is not wanted."""
    if actor == recipient or not _wanted(recipient, kind):
        return None
    notification_id = str(uuid4())
    created = clock.iso(now)
    changes.put(
        {
            **people.notification(recipient, created, notification_id),
            "notificationId": notification_id,
            "userId": recipient,
            "type": kind,
            "actorId": actor,
            "resourceId": resource_id,
            "resourceType": resource_type,
            "metadata": dict(metadata or {}),
            "isRead": False,
            "createdAt": created,
            "ttl": clock.seconds(now) + keep_seconds,
        }
    )
    return notification_id


def preferences(user_id: str) -> dict[str, Any]:
    """What a user wants to be told: everything, unless something was switched off."""
    return preferences_in(table.get(people.notification_preferences(user_id)) or {})


def preferences_in(item: Mapping[str, Any]) -> dict[str, Any]:
    """What an item of preferences says; what it leaves out is wanted."""
    held = item.get("preferences") or {}
    return {
        "preferences": {name: held.get(name, True) for name in SWITCHES},
        "pushEnabled": item.get("pushEnabled", True),
        "emailEnabled": item.get("emailEnabled", True),
    }


def _wanted(recipient: str, kind: str) -> bool:
    switch = _SWITCH_OF.get(kind)
    return switch is None or bool(preferences(recipient)["preferences"][switch])

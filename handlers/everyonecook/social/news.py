"""Telling people what happened to them: written for later, and pushed to those who are online."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from kitchen import clock, notifications
from kitchen.logs import logger
from social.circle import Circle
from social.push import connections, push


def tell(
    recipient: str,
    kind: str,
    now: int,
    resource: tuple[str, str],
    actor: str | None = None,
    metadata: Mapping[str, Any] | None = None,
) -> None:
    """Tell a user what was done to a resource (its type and id); that it cannot be told does not undo it."""
    resource_type, resource_id = resource
    about = dict(metadata or {})
    try:
        made = notifications.notify(
            recipient, kind, now, actor=actor, resource_id=resource_id, resource_type=resource_type, metadata=about
        )
        if made is not None and (online := connections(recipient, now)):
            written = {"notificationId": made, "type": kind, "actorId": actor, "isRead": False, "metadata": about}
            written |= {"resourceId": resource_id, "resourceType": resource_type, "createdAt": clock.iso(now)}
            _push(recipient, written, online)
    except (BotoCoreError, ClientError):
        logger.warning("a notification could not be written", exc_info=True)


def show(circle: Circle, item: Mapping[str, Any]) -> dict[str, Any]:
    """A notification as clients get it, with the name and picture of whoever caused it."""
    actor = circle.person(item["actorId"]) if item.get("actorId") else None
    names = ("notificationId", "type", "actorId", "resourceId", "resourceType", "metadata", "isRead", "createdAt")
    return {
        **{name: item.get(name) for name in names},
        "actorName": actor.name if actor else None,
        "actorAvatar": actor.avatar_url if actor else None,
    }


def _push(recipient: str, written: dict[str, Any], online: list[str]) -> None:
    if notifications.preferences(recipient)["pushEnabled"]:
        push(recipient, {"type": "notification", "notification": show(Circle(recipient), written)}, online)

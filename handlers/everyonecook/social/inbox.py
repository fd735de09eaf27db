"""The caller's notifications, and which are wanted."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

from boto3.dynamodb.conditions import Attr

from kitchen import changes, clock, notifications, paging, table
from kitchen.body import Listing
from kitchen.errors import BadRequest, NotFound
from kitchen.keys import people
from kitchen.postings import key_of
from kitchen.routes import Call, Routes
from kitchen.table import Item
from social import news
from social.circle import Circle
from social.models import NotificationPreferencesRequest
from social.pages import listing, read

routes = Routes()

PREFIX = "NOTIFICATION#"
WRITERS = 8
_UNREAD = Attr("isRead").eq(False)


@routes.get("/notifications", query=Listing)
def get_notifications(call: Call) -> dict[str, Any]:
    """The caller's notifications, newest first."""
    partition = people.user(call.user_id)
    start = paging.read_position(call.query.token, partition, prefix=PREFIX)
    page = read(partition, call.query.limit, lambda items: _kept(items, call.now), start, prefix=PREFIX)
    circle = Circle(call.user_id)
    circle.meet(item["actorId"] for item in page.items if item.get("actorId"))
    shown = [news.show(circle, item) for item in page.items]
    return {**listing("notifications", shown, page.next), "unreadCount": unread(call.user_id, call.now)}


@routes.get("/notifications/unread/count")
def get_unread(call: Call) -> dict[str, int]:
    """How many notifications the caller has not read."""
    return {"unreadCount": unread(call.user_id, call.now)}


@routes.put("/notifications/read-all")
def put_all_read(call: Call) -> dict[str, Any]:
    """All notifications are read."""
    items = list(table.every(people.user(call.user_id), prefix=PREFIX, where=_UNREAD))
    with ThreadPoolExecutor(WRITERS) as writers:
        marked = sum(writers.map(lambda item: mark_read(item, call.now), items))
    return {"message": "all notifications are read", "updatedCount": marked}


@routes.put("/notifications/{id}/read")
def put_read(call: Call) -> dict[str, str]:
    """One notification is read."""
    if not mark_read(find(call.user_id, call.path["id"]), call.now):
        raise _unknown()
    return {"message": "the notification is read", "notificationId": call.path["id"]}


@routes.delete("/notifications/{id}")
def delete_one(call: Call) -> dict[str, str]:
    """One notification goes."""
    if changes.delete(key_of(find(call.user_id, call.path["id"]))) is None:
        raise _unknown()
    return {"message": "the notification is deleted", "notificationId": call.path["id"]}


@routes.delete("/notifications")
def delete_all(call: Call) -> dict[str, int]:
    """All notifications go."""
    return {"deletedCount": changes.delete_many(table.every(people.user(call.user_id), prefix=PREFIX))}


@routes.get("/notifications/preferences")
def get_preferences(call: Call) -> dict[str, Any]:
    """What the caller wants to be told; written down on the first look."""
    held = table.get(people.notification_preferences(call.user_id)) or ensure_preferences(call.user_id, call.now)
    return notifications.preferences_in(held)


@routes.put("/notifications/preferences", body=NotificationPreferencesRequest)
def put_preferences(call: Call) -> dict[str, Any]:
    """Change what the caller wants to be told."""
    wanted = call.body.model_dump(exclude_unset=True)
    switches = wanted.pop("preferences", {})
    values = {**wanted, **{f"preferences.{name}": on for name, on in switches.items()}}
    if not values:
        raise BadRequest("name at least one preference")
    ensure_preferences(call.user_id, call.now)
    item = changes.update(people.notification_preferences(call.user_id), {**values, "updatedAt": call.now})
    return notifications.preferences_in(item)


def unread(user_id: str, now: int) -> int:
    """How many notifications a user has not read."""
    current = Attr("ttl").not_exists() | Attr("ttl").gt(clock.seconds(now))
    return table.count(people.user(user_id), prefix=PREFIX, where=_UNREAD & current)


def find(user_id: str, notification_id: str) -> Item:
    """A user's notification; newest first, for that is where people look."""
    named = Attr("notificationId").eq(notification_id)
    found = table.every(people.user(user_id), prefix=PREFIX, newest=True, where=named)
    if item := next(found, None):
        return item
    raise _unknown()


def mark_read(item: Item, now: int) -> bool:
    """Note that a notification is read; False where it is gone."""
    try:
        changes.update(key_of(item), {"isRead": True, "readAt": clock.iso(now)}, when=changes.PRESENT)
    except changes.ConditionFailed:
        return False
    return True


def ensure_preferences(user_id: str, now: int) -> Item:
    """What a user wants to be told; that it is everything, where nothing was written down yet."""
    everything = {"preferences": dict.fromkeys(notifications.SWITCHES, True), "pushEnabled": True, "emailEnabled": True}
    once = {**everything, "userId": user_id, "createdAt": now}
    return changes.update(people.notification_preferences(user_id), once=once)


def _kept(items: list[Item], now: int) -> list[Item]:
    """Without those whose time is over, though the table has not removed them yet."""
    return [item for item in items if item.get("ttl", clock.seconds(now) + 1) > clock.seconds(now)]


def _unknown() -> NotFound:
    return NotFound("there is no such notification")

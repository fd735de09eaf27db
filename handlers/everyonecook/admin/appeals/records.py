"""Appeals as they lie in the table."""

from __future__ import annotations

from typing import Any

from boto3.dynamodb.conditions import Attr

from kitchen import clock, table, users
from kitchen.keys import moderation, people
from kitchen.steps import Update
from kitchen.table import Item

LATER = 7 * clock.DAY
PERMANENT = 90 * clock.DAY
WITHOUT_DEADLINE = 30 * clock.DAY


def find(appeal_id: str) -> Item | None:
    """An appeal by its id alone, as it is now."""
    for indexed in table.query(f"APPEAL_ID#{appeal_id}", index="GSI2", limit=1).items:
        return table.get(moderation.appeal(indexed["userId"], appeal_id), consistent=True)
    return None


def of_user(user_id: str) -> list[Item]:
    """All appeals of a user, the newest first."""
    found = table.every(people.user(user_id), prefix="APPEAL#")
    return sorted(found, key=lambda appeal: int(appeal["createdAt"]), reverse=True)


def is_pending(user_id: str, appeal_id: str) -> bool:
    """Whether an appeal still waits for a decision."""
    appeal = table.get(moderation.appeal(user_id, appeal_id), consistent=True)
    return appeal is not None and appeal["status"] == "pending"


def moving(appeal: Item, status: str, now: int, **more: Any) -> Update:
    """The step that takes an appeal out of those that wait."""
    indexes = moderation.appeal_indexes(appeal["appealId"], status, appeal["createdAt"])
    values = {**indexes, "status": status, "updatedAt": now, **more}
    key = moderation.appeal(appeal["userId"], appeal["appealId"])
    return Update(key, values, when=Attr("status").eq("pending"))


def shown(appeal: Item) -> dict[str, Any]:
    """An appeal as administrators see it."""
    return users.attributes(appeal)

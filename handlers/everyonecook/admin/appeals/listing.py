"""Appeals as administrators list them; those that time has settled settle themselves."""

from __future__ import annotations

from typing import Any

from boto3.dynamodb.conditions import Attr

from admin.appeals import records
from admin.appeals.models import AppealsQuery
from kitchen import changes, paging, table, users
from kitchen.keys import people
from kitchen.routes import Call, Routes
from kitchen.steps import Update
from kitchen.table import Item

routes = Routes()

USUAL = 20


@routes.get("/admin/appeals", group="admin", query=AppealsQuery)
def get_appeals(call: Call) -> dict[str, Any]:
    """A page of appeals."""
    wanted: AppealsQuery = call.query
    start = paging.read_position(wanted.lastKey, f"APPEAL#{wanted.status}", "GSI1")
    return page_of(wanted.status, wanted.limit or USUAL, start, call.now)


def page_of(status: str, limit: int, start: dict[str, str] | None, now: int) -> dict[str, Any]:
    """The next appeals in a state, the newest first, each with the user's earlier ones."""
    page = table.query(f"APPEAL#{status}", index="GSI1", newest=True, limit=limit, start=start)
    over = settle(page.items, now) if status == "pending" else set[str]()
    left = [appeal for appeal in page.items if appeal["appealId"] not in over]
    history = {user_id: records.of_user(user_id) for user_id in {appeal["userId"] for appeal in left}}
    return {
        "appeals": [_with_history(appeal, history[appeal["userId"]]) for appeal in left],
        "count": len(left),
        "autoResolved": len(over),
        "hasMore": page.next is not None,
        "lastKey": paging.base64_token(page.next),
    }


def settle(appeals: list[Item], now: int) -> set[str]:
    """Close the appeals against bans that hold no more, and return their ids."""
    against = [appeal for appeal in appeals if appeal["appealType"] == "ban"]
    profiles = users.find_many({appeal["userId"] for appeal in against})
    return {
        appeal["appealId"]
        for appeal in against
        if not _holds(appeal, profiles.get(appeal["userId"]), now) and _resolve(appeal, now)
    }


def _holds(appeal: Item, profile: Item | None, now: int) -> bool:
    """Whether the very ban that is appealed against still holds."""
    return bool(profile and users.is_banned(profile, now) and profile.get("bannedAt") == appeal.get("bannedAt"))


def _resolve(appeal: Item, now: int) -> bool:
    try:
        changes.transact(records.moving(appeal, "auto_resolved", now, resolvedAt=now))
    except changes.ConditionFailed:
        return False
    mark = Update(
        people.profile(appeal["userId"]),
        remove=["pendingAppealId"],
        when=Attr("pendingAppealId").eq(appeal["appealId"]),
    )
    try:
        changes.transact(mark)
    except changes.ConditionFailed:
        # another ban has its own mark, or none
        return True
    return True


def _with_history(appeal: Item, history: list[Item]) -> dict[str, Any]:
    before = [records.shown(one) for one in history if one["appealId"] != appeal["appealId"]]
    return {**records.shown(appeal), "previousAppeals": before, "appealCount": len(before) + 1}

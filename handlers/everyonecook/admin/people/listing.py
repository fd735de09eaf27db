"""Lists of users."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from admin import admins
from admin.people.models import BannedUsersQuery, UsersQuery
from admin.people.rows import banned_row, row
from kitchen import bans, paging, table, users
from kitchen.keys import people
from kitchen.routes import Call, Routes
from kitchen.table import Item
from kitchen.text import plain

routes = Routes()

USUAL = 20


@routes.get("/admin/users", group="admin", query=UsersQuery)
def get_users(call: Call) -> dict[str, Any]:
    """A page of the users, without administrators."""
    wanted: UsersQuery = call.query
    hidden = admins.known(call.user_id)
    found = matching(wanted.status or "all", plain(wanted.search or "").strip(), hidden, call.now)
    return page_of(found, wanted.limit, wanted.page or 1, call.now)


@routes.get("/admin/users/banned", group="admin", query=BannedUsersQuery)
def get_banned(call: Call) -> dict[str, Any]:
    """The banned users, the newest ban first."""
    wanted: BannedUsersQuery = call.query
    start = paging.read_position(wanted.lastEvaluatedKey, people.BANNED_USERS, "GSI4")
    return banned(wanted.banType or "all", wanted.limit or USUAL, start, call.now)


def matching(status: str, search: str, hidden: frozenset[str], now: int) -> Iterator[Item]:
    """The profiles in a state whose name or address holds a text, the newest first."""
    partition, index = (people.BANNED_USERS, "GSI4") if status == "banned" else (people.ALL_USERS, "GSI3")
    for profile in table.every(partition, index=index, newest=True):
        if profile["userId"] in hidden or not _is_in(status, profile, now):
            continue
        if not search or any(search in plain(str(profile.get(name, ""))) for name in ("username", "email", "fullName")):
            yield profile


def page_of(found: Iterator[Item], limit: int, page: int, now: int) -> dict[str, Any]:
    """One page of profiles, and how many pages there are."""
    first = (page - 1) * limit
    shown: list[Item] = []
    total = 0
    for profile in found:
        if first <= total < first + limit:
            shown.append(profile)
        total += 1
    return {
        "users": [row(profile, now) for profile in shown],
        "count": len(shown),
        "total": total,
        "page": page,
        "totalPages": -(-total // limit),
        "hasMore": first + limit < total,
    }


def banned(kind: str, limit: int, start: dict[str, str] | None, now: int) -> dict[str, Any]:
    """The next users whose ban, of one kind or any, holds."""

    def is_wanted(profile: Item) -> bool:
        return users.is_banned(profile, now) and kind in ("all", bans.kind(profile))

    page = table.fill(people.BANNED_USERS, limit, is_wanted, start=start, index="GSI4", newest=True)
    return {
        "users": [banned_row(profile, now) for profile in page.items],
        "count": len(page.items),
        "lastEvaluatedKey": paging.base64_token(page.next),
        "hasMore": page.next is not None,
    }


def _is_in(status: str, profile: Item, now: int) -> bool:
    match status:
        case "active":
            return users.is_reachable(profile, now)
        case "banned":
            return users.is_banned(profile, now)
        case _:
            return True

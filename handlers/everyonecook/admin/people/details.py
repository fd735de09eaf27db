"""One user, with violations and bans."""

from __future__ import annotations

from typing import Any

from admin.people import banning
from kitchen import table, users
from kitchen.keys import people
from kitchen.routes import Call, Routes

routes = Routes()


@routes.get("/admin/users/{userId}", group="admin")
def get_user(call: Call) -> dict[str, Any]:
    """A user as administrators see one."""
    return view(call.path["userId"], call.now)


def view(user_id: str, now: int) -> dict[str, Any]:
    """A profile, the violations and bans of its user, and how many there are."""
    profile = banning.target(user_id)
    found = violations(user_id)
    history = list(table.every(people.user(user_id), prefix="BAN#", newest=True))
    return {
        "profile": users.attributes(profile),
        "violations": found,
        "banHistory": [users.attributes(item) for item in history],
        "stats": {
            "totalViolations": len(found),
            "totalBans": len(history),
            "currentlyBanned": users.is_banned(profile, now),
        },
    }


def violations(user_id: str, limit: int | None = None) -> list[dict[str, Any]]:
    """The violations of a user, the newest first; all, or the first few."""
    partition = f"VIOLATION#{user_id}"
    if limit is not None:
        page = table.query(partition, index="GSI1", newest=True, limit=limit)
        return [users.attributes(item) for item in page.items]
    return [users.attributes(item) for item in table.every(partition, index="GSI1", newest=True)]

"""Finding users by a part of their name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from auth_user.models import SearchQuery
from kitchen import cdn, paging, privacy, table, users
from kitchen.errors import BadRequest
from kitchen.keys import people
from kitchen.levels import Relationship, effective, friendship_status, of_records
from kitchen.routes import Call, Routes
from kitchen.table import Item
from kitchen.text import sanitise

routes = Routes()

Found = dict[tuple[str, str], Item]


@routes.get("/users/search", query=SearchQuery)
def search(call: Call) -> dict[str, Any]:
    """Users whose name holds what is looked for."""
    wanted: SearchQuery = call.query
    term = sanitise(wanted.q).lower()
    if not 2 <= len(term) <= 30:
        raise BadRequest("q: 2 to 30 characters")
    start = paging.read_position(wanted.nextToken, people.search_partition(term), prefix=term)
    return matching(call.user_id, term, wanted.limit, start, call.now)


def matching(viewer: str, term: str, limit: int, start: Mapping[str, Any] | None, now: int) -> dict[str, Any]:
    """The next users that a viewer may find, each as far as the viewer may see."""
    shown: list[dict[str, Any]] = []
    for _ in range(table.ROUNDS):
        page = _page(viewer, term, limit - len(shown), start)
        shown += _shown(viewer, [item["userId"] for item in page.items], now)
        start = page.next
        if len(shown) >= limit or start is None:
            break
    return {"users": shown, "next_token": paging.base64_token(start)}


def _page(viewer: str, term: str, want: int, start: Mapping[str, Any] | None) -> table.Page:
    def is_first(entry: Item) -> bool:
        # a name that holds the term twice has two entries with it: only the longer ending counts
        ending = entry["SK"].split("#")[0]
        name: str = entry["username"]
        return entry["userId"] != viewer and len(name) - len(ending) == name.find(term)

    return table.fill(people.search_partition(term), want, is_first, start=start, prefix=term)


def _shown(viewer: str, user_ids: list[str], now: int) -> list[dict[str, Any]]:
    keys = [key for user_id in user_ids for key in _keys(viewer, user_id)]
    found = table.get_many(keys)
    shown = (_one(viewer, user_id, found, now) for user_id in user_ids)
    return [user for user in shown if user]


def _keys(viewer: str, user_id: str) -> tuple[dict[str, str], ...]:
    return (
        people.profile(user_id),
        people.privacy(user_id),
        people.friendship(viewer, user_id),
        people.friendship(user_id, viewer),
    )


def _one(viewer: str, user_id: str, found: Found, now: int) -> dict[str, Any] | None:
    profile, settings, own, other = (found.get((key["PK"], key["SK"])) for key in _keys(viewer, user_id))
    relation = of_records(own, other)
    if profile is None or relation is Relationship.BLOCKED or not users.is_reachable(profile, now):
        return None
    seen = privacy.visible(profile, effective(settings), relation)
    status = friendship_status(viewer, own, other)
    return {
        "user_id": user_id,
        "username": profile["username"],
        "full_name": seen.get("fullName"),
        "avatar_url": seen.get("avatarUrl") or cdn.default_avatar(),
        "bio": seen.get("bio"),
        "country": seen.get("country"),
        "friendship_status": status,
        "is_friend": status == "friends",
        "is_pending_sent": status == "pending_sent",
        "is_pending_received": status == "pending_received",
    }

"""Users who have long not been there: marked for deletion, and warned."""

from __future__ import annotations

from typing import Any

from boto3.dynamodb.conditions import Attr

from admin import admins, audit
from admin.audit import Actor, actor_of
from admin.people.models import CleanupInactiveRequest
from admin.telling import tell
from kitchen import changes, clock, table
from kitchen.keys import people
from kitchen.routes import Call, Routes
from kitchen.table import Item

routes = Routes()

GRACE = 7 * clock.DAY
# so many are marked by one request, which has its time limit
MOST = 500


@routes.post("/admin/users/cleanup-inactive", group="admin", body=CleanupInactiveRequest, body_required=False)
def post_cleanup(call: Call) -> dict[str, Any]:
    """Mark inactive users, or say who they are."""
    hidden = admins.known(call.user_id)
    return clean(actor_of(call), call.body.inactiveDays, call.body.dryRun, hidden, call.now)


def clean(actor: Actor, days: int, dry: bool, hidden: frozenset[str], now: int) -> dict[str, Any]:
    """Give profiles without a sign-in for so many days a week to live, unless their users come back."""
    found = inactive(now - days * clock.DAY, hidden)
    concerned = found[:MOST]
    marked = 0 if dry else sum(_mark(profile, now) for profile in concerned)
    if not dry:
        audit.record(actor, "CLEANUP_INACTIVE_USERS", now, reason=f"inactive for {days} days", marked=marked)
    return {
        "dryRun": dry,
        "inactiveDays": days,
        "users": [
            {name: profile.get(name) for name in ("userId", "username", "email", "lastLoginAt")}
            for profile in concerned
        ],
        "count": len(concerned),
        "markedCount": marked,
        "deletionAt": None if dry else now + GRACE,
        "hasMore": len(found) > MOST,
    }


def inactive(before: int, hidden: frozenset[str]) -> list[Item]:
    """The profiles last signed in with, and used, before a moment, that are not marked yet; one more than is wanted."""
    quiet = Attr("lastLoginAt").lt(before) & Attr("ttl").not_exists()
    unused = Attr("lastActivityAt").not_exists() | Attr("lastActivityAt").lt(before)
    found: list[Item] = []
    # nobody younger can have been away for so long
    for profile in table.every(people.ALL_USERS, index="GSI3", between=("0", f"{before:013d}"), where=quiet & unused):
        if profile["userId"] not in hidden:
            found.append(profile)
        if len(found) > MOST:
            break
    return found


def _mark(profile: Item, now: int) -> bool:
    unchanged = Attr("lastLoginAt").eq(profile["lastLoginAt"]) & Attr("ttl").not_exists()
    try:
        changes.update(people.profile(profile["userId"]), {"ttl": clock.seconds(now + GRACE)}, when=unchanged)
    except changes.ConditionFailed:
        return False
    tell(profile["userId"], "WARNING", now, reason="inactive", deletionAt=now + GRACE)
    return True

"""The user pool and the table held against each other; what belongs to nobody is taken away."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from admin import admins, audit
from admin.audit import Actor, actor_of
from admin.failures import AWS_ERRORS
from admin.people.models import SyncUsersRequest
from kitchen import cascade, clock, pool, table
from kitchen.keys import people
from kitchen.logs import logger
from kitchen.routes import Call, Routes

routes = Routes()

# so many are deleted, and named, by one request, which has its time limit
MOST = 50

Orphan = dict[str, str]


@routes.post("/admin/users/sync", group="admin", body=SyncUsersRequest, body_required=False)
def post_sync(call: Call) -> dict[str, Any]:
    """Compare pool and table, and delete what one has without the other."""
    wanted: SyncUsersRequest = call.body
    return sync(actor_of(call), wanted.dryRun, wanted.deleteS3, wanted.deleteCognitoOrphans, call.now)


def sync(actor: Actor, dry: bool, files: bool, in_pool: bool, now: int) -> dict[str, Any]:
    """Who is in the table but not in the pool, who in the pool but not in the table; deleted unless `dry`."""
    # the table first: who signs up meanwhile is in the pool before being in the table
    profiles = {item["userId"]: str(item["username"]) for item in table.every(people.ALL_USERS, index="GSI3")}
    pooled = {_id(user): user for user in pool.every_user()}
    left = [_orphan(user_id, name) for user_id, name in profiles.items() if user_id not in pooled]
    unclaimed = _unclaimed(pooled, profiles.keys(), now)
    told = {
        "dryRun": dry,
        "cognitoUsers": len(pooled),
        "tableUsers": len(profiles),
        "tableOrphans": left[:MOST],
        "tableOrphanCount": len(left),
        "cognitoOrphans": unclaimed[:MOST],
        "cognitoOrphanCount": len(unclaimed),
    }
    errors: list[dict[str, str]] = []
    deleted = {"table": 0, "cognito": 0}
    if not dry:
        deleted["table"] = _each(left[:MOST], lambda orphan: _drop(orphan, files), errors)
        wanted = unclaimed[:MOST] if in_pool else []
        deleted["cognito"] = _each(wanted, lambda orphan: _release(orphan, files), errors)
        audit.record(actor, "SYNC_USERS", now, **deleted, errors=len(errors))
    return {**told, "deleted": deleted, "errors": errors, "hasMore": max(len(left), len(unclaimed)) > MOST}


def _unclaimed(pooled: dict[str, dict[str, Any]], profiles: Iterable[str], now: int) -> list[Orphan]:
    """The pool's users without a profile; an administrator needs none, and a sign-up has a day to be confirmed."""
    alone = pooled.keys() - set(profiles)
    if not alone:
        return []
    alone -= admins.ids()
    yesterday = datetime.fromtimestamp(clock.seconds(now), UTC) - timedelta(days=1)
    return [
        _orphan(user_id, user["Username"])
        for user_id, user in sorted(pooled.items())
        if user_id in alone and (user["UserStatus"] != "UNCONFIRMED" or user["UserCreateDate"] < yesterday)
    ]


def _each(orphans: list[Orphan], delete: Callable[[Orphan], bool], errors: list[dict[str, str]]) -> int:
    """Delete one after the other, passing over what fails, and return how many are gone."""
    gone = 0
    for orphan in orphans:
        try:
            gone += delete(orphan)
        except AWS_ERRORS:
            logger.exception("an orphan could not be deleted")
            errors.append({**orphan, "message": "could not be deleted"})
    return gone


def _drop(orphan: Orphan, files: bool) -> bool:
    """Delete what a user left in the table, unless the user is in the pool after all."""
    if pool.has_user(orphan["userId"]) or pool.has_user(orphan["username"]):
        return False
    cascade.delete_account(orphan["userId"], orphan["username"], files)
    return True


def _release(orphan: Orphan, files: bool) -> bool:
    """Delete a user of the pool with what an expired profile left behind, unless there is a profile after all."""
    if table.get(people.profile(orphan["userId"]), consistent=True):
        return False
    cascade.delete_account(orphan["userId"], orphan["username"], files)
    return True


def _orphan(user_id: str, username: str) -> Orphan:
    return {"userId": user_id, "username": username}


def _id(user: dict[str, Any]) -> str:
    return pool.attribute(user, "sub") or str(user["Username"])

"""Deleting a user with everything the user owns."""

from __future__ import annotations

from typing import Any

from admin import audit
from admin.audit import Actor, actor_of
from admin.people.models import DeleteUserQuery
from kitchen import cascade, pool, users
from kitchen.errors import BadRequest, NotFound
from kitchen.routes import Call, Routes

routes = Routes()


@routes.delete("/admin/users/{userId}", group="admin", query=DeleteUserQuery)
def delete_user(call: Call) -> dict[str, Any]:
    """Delete a user, or say what that would take away."""
    wanted: DeleteUserQuery = call.query
    return remove(actor_of(call), call.path["userId"], wanted.reason or "", bool(wanted.dryRun), call.now)


def remove(actor: Actor, user_id: str, reason: str, dry: bool, now: int) -> dict[str, Any]:
    """Delete a user and note it; a deletion that broke off is finished by asking again."""
    if user_id == actor.user_id:
        raise BadRequest("nobody deletes himself here")
    profile = users.find(user_id)
    # what is left of a user whose profile expired is found by the pool
    if profile is None and not pool.has_user(user_id):
        raise NotFound("there is no such user", code="TARGET_USER_NOT_FOUND")
    username = str((profile or {}).get("username") or "")
    told = {"userId": user_id, "username": username, "dryRun": dry}
    if dry:
        return {**told, "stats": cascade.survey(user_id)}
    # before the deed: what was begun is noted even where it breaks off
    audit.record(actor, "DELETE_USER_CASCADE", now, {"userId": user_id, "username": username}, reason)
    return {**told, "deletedAt": now, "stats": cascade.delete_account(user_id, username)}

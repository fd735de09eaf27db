"""Decisions on a post by itself: reviewed, taken down, brought back."""

from __future__ import annotations

from typing import Any

from boto3.dynamodb.conditions import Attr

from admin import audit
from admin.audit import Actor, actor_of
from admin.failures import only_logged, told_as
from admin.moderation import contents, reports
from admin.moderation.contents import Content
from admin.moderation.models import ModeratePostRequest, ReviewPostRequest
from admin.telling import tell
from kitchen import changes, clock, postings
from kitchen.errors import BadRequest
from kitchen.keys import people
from kitchen.routes import Call, Routes
from kitchen.steps import PRESENT, Put, Step, Update

routes = Routes()

_STANDING = PRESENT & Attr("status").ne("deleted")


@routes.post("/admin/posts/{postId}/review", group="admin", body=ReviewPostRequest)
def post_review(call: Call) -> dict[str, Any]:
    """Approve or reject a reported post."""
    return review(actor_of(call), call.path["postId"], call.body.action, call.body.reason, call.now)


@routes.delete("/admin/posts/{postId}", group="admin", body=ModeratePostRequest)
def delete_post(call: Call) -> dict[str, Any]:
    """Take a post down."""
    return remove(actor_of(call), call.path["postId"], call.body.reason, call.body.notifyAuthor, call.now)


@routes.post("/admin/posts/{postId}/restore", group="admin", body=ModeratePostRequest)
def post_restore(call: Call) -> dict[str, Any]:
    """Bring a post back."""
    return restore(actor_of(call), call.path["postId"], call.body.reason, call.body.notifyAuthor, call.now)


def review(actor: Actor, post_id: str, action: str, reason: str, now: int) -> dict[str, Any]:
    """Approve a post, so that its reports count no more, or reject it, so that nobody sees it."""
    post = contents.find_standing("post", post_id)
    said = contents.moderated(action, actor.user_id, reason, now)
    if action == "APPROVE":
        status, settled = "active", "dismissed"
        step = contents.restoring(post, actor.user_id, reason, now, _STANDING, **said)
    else:
        status, settled = "hidden", "action_taken"
        step = Update(post.key, {**contents.hidden(actor.user_id, reason, now), **said}, when=_STANDING)
    _decide(actor, post, f"{action}_POST", reason, now, step)
    with only_logged("settling the reports of a post"):
        reports.settle(post, settled, actor.user_id, reason, now)
    return {"postId": post_id, "action": action, "postStatus": status, "reviewedAt": now}


def remove(actor: Actor, post_id: str, reason: str, notify: bool, now: int) -> dict[str, Any]:
    """Take a post down; it can be brought back."""
    post = contents.find_standing("post", post_id)
    gone = {"status": "deleted", "deletedAt": clock.iso(now), "deletedBy": actor.user_id, "deletedReason": reason}
    # what is to vanish by itself once hidden would not wait to be brought back
    step = Update(post.key, {**gone, "updatedAt": clock.iso(now)}, remove=["ttl"], when=_STANDING)
    _decide(actor, post, "DELETE_POST", reason, now, step)
    with only_logged("counting a post no more"):
        postings.lower(people.profile(post.author_id), "totalPosts")
        reports.settle(post, "action_taken", actor.user_id, reason, now)
    if notify:
        tell(post.author_id, "post_deleted", now, about=("post", post_id), reason=reason)
    return {"postId": post_id, "postStatus": "deleted", "deletedAt": now}


def restore(actor: Actor, post_id: str, reason: str, notify: bool, now: int) -> dict[str, Any]:
    """Bring back a post that was hidden, taken down, or under review."""
    post = contents.find("post", post_id)
    if post.status == "active":
        raise BadRequest("the post is active already", code="POST_ALREADY_ACTIVE")
    same = PRESENT & Attr("status").eq(post.status)
    steps: list[Step] = [contents.restoring(post, actor.user_id, reason, now, same)]
    if post.status == "deleted":
        steps.append(Update(people.profile(post.author_id), add={"totalPosts": 1}, when=PRESENT))
    _decide(actor, post, "RESTORE_POST", reason, now, *steps)
    if notify:
        tell(post.author_id, "post_restored", now, about=("post", post_id), reason=reason)
    return {"postId": post_id, "postStatus": "active", "restoredAt": now}


def _decide(actor: Actor, post: Content, action: str, reason: str, now: int, *steps: Step) -> None:
    """Carry a decision out and note it, both or neither."""
    target = {"userId": post.author_id, "username": post.item.get("authorUsername")}
    note = audit.entry(actor, action, now, target, reason, postId=post.id)
    with told_as("MODERATION_ERROR", "the decision could not be carried out"):
        try:
            changes.transact(*steps, Put(note))
        except changes.ConditionFailed as failed:
            if failed.old is None or failed.old.get("status") == "deleted":
                raise contents.unknown("post") from None
            raise

"""The caller's violations: what was wrong, and whether an appeal is possible."""

from __future__ import annotations

from typing import Any

from boto3.dynamodb.conditions import Attr, ConditionBase

from kitchen import clock, table, users
from kitchen.errors import BadRequest, Forbidden, NotFound
from kitchen.keys import moderation, people, posts
from kitchen.routes import Call, Routes
from kitchen.table import Item
from social import comments
from social.models import ViolationQuery

routes = Routes()

_ID = {"post": "postId", "comment": "commentId"}
_SHOWN = {
    "post": ("postId", "postType", "title", "caption", "images", "recipeId", "privacyLevel", "createdAt"),
    "comment": ("commentId", "postId", "content", "parentCommentId", "createdAt"),
}
_APPEAL = ("appealId", "appealType", "status", "reason", "createdAt", "reviewedAt", "reviewNotes")


@routes.get("/users/me/violations", query=ViolationQuery)
def get_violation(call: Call) -> dict[str, Any]:
    """One of the caller's violations, by its own id or by that of the content."""
    query: ViolationQuery = call.query
    violation: Item | None
    if query.violationId:
        violation = find(call.user_id, query.violationId)
        kind = str(violation["violationType"])
        content_id = str(violation.get(_ID[kind], ""))
    elif query.type and query.id:
        kind, content_id = query.type, query.id
        violation = newest(call.user_id, kind, content_id)
    else:
        raise BadRequest("name a violationId, or the type and id of the content")
    content = content_of(kind, content_id)
    if content and content["authorId"] != call.user_id:
        raise Forbidden("this content is not yours")
    if violation is None and (content is None or content.get("status") != "hidden"):
        raise NotFound("there is no such violation")
    return {"data": explain(call.user_id, kind, content_id, content, violation, call.now)}


def explain(
    user_id: str, kind: str, content_id: str, content: Item | None, violation: Item | None, now: int
) -> dict[str, Any]:
    """What was wrong with some content, and what can be done about it."""
    held = violation or {}
    appeal = appeal_of(user_id, content_id, held.get("violationId"))
    told: dict[str, Any] = {
        "violationId": held.get("violationId"),
        "contentType": kind,
        "contentId": content_id,
        "content": _content(kind, content, held, appeal, now),
        "violation": _violation(held, content or {}),
    }
    if appeal:
        told["appeal"] = {name: appeal[name] for name in _APPEAL if name in appeal}
    if content is None:
        told["contentDeleted"] = True
    return told


def find(user_id: str, violation_id: str) -> Item:
    """A user's violation by its id."""
    key = moderation.violation(user_id, violation_id, 0)
    violation = table.get({"PK": key["PK"], "SK": key["SK"]})
    if violation is None or violation.get("violationType") not in _ID:
        raise NotFound("there is no such violation")
    return violation


def newest(user_id: str, kind: str, content_id: str) -> Item | None:
    """A user's latest violation by some content."""
    named = Attr("violationType").eq(kind) & Attr(_ID[kind]).eq(content_id)
    found = table.every(moderation.violation(user_id, "", 0)["GSI1PK"], index="GSI1", newest=True, where=named)
    return next(found, None)


def content_of(kind: str, content_id: str) -> Item | None:
    """The post or comment as it is now; None where it is gone."""
    if not content_id:
        return None
    item = table.get(posts.post(content_id), consistent=True) if kind == "post" else comments.find_by_id(content_id)
    # what its author deleted is gone, though the rest of it may still be going
    return None if item and item.get("deletedBy") == item["authorId"] else item


def appeal_of(user_id: str, content_id: str, violation_id: str | None) -> Item | None:
    """A user's latest appeal against a violation."""
    about: ConditionBase = Attr("contentId").eq(content_id)
    if violation_id:
        about |= Attr("violationId").eq(violation_id)
    found = table.every(people.user(user_id), prefix="APPEAL#", where=about)
    return max(found, key=lambda item: item.get("createdAt", 0), default=None)


def is_past(deadline: Any, now: int) -> bool:
    """Whether a deadline, in epoch milliseconds or as ISO-8601, is over."""
    if not deadline:
        return False
    return now > (clock.moment(deadline) if isinstance(deadline, str) else deadline)


def _content(kind: str, content: Item | None, violation: Item, appeal: Item | None, now: int) -> dict[str, Any]:
    if content is None:
        text = violation.get("violationContent", "")
        return {"content": text, "status": "deleted", "canAppeal": False}
    shown = {name: content[name] for name in _SHOWN[kind] if name in content}
    deadline = content.get("appealDeadline")
    waiting = appeal is not None and appeal.get("status") == "pending"
    hidden = content.get("status") == "hidden"
    return {
        **shown,
        "status": content.get("status", "active"),
        "hiddenAt": content.get("hiddenAt"),
        "hiddenReason": content.get("hiddenReason"),
        "appealDeadline": deadline,
        "canAppeal": hidden and bool(content.get("canAppeal")) and not waiting and not is_past(deadline, now),
    }


def _violation(violation: Item, content: Item) -> dict[str, Any]:
    """What the moderators found; where reports alone hid the content, what those say."""
    if not violation:
        return {
            "type": "auto_hide",
            "reason": content.get("hiddenReason"),
            "severity": "medium",
            "adminUsername": None,
            "createdAt": content.get("hiddenAt"),
            "reportCount": content.get("reportCount", 0),
        }
    named = violation.get("adminUsername")
    if named is None and violation.get("adminUserId"):
        named = (users.find(violation["adminUserId"]) or {}).get("username")
    told = {name: violation.get(name) for name in ("type", "reason", "severity", "createdAt", "reportCount")}
    return {**told, "adminUsername": named}

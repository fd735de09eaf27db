"""Feedback as it lies in the table."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from boto3.dynamodb.conditions import Attr

from kitchen import changes, table, users
from kitchen.errors import BadRequest, NotFound
from kitchen.keys import moderation, people
from kitchen.steps import Put, Update
from kitchen.table import Item


def create(profile: Item, title: str, content: str, now: int) -> Item:
    """A new feedback of a user."""
    feedback_id, user_id = str(uuid4()), profile["userId"]
    feedback = {
        **moderation.feedback(user_id, feedback_id),
        **moderation.feedback_indexes(feedback_id, "pending", now),
        "feedbackId": feedback_id,
        "userId": user_id,
        "username": profile.get("username"),
        "userAvatarUrl": profile.get("avatarUrl"),
        "title": title,
        "content": content,
        "status": "pending",
        "replyCount": 0,
        "createdAt": now,
        "updatedAt": now,
    }
    changes.put(feedback, changes.ABSENT)
    return feedback


def find(feedback_id: str) -> Item:
    """A feedback by its id alone, as it is now."""
    for indexed in table.query(f"FEEDBACK_ID#{feedback_id}", index="GSI2", limit=1).items:
        found = table.get(moderation.feedback(indexed["userId"], feedback_id), consistent=True)
        if found:
            return found
    raise _unknown()


def of_user(user_id: str) -> list[Item]:
    """A user's own feedback, the newest first."""
    found = table.every(people.user(user_id), prefix="FEEDBACK#", consistent=True)
    return sorted(found, key=lambda feedback: int(feedback["createdAt"]), reverse=True)


def newest(status: str, limit: int) -> list[Item]:
    """The newest feedback of all users, in a state or in any."""
    states = ("pending", "closed") if status == "all" else (status,)
    found = [
        item
        for state in states
        for item in table.query(f"FEEDBACK#{state}", index="GSI1", newest=True, limit=limit).items
    ]
    return sorted(found, key=lambda feedback: int(feedback["createdAt"]), reverse=True)[:limit]


def view(feedback: Item) -> dict[str, Any]:
    """A feedback with the conversation about it."""
    replies = [users.attributes(reply) for reply in table.every(f"FEEDBACK#{feedback['feedbackId']}", prefix="REPLY#")]
    return {"feedback": users.attributes(feedback), "replies": replies, "replyCount": len(replies)}


def reply(feedback: Item, user_id: str, username: str, content: str, is_admin: bool, now: int) -> dict[str, Any]:
    """A reply, while the feedback is open."""
    feedback_id, reply_id = feedback["feedbackId"], str(uuid4())
    made = {
        "replyId": reply_id,
        "feedbackId": feedback_id,
        "userId": user_id,
        "username": username,
        "content": content,
        "isAdmin": is_admin,
        "createdAt": now,
    }
    key = moderation.feedback(feedback["userId"], feedback_id)
    try:
        changes.transact(
            Update(key, {"updatedAt": now}, add={"replyCount": 1}, when=Attr("status").eq("pending")),
            Put({**moderation.feedback_reply(feedback_id, now, reply_id), **made}),
        )
    except changes.ConditionFailed as failed:
        if failed.old is None:
            raise _unknown() from None
        raise BadRequest("the feedback is closed", code="FEEDBACK_CLOSED") from None
    return {"message": "the reply is sent", "reply": made}


def close(feedback: Item, closed_by: str, now: int) -> dict[str, Any]:
    """Close a feedback; closing it again changes nothing."""
    feedback_id = feedback["feedbackId"]
    indexes = moderation.feedback_indexes(feedback_id, "closed", feedback["createdAt"])
    values = {**indexes, "status": "closed", "updatedAt": now, "closedAt": now, "closedBy": closed_by}
    key = moderation.feedback(feedback["userId"], feedback_id)
    try:
        changes.update(key, values, when=Attr("status").eq("pending"))
    except changes.ConditionFailed as failed:
        if failed.old is None:
            raise _unknown() from None
    return {"feedbackId": feedback_id, "status": "closed"}


def _unknown() -> NotFound:
    return NotFound("there is no such feedback", code="FEEDBACK_NOT_FOUND")

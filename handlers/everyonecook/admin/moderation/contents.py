"""Posts and comments as moderators handle them: found, hidden, brought back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from boto3.dynamodb.conditions import ConditionBase

from kitchen import clock, table, users
from kitchen.errors import NotFound
from kitchen.keys import posts
from kitchen.steps import Update
from kitchen.table import Item
from kitchen.text import cut

HIDDEN = ("hiddenAt", "hiddenBy", "hiddenReason", "canAppeal", "appealDeadline", "pendingAppealId", "ttl")
DELETED = ("deletedAt", "deletedBy", "deletedReason")
REPORTED = ("GSI5PK", "GSI5SK")


@dataclass(frozen=True)
class Content:
    """A post or a comment, as it was read."""

    kind: str
    id: str
    item: Item

    @property
    def key(self) -> dict[str, str]:
        """Where it lies."""
        return {"PK": self.item["PK"], "SK": self.item["SK"]}

    @property
    def author_id(self) -> str:
        """Who wrote it."""
        return str(self.item["authorId"])

    @property
    def post_id(self) -> str:
        """The post that it is, or is a comment on."""
        return self.id if self.kind == "post" else str(self.item["postId"])

    @property
    def status(self) -> str:
        """Its state; what says nothing of it is active."""
        return str(self.item.get("status") or "active")

    @property
    def reports(self) -> int:
        """How often it was reported since a moderator last dismissed the reports."""
        return int(self.item.get("reportCount") or 0)

    @property
    def name(self) -> dict[str, str]:
        """Its ids, as violations, notifications and notes of actions bear them."""
        return {"postId": self.post_id} | ({"commentId": self.id} if self.kind == "comment" else {})

    def text(self, most: int) -> str:
        """The first characters of what it says."""
        names = ("content",) if self.kind == "comment" else ("title", "caption")
        return cut(" - ".join(str(self.item[name]) for name in names if self.item.get(name)), most)

    def shown(self) -> dict[str, Any]:
        """Its attributes, as administrators see them."""
        return {**users.attributes(self.item), "status": self.status}


def find(kind: str, content_id: str) -> Content:
    """A post or comment by its id, as it is now, whatever its state."""
    item = _post(content_id) if kind == "post" else _comment(content_id)
    if item is None:
        raise unknown(kind)
    return Content(kind, content_id, item)


def find_standing(kind: str, content_id: str) -> Content:
    """The same, unless it is deleted."""
    content = find(kind, content_id)
    if content.status == "deleted":
        raise unknown(kind)
    return content


def hidden(by: str, reason: str, now: int) -> dict[str, Any]:
    """What hiding writes into a post or comment."""
    return {"status": "hidden", "hiddenAt": clock.iso(now), "hiddenBy": by, "hiddenReason": reason, "canAppeal": True}


def moderated(action: str, by: str, reason: str, now: int) -> dict[str, Any]:
    """What every decision of a moderator writes into a post or comment."""
    return {
        "moderationAction": action,
        "moderationReason": reason,
        "moderationAt": clock.iso(now),
        "moderationBy": by,
        "updatedAt": clock.iso(now),
    }


def restoring(content: Content, by: str, reason: str, now: int, when: ConditionBase, **more: Any) -> Update:
    """The step that makes a post or comment active again; reports made so far count no more."""
    at = clock.iso(now)
    back = {"status": "active", "reportCount": 0, "updatedAt": at}
    told: Mapping[str, Any] = {"restoredAt": at, "restoredBy": by, "restoredReason": reason}
    return Update(content.key, {**back, **told, **more}, remove=[*HIDDEN, *DELETED, *REPORTED], when=when)


def unknown(kind: str) -> NotFound:
    """The refusal of a post or comment that is not there."""
    return NotFound(f"there is no such {kind}", code=f"{kind.upper()}_NOT_FOUND")


def _post(post_id: str) -> Item | None:
    return table.get(posts.post(post_id), consistent=True)


def _comment(comment_id: str) -> Item | None:
    for indexed in table.query(posts.comment_partition(comment_id), index="GSI2", limit=1).items:
        return table.get({"PK": indexed["PK"], "SK": indexed["SK"]}, consistent=True)
    return None

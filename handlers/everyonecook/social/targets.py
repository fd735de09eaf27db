"""What is reacted to or reported: a post, or a comment on one."""

from __future__ import annotations

from dataclasses import dataclass

from boto3.dynamodb.conditions import Attr, ConditionBase

from kitchen import table
from kitchen.errors import BadRequest
from kitchen.keys import posts
from kitchen.postings import key_of
from kitchen.steps import PRESENT
from kitchen.table import Item
from social import comments, visibility
from social.circle import Circle

# It may be written to as long as nobody has deleted it.
STANDING: ConditionBase = PRESENT & Attr("status").ne("deleted")


@dataclass(frozen=True)
class Target:
    """A post or a comment, as it was read."""

    kind: str
    id: str
    item: Item
    post: Item

    @property
    def key(self) -> dict[str, str]:
        """Where it lies."""
        return key_of(self.item)

    @property
    def author(self) -> str:
        """Who wrote it."""
        return str(self.item["authorId"])

    @property
    def partition(self) -> str:
        """Where reactions to it and reports of it lie."""
        return posts.target_partition(self.kind, self.id)

    def read(self) -> Item | None:
        """The item as it is now."""
        return table.get(self.key, consistent=True)


def find_post(circle: Circle, post_id: str) -> Target:
    """A post that the viewer may open."""
    post = visibility.find_visible(circle, post_id)
    return Target("post", post_id, post, post)


def find_comment(circle: Circle, post_id: str, comment_id: str) -> Target:
    """A comment that the viewer may read."""
    post = visibility.find_visible(circle, post_id)
    return Target("comment", comment_id, comments.find_readable(circle, post_id, comment_id), post)


def find(circle: Circle, kind: str, target_id: str) -> Target:
    """A post or a comment by its own id alone."""
    if kind == "post":
        return find_post(circle, target_id)
    comment = comments.find_by_id(target_id)
    if comment is None:
        raise comments.unknown()
    return find_comment(circle, comment["postId"], target_id)


def find_in(circle: Circle, post_id: str, kind: str | None, target_id: str | None) -> Target:
    """What a body names within the post of the path: one of its comments, or without a name the post itself."""
    if kind == "comment":
        if target_id is None:
            raise BadRequest("targetId: which comment is meant?")
        return find_comment(circle, post_id, target_id)
    if target_id not in (None, post_id):
        raise BadRequest("targetId: this is not the post of the path; a comment needs targetType comment")
    return find_post(circle, post_id)

"""Who may see a post."""

from __future__ import annotations

from collections.abc import Iterable

from kitchen import levels, table
from kitchen.errors import Forbidden, NotFound
from kitchen.keys import posts
from kitchen.levels import Relationship
from kitchen.table import Item
from social.circle import Circle


def may_list(post: Item, relation: Relationship) -> bool:
    """Whether a post stands in a list that somebody reads: what moderators hid does not, not even for its author."""
    return post.get("status") not in ("hidden", "deleted") and levels.may_see(post["privacyLevel"], relation)


def may_view(post: Item, relation: Relationship) -> bool:
    """Whether somebody may open a post; its author may even when it is hidden."""
    if relation is Relationship.SELF:
        return post.get("status") != "deleted"
    return may_list(post, relation)


def listed(circle: Circle, found: Iterable[Item]) -> list[Item]:
    """Those of some posts that the viewer may see in a list."""
    items = list(found)
    circle.meet(item["authorId"] for item in items)
    return [item for item in items if may_list(item, circle.person(item["authorId"]).relation)]


def find(post_id: str) -> Item:
    """A post, whoever may see it."""
    post = table.get(posts.post(post_id), consistent=True)
    if post is None or post.get("status") == "deleted":
        raise unknown()
    return post


def find_visible(circle: Circle, post_id: str) -> Item:
    """A post that the viewer may open."""
    post = find(post_id)
    if not may_view(post, circle.person(post["authorId"]).relation):
        raise unknown()
    return post


def find_own(user_id: str, post_id: str) -> Item:
    """A post of the user's own."""
    post = find(post_id)
    if post["authorId"] != user_id:
        raise Forbidden("this is not your post")
    return post


def unknown() -> NotFound:
    """The refusal of a post that is not there, or not for the viewer."""
    return NotFound("there is no such post, or it is not for you", code="POST_NOT_ACCESSIBLE")

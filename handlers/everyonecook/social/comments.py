"""Comments on posts."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from boto3.dynamodb.conditions import Attr

from kitchen import changes, clock, paging, table
from kitchen.body import Listing
from kitchen.errors import BadRequest, Forbidden, NotFound
from kitchen.keys import posts
from kitchen.postings import empty, key_of
from kitchen.routes import Answer, Call, Routes
from kitchen.steps import ABSENT, PRESENT, Check, Delete, Put, Step, Update
from kitchen.table import Item
from kitchen.text import sanitise
from social import mentions, news, visibility, writing
from social.circle import Circle
from social.models import CreateCommentRequest, UpdateCommentRequest
from social.pages import listing, read

routes = Routes()

PREFIX = "COMMENT#"


@routes.post("/posts/{postId}/comments", body=CreateCommentRequest)
def post_comment(call: Call) -> Answer:
    """Comment on a post, or reply to a comment."""
    circle = Circle(call.user_id)
    post = visibility.find_visible(circle, call.path["postId"])
    parent = find_readable(circle, post["postId"], named) if (named := call.body.parentCommentId) else None
    comment = write(call.user_id, post, parent, text_of(call.body.content), call.now)
    _tell(post, parent, comment, call.now)
    return Answer({"message": "the comment is published", "comment": show(circle, comment)}, 201)


@routes.get("/posts/{postId}/comments", query=Listing)
def get_comments(call: Call) -> dict[str, Any]:
    """A post's comments, oldest first."""
    circle = Circle(call.user_id)
    partition = posts.post_partition(call.path["postId"])
    start = paging.read_position(call.query.token, partition, prefix=PREFIX)
    visibility.find_visible(circle, call.path["postId"])
    page = read(partition, call.query.limit, lambda items: _seen(circle, items), start, prefix=PREFIX, newest=False)
    return listing("comments", [show(circle, item) for item in page.items], page.next)


@routes.put("/posts/{postId}/comments/{commentId}", body=UpdateCommentRequest)
def put_comment(call: Call) -> dict[str, Any]:
    """Change the text of an own comment."""
    comment = find_own(call)
    writing.check_not_hidden(comment)
    now = clock.iso(call.now)
    values = {"content": text_of(call.body.content), "isEdited": True, "editedAt": now, "updatedAt": now}
    try:
        changed = changes.update(key_of(comment), values, when=PRESENT & Attr("status").ne("hidden"))
    except changes.ConditionFailed:
        raise unknown() from None
    return {"message": "the comment is changed", "comment": show(Circle(call.user_id), changed)}


@routes.delete("/posts/{postId}/comments/{commentId}")
def delete_comment(call: Call) -> dict[str, str]:
    """Delete an own comment."""
    remove(find_own(call))
    return {"message": "the comment is deleted", "commentId": call.path["commentId"]}


def write(author: str, post: Item, parent: Item | None, content: str, now: int) -> Item:
    """A new comment, counted in its post."""
    replied = {"parentCommentId": parent["commentId"]} if parent else {}
    comment = _new(author, post["postId"], content, now) | replied
    steps: list[Step] = [
        Update(posts.post(post["postId"]), add={"comments": 1}, when=_commentable()),
        Put(comment, ABSENT),
    ]
    if parent:
        steps.append(Check(key_of(parent), PRESENT))
    try:
        changes.transact(*steps)
    except changes.ConditionFailed as failed:
        raise visibility.unknown() if failed.at == 0 else unknown() from None
    return comment


def remove(comment: Item) -> None:
    """Delete a comment with its reactions and reports, and count it no more."""
    gone = Delete(key_of(comment), PRESENT)
    counted = Update(posts.post(comment["postId"]), add={"comments": -1}, when=Attr("comments").gt(0))
    try:
        changes.transact(gone, counted)
    except changes.ConditionFailed as failed:
        if failed.at == 0:
            raise unknown() from None
        changes.delete(key_of(comment))
    empty(posts.comment_partition(comment["commentId"]))


def find(post_id: str, comment_id: str) -> Item:
    """A comment of a post."""
    comment = find_by_id(comment_id)
    if comment is None or comment["postId"] != post_id:
        raise unknown()
    return comment


def find_by_id(comment_id: str) -> Item | None:
    """A comment by its id alone, as it is now."""
    for indexed in table.query(posts.comment_partition(comment_id), index="GSI2", limit=1).items:
        return table.get(key_of(indexed), consistent=True)
    return None


def find_readable(circle: Circle, post_id: str, comment_id: str) -> Item:
    """A comment that a viewer of its post sees too."""
    comment = find(post_id, comment_id)
    if not may_read(circle, comment):
        raise unknown()
    return comment


def find_own(call: Call) -> Item:
    """The comment of the path, if the caller wrote it."""
    comment = find(call.path["postId"], call.path["commentId"])
    if comment["authorId"] != call.user_id:
        raise Forbidden("this is not your comment")
    return comment


def may_read(circle: Circle, comment: Item) -> bool:
    """Whether a viewer of the post sees a comment too."""
    return comment.get("status") not in ("hidden", "deleted") and not circle.person(comment["authorId"]).is_blocked


def show(circle: Circle, comment: Item) -> dict[str, Any]:
    """A comment as clients get it."""
    author = circle.person(comment["authorId"])
    names = ("commentId", "postId", "authorId", "content", "isEdited", "createdAt", "updatedAt")
    return {
        **{name: comment.get(name) for name in names},
        "parentCommentId": comment.get("parentCommentId"),
        "editedAt": comment.get("editedAt"),
        "likes": comment.get("likes", 0),
        "authorName": author.name,
        "authorUsername": author.username,
        "authorAvatar": author.avatar_url,
    }


def text_of(content: str) -> str:
    """What a comment says, made harmless."""
    if clean := sanitise(content):
        return clean
    raise BadRequest("content: nothing is left of it without its tags")


def unknown() -> NotFound:
    """The refusal of a comment that is not there."""
    return NotFound("there is no such comment")


def _new(author: str, post_id: str, content: str, now: int) -> Item:
    comment_id, created = str(uuid4()), clock.iso(now)
    return {
        **posts.comment(post_id, created, comment_id),
        **posts.comment_indexes(author, created, post_id, comment_id),
        "commentId": comment_id,
        "postId": post_id,
        "authorId": author,
        "content": content,
        "likes": 0,
        "reportCount": 0,
        "isEdited": False,
        "status": "active",
        "createdAt": created,
        "updatedAt": created,
    }


def _seen(circle: Circle, items: list[Item]) -> list[Item]:
    circle.meet(item["authorId"] for item in items)
    return [item for item in items if may_read(circle, item)]


def _commentable() -> Any:
    return PRESENT & Attr("status").ne("deleted")


def _tell(post: Item, parent: Item | None, comment: Item, now: int) -> None:
    author, about = comment["authorId"], {"postId": post["postId"], "preview": comment["content"][:100]}
    resource = ("comment", comment["commentId"])
    if parent is None:
        news.tell(post["authorId"], "new_comment", now, resource, author, about)
    else:
        news.tell(parent["authorId"], "comment_reply", now, resource, author, about)
    for mentioned in mentions.mentioned(author, comment["content"], post):
        news.tell(mentioned, "mention", now, resource, author, about)

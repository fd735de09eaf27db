"""Posts: written, read, changed, deleted."""

from __future__ import annotations

from typing import Any

from boto3.dynamodb.conditions import Attr

from kitchen import cdn, changes, clock, postings, table
from kitchen.errors import BadRequest, Conflict
from kitchen.keys import people, posts, recipes
from kitchen.routes import Answer, Call, Routes
from kitchen.table import Item
from kitchen.text import sanitise
from social import images, views, visibility, writing
from social.circle import Circle
from social.models import CreatePostRequest, PostStatsRequest, UpdatePostRequest

routes = Routes()

TRIES = 5


@routes.post("/posts", body=CreatePostRequest)
def post_post(call: Call) -> Answer:
    """Write a post."""
    post = write(call.user_id, call.body, call.now)
    return Answer({"message": "the post is published", "post": views.show_one(Circle(call.user_id), post)}, 201)


@routes.get("/posts/{postId}")
def get_post(call: Call) -> dict[str, Any]:
    """Read a post."""
    circle = Circle(call.user_id)
    return {"post": views.show_one(circle, visibility.find_visible(circle, call.path["postId"]))}


@routes.put("/posts/{postId}", body=UpdatePostRequest)
def put_post(call: Call) -> dict[str, Any]:
    """Change a post's title, or who may see it."""
    post = change(call.user_id, call.path["postId"], call.body.title, call.body.privacyLevel, call.now)
    return {"message": "the post is changed", "post": views.show_one(Circle(call.user_id), post)}


@routes.delete("/posts/{postId}")
def delete_post(call: Call) -> dict[str, str]:
    """Delete a post and what hangs on it."""
    remove(call.user_id, call.path["postId"], call.now)
    return {"message": "the post is deleted", "postId": call.path["postId"]}


@routes.post("/posts/stats", body=PostStatsRequest, public=True)
def post_stats(call: Call) -> dict[str, Any]:
    """Count the likes and comments of some posts."""
    viewer = call.signed_in.user_id if call.signed_in else None
    return {"stats": stats(viewer, call.body.postIds)}


def write(author: str, body: CreatePostRequest, now: int) -> Item:
    """A new post with its pictures, at most five."""
    title = writing.title_of(body.title, body.content)
    places = images.check_temporary(author, body.tempImageKeys or ())
    own = map(cdn.url, places.values())
    pictures = images.check_number([*own, *images.check_addresses(body.images or ())])
    said = {"title": title, "caption": sanitise(body.caption or ""), "tags": writing.tags_of(body.tags)}
    said |= {"images": pictures, "imageKeys": list(places.values())}
    post = writing.new_post(author, "quick", body.privacyLevel or body.privacy or "public", now, said)
    images.settle(places)
    try:
        changes.transact(*writing.publishing(post, now))
    except Exception:
        images.discard(places.values())
        raise
    images.discard(places)
    return post


def change(user_id: str, post_id: str, title: str | None, privacy: str | None, now: int) -> Item:
    """Change a post of the user's own."""
    if title is None and privacy is None:
        raise BadRequest("name a title or a privacyLevel")
    text = None if title is None else writing.title_of(title)
    for _ in range(TRIES):
        post = visibility.find_own(user_id, post_id)
        writing.check_not_hidden(post)
        try:
            return _change(post, text, privacy or post["privacyLevel"], now)
        except changes.ConditionFailed as failed:
            if failed.old is None:
                raise visibility.unknown() from None
    raise Conflict("the post is being changed by other requests; try again")


def remove(user_id: str, post_id: str, now: int) -> None:
    """Delete a post: first it is seen no more, then all that hangs on it goes, itself last."""
    post = table.get(posts.post(post_id), consistent=True)
    if post is None or (post.get("status") == "deleted" and post.get("deletedBy") != user_id):
        raise visibility.unknown()
    if post.get("status") != "deleted":
        visibility.find_own(user_id, post_id)
        _mark_deleted(post, user_id, now)
    if post.get("recipeId"):
        _unlink(post)
    images.discard(post.get("imageKeys") or ())
    postings.delete_post(post)


def stats(viewer: str | None, post_ids: list[str]) -> dict[str, Any]:
    """The counts of those posts that the viewer may see, by post id."""
    found = table.get_many(posts.post(post_id) for post_id in post_ids)
    seen = visibility.listed(Circle(viewer), found.values())
    reactions = views.own_reactions(viewer, [post["postId"] for post in seen])
    counts: dict[str, Any] = {}
    for post in seen:
        counts[post["postId"]] = {"likes_count": post["likes"], "comments_count": post["comments"]}
        if post["postId"] in reactions:
            counts[post["postId"]]["user_reaction"] = reactions[post["postId"]]
    return counts


def _change(post: Item, title: str | None, privacy: str, now: int) -> Item:
    said = post if title is None else {**post, "title": title}
    values = {"title": said["title"], "searchableText": writing.searchable(said), "privacyLevel": privacy}
    indexes = posts.post_indexes(post["postId"], post["authorId"], privacy, post["likes"], post["createdAt"])
    remove = [] if privacy == "public" else ["GSI3PK", "GSI3SK"]
    # the rank in the index must be that of the likes
    same = Attr("likes").eq(post["likes"]) & Attr("status").eq(post.get("status"))
    values |= {**indexes, "updatedAt": clock.iso(now)}
    return changes.update(posts.post(post["postId"]), values, remove=remove, when=same)


def _mark_deleted(post: Item, user_id: str, now: int) -> None:
    key = posts.post(post["postId"])
    deleted = {"status": "deleted", "deletedBy": user_id, "deletedAt": clock.iso(now)}
    try:
        changes.update(key, deleted, when=changes.PRESENT & Attr("status").ne("deleted"))
    except changes.ConditionFailed:
        raise visibility.unknown() from None
    postings.lower(people.profile(user_id), "totalPosts")
    if post.get("sharedPost"):
        postings.lower(posts.post(post["sharedPost"]["originalPostId"]), "shares")


def _unlink(post: Item) -> None:
    """The recipe of a post is shared no more, if it was shared by this post last."""
    mine = Attr("sharedPostId").eq(post["postId"])
    key = recipes.recipe(post["recipeId"])
    try:
        changes.update(key, {"isShared": False}, remove=("sharedPostId", "sharedAt"), when=mine)
    except changes.ConditionFailed:
        return

"""What people feel about posts and comments."""

from __future__ import annotations

from typing import Any

from kitchen import table
from kitchen.routes import Call, Routes
from kitchen.table import Item
from social import feelings, targets
from social.circle import Circle
from social.models import RemoveReactionRequest, SetReactionRequest
from social.targets import Target

routes = Routes()

USERS_SHOWN = 50


@routes.post("/posts/{postId}/reactions", body=SetReactionRequest)
def post_reaction(call: Call) -> dict[str, Any]:
    """React to a post or one of its comments."""
    body: SetReactionRequest = call.body
    target = targets.find_in(Circle(call.user_id), call.path["postId"], body.targetType, body.targetId)
    return _set(call, target, body.reactionType)


@routes.delete("/posts/{postId}/reactions", body=RemoveReactionRequest, body_required=False)
def delete_reaction(call: Call) -> dict[str, Any]:
    """Take a reaction back."""
    body: RemoveReactionRequest = call.body
    target = targets.find_in(Circle(call.user_id), call.path["postId"], body.targetType, body.targetId)
    return _remove(call, target)


@routes.post("/posts/{postId}/like")
def post_like(call: Call) -> dict[str, Any]:
    """Like a post."""
    return _set(call, targets.find_post(Circle(call.user_id), call.path["postId"]), "like")


@routes.delete("/posts/{postId}/like")
def delete_like(call: Call) -> dict[str, Any]:
    """Like a post no more."""
    return _remove(call, targets.find_post(Circle(call.user_id), call.path["postId"]))


@routes.get("/posts/{postId}/reactions")
def get_of_post(call: Call) -> dict[str, Any]:
    """What people feel about a post."""
    circle = Circle(call.user_id)
    return {"reactions": summary(circle, targets.find_post(circle, call.path["postId"]))}


@routes.get("/posts/{postId}/comments/{commentId}/reactions")
def get_of_comment(call: Call) -> dict[str, Any]:
    """What people feel about a comment."""
    circle = Circle(call.user_id)
    return {"reactions": summary(circle, targets.find_comment(circle, call.path["postId"], call.path["commentId"]))}


@routes.get("/posts/{postId}/reactions/me")
def get_own_of_post(call: Call) -> dict[str, Any]:
    """What the caller feels about a post."""
    return _own(call, targets.find_post(Circle(call.user_id), call.path["postId"]))


@routes.get("/posts/{postId}/comments/{commentId}/reactions/me")
def get_own_of_comment(call: Call) -> dict[str, Any]:
    """What the caller feels about a comment."""
    return _own(call, targets.find_comment(Circle(call.user_id), call.path["postId"], call.path["commentId"]))


def summary(circle: Circle, target: Target) -> dict[str, Any]:
    """For each feeling how many have it, and the first of them that the viewer may meet."""
    found: dict[str, list[str]] = {}
    for item in table.every(target.partition, prefix="REACTION#"):
        found.setdefault(item["reactionType"], []).append(item["userId"])
    circle.meet(user_id for user_ids in found.values() for user_id in user_ids[:USERS_SHOWN])
    return {kind: {"count": len(user_ids), "users": _users(circle, user_ids)} for kind, user_ids in found.items()}


def _users(circle: Circle, user_ids: list[str]) -> list[dict[str, Any]]:
    people = map(circle.person, user_ids[:USERS_SHOWN])
    return [
        {"userId": person.user_id, "username": person.username, "avatarUrl": person.avatar_url}
        for person in people
        if not person.is_blocked
    ]


def _set(call: Call, target: Target, kind: str) -> dict[str, Any]:
    reaction = feelings.react(call.user_id, target, kind, call.now)
    return {"message": "the reaction is kept", "reaction": _show(reaction), **_likes(target)}


def _remove(call: Call, target: Target) -> dict[str, Any]:
    feelings.take_back(call.user_id, target, call.now)
    return {"message": "the reaction is gone", **_likes(target)}


def _own(call: Call, target: Target) -> dict[str, Any]:
    reaction = feelings.find(call.user_id, target)
    if reaction is None:
        raise feelings.none()
    return {"reaction": _show(reaction)}


def _show(reaction: Item) -> dict[str, Any]:
    names = ("targetId", "targetType", "userId", "reactionType", "createdAt", "updatedAt")
    return {name: reaction[name] for name in names}


def _likes(target: Target) -> dict[str, int]:
    return {"likes_count": (target.read() or {}).get("likes", 0)}

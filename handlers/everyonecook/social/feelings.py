"""Reactions as they are kept: one for each user and target, counted in the target, noted for the week's trends."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from boto3.dynamodb.conditions import Attr

from kitchen import changes, clock, table
from kitchen.errors import Conflict, NotFound
from kitchen.keys import posts
from kitchen.postings import rank_again
from kitchen.steps import ABSENT, Delete, Put, Update
from kitchen.table import Item
from social import news, trends
from social.targets import STANDING, Target

TRIES = 5


def react(user_id: str, target: Target, kind: str, now: int) -> Item:
    """A user's one reaction to a target: new, changed, or as it was."""
    for _ in range(TRIES):
        held = find(user_id, target)
        if held and held["reactionType"] == kind:
            return held
        try:
            return _change(held, target, kind, now) if held else _begin(user_id, target, kind, now)
        except changes.ConditionFailed as failed:
            if not held and failed.at == 1:
                raise NotFound("this is not there any more") from None
    raise _busy()


def take_back(user_id: str, target: Target, now: int) -> None:
    """A user feels nothing about a target any more."""
    key = posts.reaction(target.kind, target.id, user_id)
    for _ in range(TRIES):
        held = find(user_id, target)
        if held is None:
            raise none()
        same = Attr("reactionType").eq(held["reactionType"])
        counted = Update(target.key, add={"likes": -1}, when=Attr("likes").gt(0))
        try:
            changes.transact(Delete(key, same), counted)
        except changes.ConditionFailed as failed:
            if failed.at == 0:
                continue
            changes.delete(key)
        _rank(target)
        _trend(target, held, -1, now)
        return
    raise _busy()


def find(user_id: str, target: Target) -> Item | None:
    """What a user feels about a target."""
    return table.get(posts.reaction(target.kind, target.id, user_id), consistent=True)


def none() -> NotFound:
    """The refusal of a reaction that is not there."""
    return NotFound("there is no reaction of yours")


def _begin(user_id: str, target: Target, kind: str, now: int) -> Item:
    created = clock.iso(now)
    reaction = {
        **posts.reaction(target.kind, target.id, user_id),
        **posts.reaction_index(user_id, created),
        "userId": user_id,
        "targetId": target.id,
        "targetType": target.kind,
        "postId": target.post["postId"],
        "reactionType": kind,
        "createdAt": created,
        "updatedAt": created,
        **_week(target, kind, now),
    }
    changes.transact(Put(reaction, ABSENT), Update(target.key, add={"likes": 1}, when=STANDING))
    _rank(target)
    _trend(target, reaction, 1, now)
    about = {"reactionType": kind, "postId": target.post["postId"]}
    news.tell(target.author, "new_reaction", now, (target.kind, target.id), user_id, about)
    return reaction


def _change(held: Item, target: Target, kind: str, now: int) -> Item:
    """Another feeling in place of one: counted once as before, but only a like is a trend."""
    week = _week(target, kind, now)
    changed = changes.update(
        {"PK": held["PK"], "SK": held["SK"]},
        {"reactionType": kind, "updatedAt": clock.iso(now), **week},
        remove=() if week else ("trendingWeek",),
        when=Attr("reactionType").eq(held["reactionType"]),
    )
    _trend(target, held, -1, now)
    _trend(target, changed, 1, now)
    return changed


def _week(target: Target, kind: str, now: int) -> dict[str, str]:
    """The week in which a reaction counts for the trends, noted in it so that it is taken from the same one."""
    counts = kind == "like" and target.kind == "post" and target.post["privacyLevel"] == "public"
    return {"trendingWeek": clock.week(now)} if counts else {}


def _trend(target: Target, reaction: Mapping[str, Any], by: int, now: int) -> None:
    if week := reaction.get("trendingWeek"):
        trends.count_like(target.post, week, by, now)


def _rank(target: Target) -> None:
    """Put a public post where its likes want it among the most liked."""
    if target.kind == "post" and (post := target.read()) and "GSI3PK" in post:
        rank_again(target.key, post)


def _busy() -> Conflict:
    return Conflict("the reaction is being changed by other requests; try again")

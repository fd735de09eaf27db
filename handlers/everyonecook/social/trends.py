"""What a week's people look for and like."""

from __future__ import annotations

from typing import Any

from boto3.dynamodb.conditions import Attr
from botocore.exceptions import BotoCoreError, ClientError

from kitchen import changes, clock, table
from kitchen.errors import BadRequest
from kitchen.keys import posts
from kitchen.logs import logger
from kitchen.routes import Call, Routes
from kitchen.table import Item
from kitchen.text import normalise, sanitise
from social.circle import Circle
from social.models import TrackSearchRequest, TrendQuery, TrendsQuery
from social.pages import read
from social.visibility import listed

routes = Routes()

KEPT_SECONDS = 7 * 86_400


@routes.get("/trending", query=TrendsQuery)
def get_trends(call: Call) -> dict[str, Any]:
    """The week's searches and posts."""
    week, limit = clock.week(call.now), call.query.limit
    searches, liked = top_searches(week, limit), top_posts(call.user_id, week, limit)
    return {"weekId": week, "topSearches": searches, "topPosts": liked}


@routes.get("/trending/searches", query=TrendQuery)
def get_searches(call: Call) -> dict[str, Any]:
    """The week's searches."""
    week = clock.week(call.now)
    return {"items": top_searches(week, call.query.limit), "weekId": week}


@routes.get("/trending/posts", query=TrendQuery)
def get_posts(call: Call) -> dict[str, Any]:
    """The week's posts."""
    week = clock.week(call.now)
    return {"items": top_posts(call.user_id, week, call.query.limit), "weekId": week}


@routes.post("/trending/track-search", body=TrackSearchRequest)
def post_search(call: Call) -> dict[str, Any]:
    """Count a search."""
    return {"message": "the search is counted", **count_search(call.body.searchTerm, call.now)}


@routes.delete("/trending/cleanup", group="admin")
def delete_last_week(call: Call) -> dict[str, Any]:
    """Remove the trends of the week before."""
    week = clock.week(call.now - 7 * clock.DAY)
    partitions = (posts.trending_searches(week), posts.trending_posts(week))
    removed = sum(changes.delete_many(table.every(partition)) for partition in partitions)
    return {"message": "last week's trends are gone", "weekId": week, "deletedCount": removed}


def count_search(said: str, now: int) -> dict[str, Any]:
    """One search more for a term, whatever its case and marks."""
    term, week = sanitise(said), clock.week(now)
    name = normalise(term)
    if not name:
        raise BadRequest("searchTerm: there is nothing to look for in it")
    item = _count(
        posts.trending_search(week, name, 0), "searchCount", 1, {"weekId": week, "ttl": _ttl(now)}, {"term": term}
    )
    _place(posts.trending_search(week, name, item["searchCount"]), "searchCount", item["searchCount"])
    return {"term": item["term"], "searchCount": item["searchCount"], "weekId": week}


def count_like(post: Item, week: str, by: int, now: int) -> None:
    """One like more or less for a post in a week; that it cannot be counted does not undo the like."""
    about = {"postId": post["postId"], "title": post.get("title", ""), "authorId": post["authorId"]}
    about |= {"image": image_of(post), "weekId": week, "ttl": _ttl(now)}
    try:
        item = _count(posts.trending_likes(week, post["postId"], 0), "likesThisWeek", by, about, {})
        likes = item["likesThisWeek"]
        _place(posts.trending_likes(week, post["postId"], likes), "likesThisWeek", likes)
    except changes.ConditionFailed:
        return
    except (BotoCoreError, ClientError):
        logger.warning("a like could not be counted for the trends", exc_info=True)


def top_searches(week: str, limit: int) -> list[dict[str, Any]]:
    """The terms most looked for in a week; none where they cannot be read."""
    try:
        page = table.query(posts.trending_searches(week), index="GSI4", newest=True, limit=limit)
    except (BotoCoreError, ClientError):
        logger.warning("trends could not be read", exc_info=True)
        return []
    return [{"term": item["term"], "searchCount": item["searchCount"], "weekId": week} for item in page.items]


def top_posts(viewer: str, week: str, limit: int) -> list[dict[str, Any]]:
    """The posts most liked in a week that are there still for everybody; none where they cannot be read."""
    circle, live = Circle(viewer), dict[str, Item]()

    def keep(items: list[Item]) -> list[Item]:
        found = table.get_many(posts.post(item["postId"]) for item in items)
        public = [post for post in found.values() if post["privacyLevel"] == "public"]
        live.update({post["postId"]: post for post in listed(circle, public)})
        return [item for item in items if item["postId"] in live and item["likesThisWeek"] > 0]

    try:
        ranked = read(posts.trending_posts(week), limit, keep, None, index="GSI4").items
    except (BotoCoreError, ClientError):
        logger.warning("trends could not be read", exc_info=True)
        return []
    return [_trend(circle, live[item["postId"]], item, week) for item in ranked]


def image_of(post: Item) -> str | None:
    """The picture that stands for a post."""
    dish: str | None = ((post.get("recipeData") or {}).get("images") or {}).get("completed")
    pictures: list[str] = post.get("images") or []
    return pictures[0] if pictures else dish


def _trend(circle: Circle, post: Item, item: Item, week: str) -> dict[str, Any]:
    author = circle.person(post["authorId"])
    return {
        "postId": post["postId"],
        "title": post.get("title", ""),
        "authorId": post["authorId"],
        "authorName": author.name,
        "authorAvatar": author.avatar_url,
        "image": image_of(post),
        "likesThisWeek": item["likesThisWeek"],
        "weekId": week,
    }


def _count(keys: dict[str, str], counter: str, by: int, values: dict[str, Any], once: dict[str, Any]) -> Item:
    key = {"PK": keys["PK"], "SK": keys["SK"]}
    enough = Attr(counter).gte(-by) if by < 0 else None
    return changes.update(key, values, once=once, add={counter: by}, when=enough)


def _place(keys: dict[str, str], counter: str, value: int) -> None:
    """Move a counter to its place in the index; whoever counted later moves it again."""
    index = {name: keys[name] for name in ("GSI4PK", "GSI4SK")}
    try:
        changes.update({"PK": keys["PK"], "SK": keys["SK"]}, index, when=Attr(counter).eq(value))
    except changes.ConditionFailed:
        return


def _ttl(now: int) -> int:
    return clock.seconds(now) + KEPT_SECONDS

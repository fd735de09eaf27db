"""Posts and their counters: taken away, lowered, and put where they belong among the most liked."""

from __future__ import annotations

from boto3.dynamodb.conditions import Attr

from kitchen import changes, content, table
from kitchen.keys import posts
from kitchen.table import Item


def delete_post(item: Item, with_files: bool = True) -> int:
    """Delete a post with its comments, reactions, reports and ingredients; returns how many pictures went with it."""
    within = list(table.every(item["PK"], consistent=True))
    for part in within:
        if part["SK"].startswith("COMMENT#"):
            empty(posts.comment_partition(part["SK"].rsplit("#", 1)[-1]))
    files = content.delete_prefix(f"posts/{item['PK'].removeprefix('POST#')}/") if with_files else 0
    changes.delete_many(part for part in within if part["SK"] != "METADATA")
    changes.delete(key_of(item))
    return files


def lower(key: dict[str, str], counter: str) -> None:
    """One less on a counter, which never falls below zero."""
    try:
        item = changes.update(key, add={counter: -1}, when=Attr(counter).gt(0))
    except changes.ConditionFailed:
        return
    if counter == "likes" and "GSI3SK" in item:
        rank_again(key, item)


def rank_again(key: dict[str, str], post: Item) -> None:
    """Move a post to its place among the most liked; whoever changed its likes later moves it again."""
    rank = posts.trending_rank(post["likes"], post["createdAt"])
    try:
        changes.update(key, {"GSI3SK": rank}, when=Attr("likes").eq(post["likes"]))
    except changes.ConditionFailed:
        return


def empty(partition: str) -> None:
    """Take away everything in a partition."""
    changes.delete_many(table.every(partition))


def key_of(item: Item) -> dict[str, str]:
    """Where an item lies."""
    return {"PK": item["PK"], "SK": item["SK"]}

"""An account and everything that hangs on it, taken away.

Each step may be repeated, and the profile goes last: a deletion that broke off is finished by asking again.
"""

from __future__ import annotations

from collections import Counter

from kitchen import changes, content, pool, table
from kitchen.keys import moderation, people, posts
from kitchen.postings import delete_post, empty, key_of, lower
from kitchen.table import Item

FOLDERS = ("avatars", "backgrounds", "recipes", "posts", "posts/temp", "uploads")
# How an item of the user's index, or partition, is counted, by the beginning of its sort key.
_INDEXED = {
    "POST": "posts",
    "COMMENT": "comments",
    "REACTION": "reactions",
    "RECIPE": "recipes",
    "FRIEND": "friendships",
}
_OWNED = {"FRIEND": "friendships", "NOTIFICATION": "notifications"}

Counts = dict[str, int]


def survey(user_id: str) -> Counts:
    """What deleting an account would take away, as far as the table tells."""
    counts: Counter[str] = Counter(posts=0, comments=0, reactions=0, recipes=0, friendships=0, notifications=0, items=0)
    for item in table.every(people.user(user_id), index="GSI1"):
        counts[_INDEXED.get(item["GSI1SK"].split("#")[0], "items")] += 1
    for item in table.every(people.user(user_id)):
        counts["items"] += 1
        if (kind := item["SK"].split("#")[0]) in _OWNED:
            counts[_OWNED[kind]] += 1
    return dict(counts)


def delete_account(user_id: str, username: str = "", with_files: bool = True) -> Counts:
    """Delete posts, comments, reactions, friendships, recipes, files, the pool's user and all items of a user."""
    counts = survey(user_id)
    owned = list(table.every(people.user(user_id), consistent=True))
    files = sum(_delete_indexed(item, with_files) for item in table.every(people.user(user_id), index="GSI1"))
    if with_files:
        files += sum(content.delete_prefix(f"{folder}/{user_id}/") for folder in FOLDERS)
    for item in owned:
        _delete_partition_of(item)
    name = str(next((item.get("username") for item in owned if item["SK"] == "PROFILE"), None) or "")
    changes.delete_many([*people.search_entries(user_id, name), moderation.ban_schedule(user_id)])
    in_pool = pool.delete_user(user_id, username, name)
    changes.delete_many(item for item in owned if item["SK"] != "PROFILE")
    changes.delete(people.profile(user_id))
    return {**counts, "files": files, "cognitoUsers": int(in_pool)}


def _delete_indexed(item: Item, with_files: bool) -> int:
    """Delete what the user's index names, in partitions of its own or of others; returns how many files went."""
    match item["GSI1SK"].split("#")[0]:
        case "POST":
            return delete_post(item, with_files)
        case "COMMENT":
            empty(posts.comment_partition(item["SK"].rsplit("#", 1)[-1]))
            if changes.delete(key_of(item)):
                lower({"PK": item["PK"], "SK": "METADATA"}, "comments")
        case "REACTION":
            if changes.delete(key_of(item)):
                _take_back(item)
        case "FRIEND":
            if (changes.delete(key_of(item)) or {}).get("status") == "accepted":
                lower({"PK": item["PK"], "SK": "PROFILE"}, "totalFriends")
        case _:
            changes.delete(key_of(item))
    return 0


def _take_back(reaction: Item) -> None:
    """One reaction less on its target."""
    if reaction["PK"].startswith("POST#"):
        lower({"PK": reaction["PK"], "SK": "METADATA"}, "likes")
        return
    for comment in table.query(reaction["PK"], index="GSI2", limit=1).items:
        lower(key_of(comment), "likes")


def _delete_partition_of(item: Item) -> None:
    """Groups and feedback keep their content in partitions of their own."""
    kind, _, name = item["SK"].partition("#")
    if kind in ("GROUP", "FEEDBACK") and name:
        empty(f"{kind}#{name}")

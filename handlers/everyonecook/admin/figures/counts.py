"""How many there are of what: counted in the indexes, item by item only where nothing else tells."""

from __future__ import annotations

from boto3.dynamodb.conditions import Attr

from kitchen import clock, table
from kitchen.keys import moderation, people, posts, recipes

MONTH = 30 * clock.DAY
_SHOWN = Attr("status").ne("deleted")


def users() -> int:
    """All users."""
    return table.count(people.ALL_USERS, index="GSI3")


def active_users(now: int) -> int:
    """The users seen in the last thirty days."""
    since = now - MONTH
    seen = Attr("lastActivityAt").gte(since) | Attr("lastLoginAt").gte(since)
    return table.count(people.ALL_USERS, index="GSI3", where=seen)


def suspended_users(now: int) -> int:
    """The users that are banned or suspended."""
    held = Attr("banExpiresAt").not_exists() | Attr("banExpiresAt").eq(None) | Attr("banExpiresAt").gt(now)
    shut = (Attr("isBanned").eq(True) & held) | Attr("isSuspended").eq(True)
    return table.count(people.ALL_USERS, index="GSI3", where=shut)


def new_users(between: tuple[str, str]) -> int:
    """The users who came in a span."""
    return table.count(people.ALL_USERS, index="GSI3", between=between)


def all_recipes() -> int:
    """All recipes."""
    return table.count(recipes.ALL_RECIPES, index="GSI3")


def new_recipes(between: tuple[str, str]) -> int:
    """The recipes made in a span."""
    return table.count(recipes.ALL_RECIPES, index="GSI3", between=between)


def all_posts() -> int:
    """All posts but the deleted ones."""
    return table.count(posts.ALL_POSTS, index="GSI4", where=_SHOWN)


def recipe_posts() -> int:
    """The posts that share a recipe."""
    return table.count(posts.ALL_POSTS, index="GSI4", where=_SHOWN & Attr("postType").eq("recipe_share"))


def new_posts(between: tuple[str, str]) -> int:
    """The posts written in a span."""
    return table.count(posts.ALL_POSTS, index="GSI4", between=between)


def reported_posts(least: int) -> int:
    """The posts with so many reports or more."""
    return table.count("REPORTED#POST", index="GSI5", between=(f"{least:05d}", "99999~"))


def new_reports(between: tuple[str, str]) -> int:
    """The reports of posts and comments made in a span."""
    return sum(table.count(f"REPORTS#{kind}", index="GSI1", between=between) for kind in ("POST", "COMMENT"))


def violations() -> int:
    """All violations."""
    return table.count(moderation.ALL_VIOLATIONS, index="GSI2")


def dictionary_entries() -> int:
    """The words of the dictionary."""
    return table.count(recipes.DICTIONARY, prefix="INGREDIENT#")


def cached_translations() -> int:
    """The words that wait to be taken into it."""
    return table.count(recipes.TRANSLATION_CACHE, prefix="INGREDIENT#")


def ai_cache_entries() -> int:
    """The cached recipes of the AI."""
    return table.count(recipes.CACHE_PUBLIC, index="GSI2")

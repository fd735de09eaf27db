"""Rate limits: fixed windows, counted in the table by conditional updates.

A limiter that cannot be read lets the request pass: a limit is a courtesy, not a lock.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from boto3.dynamodb.conditions import Attr, ConditionBase
from botocore.exceptions import BotoCoreError, ClientError

from kitchen import changes, clock, table
from kitchen.changes import ConditionFailed
from kitchen.errors import TooManyRequests
from kitchen.keys import limits as keys
from kitchen.logs import logger

WEEK = 7 * 86_400


@dataclass(frozen=True)
class Limit:
    """So many in so many seconds; `key` tells where a subject's counter is kept, `anchor` how a window is told apart.

    The anchor is the attribute with the window's start in ms (`windowStart`) or end in s (`resetAt`);
    without one the key itself names the window, a UTC day.
    """

    most: int
    seconds: int
    key: Callable[[str, int], dict[str, str]]
    anchor: str = ""
    counter: str = "count"
    keep: int = 86_400


@dataclass(frozen=True)
class Spent:
    """What is used of a limit, and when its window ends, in epoch ms."""

    count: int
    limit: int
    resets_at: int

    @property
    def remaining(self) -> int:
        """How many are left."""
        return max(self.limit - self.count, 0)

    def retry_after(self, now: int) -> int:
        """The seconds until the window ends."""
        return max(-(-(self.resets_at - now) // 1_000), 1)


def _operation(name: str, most: int, seconds: int) -> Limit:
    return Limit(most, seconds, lambda subject, _: keys.operation(subject, name), "windowStart", "attempts")


DAY = 86_400
PROFILE_UPDATE = _operation("profile_update", 10, 900)
AVATAR_UPLOAD = _operation("avatar_upload", 10, DAY)
BACKGROUND_UPLOAD = _operation("background_upload", 10, DAY)
POST_IMAGE_UPLOAD = _operation("post_image_upload", 10, DAY)
RECIPE_IMAGE_UPLOAD = _operation("recipe_image_upload", 10, DAY)
# Public and keyed by the caller's IP; the specification asks for a limit and names no number.
BAN_STATUS = _operation("ban_status", 30, 60)
FRIEND_REQUEST = Limit(50, DAY, lambda subject, _: keys.action(subject, "send_friend_request"), "resetAt")
AI_SUGGESTION = Limit(5, DAY, keys.ai_suggestions)
CREATE_RECIPE = Limit(10, DAY, lambda subject, now: keys.recipes(subject, "CREATE_RECIPE", now), keep=WEEK)
SAVE_RECIPE = Limit(20, DAY, lambda subject, now: keys.recipes(subject, "SAVE_FROM_FEED", now), keep=WEEK)
ADMIN_ACTIONS = Limit(100, 3_600, lambda subject, _: keys.admin_actions(subject), "windowStart", keep=3_600)
ADMIN_ACTIONS_WARN = 50


def spend(limit: Limit, subject: str, now: int) -> Spent:
    """Count one more, or refuse with TooManyRequests."""
    try:
        spent = _spend(limit, subject, now)
    except (BotoCoreError, ClientError):
        logger.warning("a rate limit could not be read; the request passes", exc_info=True)
        return Spent(0, limit.most, now + limit.seconds * 1_000)
    if spent.count > limit.most:
        raise refusal(spent, now)
    return spent


def look(limit: Limit, subject: str, now: int) -> Spent:
    """How much of a limit is used, without counting."""
    try:
        item = table.get(limit.key(subject, now), consistent=True)
    except (BotoCoreError, ClientError):
        logger.warning("a rate limit could not be read; the request passes", exc_info=True)
        item = None
    if item is None or _ends(limit, item, now) <= now:
        return Spent(0, limit.most, _ends(limit, None, now))
    return Spent(item.get(limit.counter, 0), limit.most, _ends(limit, item, now))


def refusal(spent: Spent, now: int) -> TooManyRequests:
    """The refusal that a used-up limit calls for."""
    return TooManyRequests(
        f"too many requests: {spent.limit} are allowed; try again later",
        retry_after=spent.retry_after(now),
        details={"limit": spent.limit, "currentCount": min(spent.count, spent.limit), "resetAt": spent.resets_at},
        headers={
            "X-RateLimit-Limit": str(spent.limit),
            "X-RateLimit-Remaining": str(spent.remaining),
            "X-RateLimit-Reset": str(clock.seconds(spent.resets_at)),
        },
    )


def _spend(limit: Limit, subject: str, now: int) -> Spent:
    key = limit.key(subject, now)
    # a window that ended between our two tries is begun by whoever comes first; the other counts in it
    for begin in (False, True, False) if limit.anchor else (False,):
        try:
            item = _begin(limit, key, now) if begin else _count(limit, key, now)
        except ConditionFailed as failed:
            if failed.old and _ends(limit, failed.old, now) > now and failed.old.get(limit.counter, 0) >= limit.most:
                return Spent(limit.most + 1, limit.most, _ends(limit, failed.old, now))
        else:
            return Spent(item[limit.counter], limit.most, _ends(limit, item, now))
    return Spent(limit.most + 1, limit.most, now + limit.seconds * 1_000)


def _count(limit: Limit, key: dict[str, str], now: int) -> dict[str, Any]:
    room = Attr(limit.counter).lt(limit.most)
    if limit.anchor:
        return changes.update(key, add={limit.counter: 1}, when=room & _open(limit, now))
    kept = {"ttl": clock.seconds(now) + limit.keep, "updatedAt": clock.iso(now)}
    return changes.update(key, kept, add={limit.counter: 1}, when=Attr(limit.counter).not_exists() | room)


def _begin(limit: Limit, key: dict[str, str], now: int) -> dict[str, Any]:
    end = clock.seconds(now) + limit.seconds
    start = now if limit.anchor == "windowStart" else end
    values = {limit.counter: 1, limit.anchor: start, "ttl": end + limit.keep}
    return changes.update(key, values, when=Attr(limit.anchor).not_exists() | ~_open(limit, now))


def _open(limit: Limit, now: int) -> ConditionBase:
    if limit.anchor == "windowStart":
        return Attr("windowStart").gt(now - limit.seconds * 1_000)
    return Attr("resetAt").gt(clock.seconds(now))


def _ends(limit: Limit, item: dict[str, Any] | None, now: int) -> int:
    match limit.anchor:
        case "windowStart":
            start: int = (item or {}).get("windowStart", now)
            return start + limit.seconds * 1_000
        case "resetAt":
            reset: int = (item or {}).get("resetAt", clock.seconds(now) + limit.seconds)
            return reset * 1_000
        case _:
            return clock.next_day(now)

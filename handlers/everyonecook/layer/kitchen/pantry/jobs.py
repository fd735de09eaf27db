"""AI jobs: asked for, being worked on, done or given up. A job that is done stays as it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from boto3.dynamodb.conditions import Attr

from kitchen import changes, clock, table
from kitchen.keys import recipes as keys
from kitchen.steps import ABSENT
from kitchen.table import Item

DAY = 86_400
WEEK = 7 * DAY
# How long a worker may be at it before another one takes over: a bit more than its function may run.
LEASE = 65 * clock.SECOND

_OPEN = Attr("status").not_exists() | Attr("status").ne("COMPLETED")


class Completed(Exception):
    """The job is done already."""


class Busy(Exception):
    """Another worker is at it."""


def find(job_id: str) -> Item | None:
    """A job, or None."""
    return table.get(keys.job(job_id), consistent=True)


def begin(job_id: str, user_id: str, now: int) -> None:
    """Note that a job is waiting."""
    changes.put(_new(job_id, user_id, "PENDING", now), ABSENT)


def answer(job_id: str, user_id: str, dishes: list[dict[str, Any]], now: int) -> None:
    """Note a job that was done before it began: out of the cache."""
    changes.put(_new(job_id, user_id, "COMPLETED", now) | {"result": {"recipes": dishes}, "completedAt": now}, ABSENT)


def start(job_id: str, user_id: str, asked: int, now: int) -> None:
    """Take a job on, or raise Completed or Busy."""
    free = Attr("startedAt").not_exists() | Attr("startedAt").lt(now - LEASE)
    once = {"jobId": job_id, "userId": user_id, "createdAt": asked, "ttl": clock.seconds(now) + DAY}
    try:
        changes.update(keys.job(job_id), {"status": "PROCESSING", "startedAt": now}, once=once, when=_OPEN & free)
    except changes.ConditionFailed as failed:
        done = (failed.old or {}).get("status") == "COMPLETED"
        raise (Completed if done else Busy)(job_id) from None


def complete(job_id: str, result: Mapping[str, Any], now: int) -> None:
    """Hand in a result: recipes, and what is to be said with them."""
    values = {**result, "status": "COMPLETED", "completedAt": now, "ttl": clock.seconds(now) + WEEK}
    _finish(job_id, values, remove=("startedAt", "error"))


def give_back(job_id: str) -> None:
    """Lay a job down for another try."""
    _finish(job_id, {"status": "PENDING"}, remove=("startedAt",))


def fail(job_id: str, error: str, now: int) -> None:
    """Give a job up."""
    values = {"status": "FAILED", "error": error, "completedAt": now, "ttl": clock.seconds(now) + WEEK}
    _finish(job_id, values, remove=("startedAt",))


def _finish(job_id: str, values: Mapping[str, Any], remove: tuple[str, ...]) -> None:
    try:
        changes.update(keys.job(job_id), values, remove=remove, when=_OPEN & Attr("PK").exists())
    except changes.ConditionFailed:
        # it was done meanwhile
        return


def _new(job_id: str, user_id: str, status: str, now: int) -> Item:
    ends = clock.seconds(now) + DAY
    return {
        **keys.job(job_id),
        "jobId": job_id,
        "userId": user_id,
        "status": status,
        "createdAt": now,
        "ttl": ends,
    }

"""Times as the system writes them: epoch milliseconds, epoch seconds, ISO-8601 UTC."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta, timezone

SECOND = 1_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR

# The users' calendar; Viet Nam keeps no summer time.
VIETNAM = timezone(timedelta(hours=7))


def now() -> int:
    """The present, in epoch milliseconds."""
    return time.time_ns() // 1_000_000


def seconds(moment: int) -> int:
    """A moment as the `ttl` attribute wants it."""
    return moment // SECOND


def iso(moment: int) -> str:
    """A moment as ISO-8601 UTC with milliseconds, which sorts like the moment itself."""
    whole, rest = divmod(moment, SECOND)
    return f"{datetime.fromtimestamp(whole, UTC):%Y-%m-%dT%H:%M:%S}.{rest:03d}Z"


def moment(text: str) -> int:
    """The epoch milliseconds of an ISO-8601 time; UTC where it names no zone."""
    parsed = datetime.fromisoformat(text)
    parsed = parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)
    return round(parsed.timestamp() * SECOND)


def day(moment: int) -> str:
    """The UTC day of a moment, as YYYY-MM-DD."""
    return f"{datetime.fromtimestamp(seconds(moment), UTC):%Y-%m-%d}"


def next_day(moment: int) -> int:
    """The first millisecond of the UTC day that follows a moment."""
    return (moment // DAY + 1) * DAY


def local(moment: int) -> datetime:
    """A moment on the users' calendar."""
    return datetime.fromtimestamp(seconds(moment), VIETNAM)


def week(moment: int) -> str:
    """The ISO week of a moment, with the ISO year, as YYYY-Www."""
    year, number, _ = datetime.fromtimestamp(seconds(moment), UTC).isocalendar()
    return f"{year}-W{number:02d}"

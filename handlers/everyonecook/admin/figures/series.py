"""A period broken down by hour or by day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from boto3.dynamodb.conditions import Attr

from admin import admins
from admin.figures import counts
from admin.figures.models import DetailedStatsQuery
from admin.figures.spans import Span, days_until, hours_of
from kitchen import clock, table
from kitchen.errors import BadRequest
from kitchen.keys import limits, people
from kitchen.routes import Call, Routes

routes = Routes()

LENGTHS = {"week": 7, "month": 30}


@routes.get("/admin/stats/detailed", group="admin", query=DetailedStatsQuery)
def get_detailed(call: Call) -> dict[str, Any]:
    """The activity of a day, or of the week or month that ends with it."""
    wanted: DetailedStatsQuery = call.query
    period = wanted.period or "day"
    return view(period, _day(period, wanted.date, call.now), admins.known(call.user_id))


def view(period: str, day: datetime, hidden: frozenset[str]) -> dict[str, Any]:
    """Active users, new users, posts and reports, each in total and in parts."""
    parts = days_until(day, LENGTHS[period]) if period in LENGTHS else hours_of(day)
    whole = Span(period, parts[0].start, parts[-1].end)
    active = _active(whole, parts, hidden)
    new = [item["createdAt"] for item in _new(whole) if item["userId"] not in hidden]
    news = [sum(map(part.holds, new)) for part in parts]
    posts = [counts.new_posts(part.times) for part in parts]
    reports = [counts.new_reports(part.times) for part in parts]
    return {
        "period": period,
        "timeRange": {"start": clock.iso(whole.start), "end": clock.iso(whole.end - 1)},
        # who was there in several parts is one user
        "activeUsers": _series(parts, [len(found) for found in active], len(frozenset[str]().union(*active))),
        "newUsers": _series(parts, news, sum(news)),
        "posts": _series(parts, posts, sum(posts)),
        "reports": _series(parts, reports, sum(reports)),
    }


def _day(period: str, date: str | None, now: int) -> datetime:
    if date is None:
        if period == "custom":
            raise BadRequest("date: a custom period needs its day")
        return clock.local(now)
    try:
        return datetime.fromisoformat(date).replace(tzinfo=clock.VIETNAM)
    except ValueError:
        raise BadRequest("date: there is no such day") from None


def _series(parts: list[Span], numbers: list[int], total: int) -> dict[str, Any]:
    hourly = len(parts[0].name) == 2
    word, name = ("hourly", "hour") if hourly else ("daily", "date")
    named = ({name: part.name, "count": number} for part, number in zip(parts, numbers, strict=True))
    return {"total": total, word: list(named)}


def _active(whole: Span, parts: list[Span], hidden: frozenset[str]) -> list[set[str]]:
    """Who was there in each part: as the router noted hour by hour, and as the profiles say last."""
    found: list[set[str]] = [set() for _ in parts]
    for user_id, moment in (*_noted(whole), *_last_seen(whole)):
        for part, there in zip(parts, found, strict=True):
            if user_id not in hidden and part.holds(moment):
                there.add(user_id)
    return found


def _noted(whole: Span) -> Iterator[tuple[str, int]]:
    for start in range(whole.start, whole.end, clock.DAY):
        for item in table.every(limits.activity("", start)["PK"]):
            hour, _, user_id = item["SK"].partition("#")
            yield user_id, start + int(hour) * clock.HOUR


def _last_seen(whole: Span) -> Iterator[tuple[str, int]]:
    names = ("lastActivityAt", "lastLoginAt")
    one, other = (Attr(name).between(whole.start, whole.end - 1) for name in names)
    for item in table.every(people.ALL_USERS, index="GSI3", where=one | other):
        for name in names:
            if whole.holds(item.get(name)):
                yield item["userId"], item[name]


def _new(whole: Span) -> Iterator[dict[str, Any]]:
    return table.every(people.ALL_USERS, index="GSI3", between=whole.moments)

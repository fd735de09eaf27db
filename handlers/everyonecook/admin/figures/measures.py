"""The metrics of users, content and AI."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import boto3

from admin.failures import AWS_ERRORS
from admin.figures import counts, spans
from kitchen import clock
from kitchen.clients import PATIENT
from kitchen.logs import logger
from kitchen.metrics import ENVIRONMENT, NAMESPACE
from kitchen.routes import Call, Routes

routes = Routes()
client: Any = boto3.client("cloudwatch", config=PATIENT)

WEEK = 7 * clock.DAY
# so many words of the dictionary are thought to cover a kitchen
FULL_DICTIONARY = 1_000
MANY_REPORTS = 10
NAMES = {"calls": "AI.Invocations", "hits": "Cache.Hit", "misses": "Cache.Miss"}


@routes.get("/admin/metrics", group="admin")
def get_metrics(call: Call) -> dict[str, Any]:
    """The metrics as they are now."""
    return view(call.now)


def view(now: int) -> dict[str, Any]:
    """How many users and posts there are, and what the AI had to do today."""
    today = spans.since_today(now)["today"]
    week = spans.Span("week", now - WEEK, now + 1)
    return {
        "user": {
            "totalUsers": counts.users(),
            "activeUsers": counts.active_users(now),
            "newUsers": counts.new_users(week.moments),
        },
        "content": {
            "totalPosts": counts.all_posts(),
            "postsToday": counts.new_posts(today.times),
            "reportedPosts": counts.reported_posts(MANY_REPORTS),
        },
        "ai": {
            **ai_use(measured(today.start, now)),
            "dictionaryCoverage": round(min(100, counts.dictionary_entries() / FULL_DICTIONARY * 100), 1),
        },
        "timestamp": clock.iso(now),
    }


def ai_use(sums: dict[str, float] | None) -> dict[str, Any]:
    """How often the AI was asked, and how many per cent it need not be; unknown without the metrics."""
    if sums is None:
        return {"aiCallsToday": None, "cacheHitRate": None}
    asked = sums["hits"] + sums["misses"]
    return {
        "aiCallsToday": int(sums["calls"]),
        "cacheHitRate": round(sums["hits"] / asked * 100, 1) if asked else 0,
    }


def measured(start: int, end: int) -> dict[str, float] | None:
    """What the recipe functions counted in a span; None where CloudWatch does not answer."""
    try:
        answer = client.get_metric_data(
            MetricDataQueries=[_query(name, metric) for name, metric in NAMES.items()],
            StartTime=datetime.fromtimestamp(clock.seconds(start), UTC),
            EndTime=datetime.fromtimestamp(clock.seconds(end) + 1, UTC),
        )
    except AWS_ERRORS:
        logger.warning("the metrics could not be read", exc_info=True)
        return None
    sums = dict.fromkeys(NAMES, 0.0)
    for result in answer["MetricDataResults"]:
        sums[result["Id"]] += sum(result["Values"])
    return sums


def _query(name: str, metric: str) -> dict[str, Any]:
    dimensions = [{"Name": "Environment", "Value": ENVIRONMENT}]
    which = {"Namespace": NAMESPACE, "MetricName": metric, "Dimensions": dimensions}
    return {"Id": name, "MetricStat": {"Metric": which, "Period": 3_600, "Stat": "Sum"}}

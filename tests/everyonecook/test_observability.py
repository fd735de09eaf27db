"""Observability and EdgeAlarms, as the specification has them."""

from __future__ import annotations

import json
from typing import Any

import pytest

from ecinfra import link, render
from templates.everyonecook.app import define
from templates.everyonecook.settings import dev
from tests.everyonecook.rendered import alarm, one, resources
from tests.simulation import deploy

SYSTEM_ALARMS: list[tuple[str, float, int]] = [
    ("API-5XX-Critical", 5, 2),
    ("API-4XX-Warning", 20, 2),
    ("API-Latency-High", 3000, 2),
    ("Lambda-Error-Rate", 5, 2),
    ("Lambda-Throttle", 10, 1),
    ("Lambda-Duration-High", 10000, 2),
    ("DynamoDB-Read-Throttle", 10, 2),
    ("DynamoDB-Write-Throttle", 10, 2),
    ("DynamoDB-Latency-High", 100, 3),
    ("S3-4XX-Warning", 5, 2),
    ("S3-5XX-Critical", 0, 1),
    ("SQS-DLQ-Messages", 0, 1),
    ("SQS-Queue-Age", 300, 2),
]


@pytest.mark.parametrize(("name", "threshold", "periods"), SYSTEM_ALARMS)
def test_the_system_alarms(name: str, threshold: float, periods: int) -> None:
    body = alarm("dev", "Observability", name)
    assert (body["Threshold"], body["EvaluationPeriods"]) == (threshold, periods)
    assert body["ComparisonOperator"] == "GreaterThanThreshold"


@pytest.mark.parametrize("name", [name for name, _, _ in SYSTEM_ALARMS])
def test_every_metric_has_a_dimension_of_this_system(name: str) -> None:
    body = alarm("dev", "Observability", name)
    measured = [query["MetricStat"]["Metric"] for query in body.get("Metrics", []) if "MetricStat" in query] or [body]
    assert all(metric["Dimensions"] for metric in measured)
    assert len(measured) <= 10, "an alarm takes ten metrics at most"


def test_the_composite_alarm_is_about_what_is_critical_or_throttled() -> None:
    body = one("dev", "Observability", "AWS::CloudWatch::CompositeAlarm")
    assert body["AlarmName"] == "EveryoneCook-dev-SystemHealth"
    assert body["AlarmRule"] == {
        "Fn::Sub": 'ALARM("${SystemAPI5XXCritical}") OR ALARM("${SystemLambdaThrottle}") OR '
        'ALARM("${SystemDynamoDBReadThrottle}") OR ALARM("${SystemDynamoDBWriteThrottle}") OR '
        'ALARM("${SystemS35XXCritical}")'
    }


@pytest.mark.parametrize(
    ("name", "threshold", "periods", "comparison"),
    [
        ("CDN-LowCacheHitRate", 70, 3, "LessThanThreshold"),
        ("CDN-4XXErrors", 5, 2, "GreaterThanThreshold"),
        ("CDN-5XXErrors", 1, 2, "GreaterThanThreshold"),
        ("CDN-TotalErrors", 5, 2, "GreaterThanThreshold"),
        ("Cost-Warning", 50, 1, "GreaterThanThreshold"),
        ("Cost-Critical", 100, 1, "GreaterThanThreshold"),
    ],
)
def test_the_alarms_of_us_east_1(name: str, threshold: float, periods: int, comparison: str) -> None:
    body = alarm("dev", "EdgeAlarms", name)
    assert (body["Threshold"], body["EvaluationPeriods"], body["ComparisonOperator"]) == (
        threshold,
        periods,
        comparison,
    )
    dimensions = {dimension["Name"]: dimension["Value"] for dimension in body["Dimensions"]}
    if name.startswith("CDN"):
        assert dimensions["Region"] == "Global"
    else:
        assert dimensions == {"Currency": "USD"}
        assert (body["Period"], body["Statistic"]) == (86400, "Maximum")


DASHBOARDS = {
    "Core": [12, 12, 12, 12, 12, 12, 12, 12, 24],
    "Auth": [12, 12, 24],
    "Backend": [12, 12, 12, 12, 12, 12, 12, 12, 12, 12, 24],
    "Overview": [24, 6, 6, 6, 6, 6, 6, 6, 6, 24, 12, 12, 24],
}


def widgets(stack: str, name: str) -> list[dict[str, Any]]:
    """The widgets of a dashboard as CloudWatch reads them, once every reference is in its place."""
    made = deploy(render(link(define(dev))), {"ContactEmail": "me@everyonecook.test", "HostedZoneId": "Z1"})
    (body,) = (
        body["DashboardBody"]
        for body in made[stack].values()
        if body.get("DashboardName") == f"EveryoneCook-dev-{name}"
    )
    found: list[dict[str, Any]] = json.loads(body)["widgets"]
    return found


@pytest.mark.parametrize("name", DASHBOARDS)
def test_the_dashboards_have_their_widgets(name: str) -> None:
    assert [widget["width"] for widget in widgets("Observability", name)] == DASHBOARDS[name]


def test_the_dashboard_of_the_web_acl() -> None:
    assert [widget["width"] for widget in widgets("Backend", "WAF")] == [12, 12, 8, 8, 8]


def test_there_are_four_dashboards_and_one_composite_alarm() -> None:
    assert len(resources("dev", "Observability", "AWS::CloudWatch::Dashboard")) == 4
    assert len(resources("dev", "Observability", "AWS::CloudWatch::CompositeAlarm")) == 1

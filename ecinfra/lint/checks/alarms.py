"""Alarms and budgets: whether they ever go off, and who hears them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ecinfra.lint.deliveries import ALARMS
from ecinfra.lint.estate import Estate, Located, Said
from ecinfra.lint.finding import Path
from ecinfra.lint.literals import items, members, number, text
from ecinfra.lint.table import RULES

_BILLING = RULES["EC120"]
_GLOBAL = RULES["EC121"]
_SILENT = RULES["EC122"]
_BUDGET = RULES["EC123"]

_HOME = "us-east-1"
_SIX_HOURS = 21_600
_COMPOSITE = "AWS::CloudWatch::CompositeAlarm"
_GLOBAL_SPACES = {"AWS/CloudFront": "CloudFront", "AWS/Route53": "Route 53"}
_LIMITS = ("BudgetLimit", "PlannedBudgetLimits", "AutoAdjustData")

Metric = tuple[Path, dict[str, Any], Any]


def check_charges(estate: Estate) -> Said:
    """An alarm on charges looks where they are, and when they come."""
    for alarm in estate.all("AWS::CloudWatch::Alarm"):
        for path, metric, period in _metrics(alarm):
            if metric.get("Namespace") != "AWS/Billing":
                continue
            region = estate.region(alarm.template)
            if region != _HOME:
                yield alarm.fault(_BILLING, f"watches charges in {region}: they are in {_HOME} alone", *path)
            if _dimensions(metric).get("Currency") != "USD":
                yield alarm.fault(_BILLING, "watches charges without the dimension Currency=USD", *path)
            span = number(period)
            if span is not None and span < _SIX_HOURS:
                said = f"watches charges every {span:g} s, and AWS writes them every {_SIX_HOURS} s"
                yield alarm.fault(_BILLING, said, *path)


def check_global_metrics(estate: Estate) -> Said:
    """An alarm on a global service's metric looks where that metric is."""
    for alarm in estate.all("AWS::CloudWatch::Alarm"):
        for path, metric, _ in _metrics(alarm):
            service = _GLOBAL_SPACES.get(text(metric.get("Namespace", "")))
            region = estate.region(alarm.template)
            if service and region != _HOME:
                said = f"watches {service} in {region}: its metrics are in {_HOME} alone"
                yield alarm.fault(_GLOBAL, said, *path)
            if service == "CloudFront" and _dimensions(metric).get("Region") != "Global":
                yield alarm.fault(_GLOBAL, "watches CloudFront without the dimension Region=Global", *path)


def check_actions(estate: Estate) -> Said:
    """An alarm tells somebody, itself or through a composite alarm."""
    heard: set[str] = set()
    for composite in estate.all(_COMPOSITE):
        if _acts(composite):
            rule = composite.properties.get("AlarmRule")
            heard |= {alarm.id for alarm in estate.inside(composite.template, rule, *ALARMS)}
            heard |= {alarm.id for alarm in estate.all(*ALARMS) if _named(alarm, text(rule))}
    for alarm in estate.all(*ALARMS):
        if not _acts(alarm) and alarm.id not in heard and alarm.properties.get("ActionsEnabled") is not False:
            yield alarm.fault(_SILENT, "has no AlarmActions, and stands in no composite alarm that has any")


def check_budgets(estate: Estate) -> Said:
    """A budget has a limit, and somebody to tell."""
    for budget in estate.all("AWS::Budgets::Budget"):
        if not set(_LIMITS) & set(members(budget.properties.get("Budget"))):
            yield budget.fault(_BUDGET, "has no limit: BudgetLimit says how much is too much", "Budget")
        notifications = items(budget.properties.get("NotificationsWithSubscribers"))
        if not any(members(entry).get("Subscribers") for entry in notifications):
            yield budget.fault(_BUDGET, "tells nobody: NotificationsWithSubscribers names no subscriber")


def _metrics(alarm: Located) -> Iterator[Metric]:
    """The metrics of an alarm: where each is written, itself, and its period."""
    properties = alarm.properties
    if "Namespace" in properties:
        yield ("Namespace",), properties, properties.get("Period")
    for count, entry in enumerate(items(properties.get("Metrics"))):
        stat = members(members(entry).get("MetricStat"))
        if stat:
            yield ("Metrics", count, "MetricStat", "Metric"), members(stat.get("Metric")), stat.get("Period")


def _dimensions(metric: dict[str, Any]) -> dict[str, str]:
    return {
        text(members(entry).get("Name", "")): text(members(entry).get("Value", ""))
        for entry in items(metric.get("Dimensions"))
    }


def _acts(alarm: Located) -> bool:
    return bool(alarm.properties.get("AlarmActions")) and alarm.properties.get("ActionsEnabled") is not False


def _named(alarm: Located, rule: str) -> bool:
    name = alarm.properties.get("AlarmName")
    if not isinstance(name, str):
        return False
    return any(f"({quote}{name}{quote})" in rule for quote in ("", '"', "'")) or f":alarm:{name}" in rule

"""The fifteen alarms of the whole system, less the two on costs, which stand in us-east-1."""

from __future__ import annotations

from collections.abc import Iterable

from ecinfra.constructs import Alarm, Function, Math, Metric
from templates.everyonecook.backend import Backend
from templates.everyonecook.core import Core
from templates.everyonecook.names import capital
from templates.everyonecook.settings import Settings


def system_alarms(settings: Settings, core: Core, backend: Backend) -> Iterable[Alarm]:
    """API, functions, table, bucket, queues."""
    for name, metric, limit, periods in (
        *_api(backend),
        *_functions(backend),
        *_table(core),
        ("S3-4XX-Warning", core.content.metric("4xxErrors"), 5, 2),
        ("S3-5XX-Critical", core.content.metric("5xxErrors"), 0, 1),
        *_queues(backend),
    ):
        yield Alarm(
            "System" + name.replace("-", ""),
            metric,
            above=limit,
            periods=periods,
            name=capital(settings, name),
            actions=(core.alarms,),
        )


Row = tuple[str, Metric | Math, float, int]


def _api(backend: Backend) -> Iterable[Row]:
    # 5XXError and 4XXError are 0 or 1 per call, so that their average is the rate
    for name, metric, limit in (("API-5XX-Critical", "5XXError", 5), ("API-4XX-Warning", "4XXError", 20)):
        yield name, _percent(backend.api.metric(metric, "Average")), limit, 2
    yield "API-Latency-High", backend.api.metric("Latency", "p99"), 3_000, 2


def _functions(backend: Backend) -> Iterable[Row]:
    answering = (backend.router, *backend.modules)
    everyone = (*answering, *backend.workers)
    yield "Lambda-Error-Rate", _worst(everyone, "Errors", "Average", times=100), 5, 2
    yield "Lambda-Throttle", _worst(everyone, "Throttles", "Sum", times=1), 10, 1
    # workers take the time that a model or a picture takes; people wait for the others
    yield "Lambda-Duration-High", _worst(answering, "Duration", "p99", times=1), 10_000, 2


def _table(core: Core) -> Iterable[Row]:
    yield "DynamoDB-Read-Throttle", core.table.metric("ReadThrottleEvents"), 10, 2
    yield "DynamoDB-Write-Throttle", core.table.metric("WriteThrottleEvents"), 10, 2
    latency = core.table.metric("SuccessfulRequestLatency", "p99", operation="Query")
    yield "DynamoDB-Latency-High", latency, 100, 3


def _queues(backend: Backend) -> Iterable[Row]:
    queues = {"ai": backend.queues.ai, "image": backend.queues.image}
    dead = {name: queue.dead_metric("ApproximateNumberOfMessagesVisible", "Maximum") for name, queue in queues.items()}
    ages = {name: queue.metric("ApproximateAgeOfOldestMessage", "Maximum") for name, queue in queues.items()}
    yield "SQS-DLQ-Messages", Math("MAX([ai, image])", dead, label="Messages that failed"), 0, 1
    yield "SQS-Queue-Age", Math("MAX([ai, image])", ages, label="Seconds in a queue"), 300, 2


def _percent(metric: Metric) -> Math:
    return Math("rate * 100", {"rate": metric}, label=f"{metric.name} %")


def _worst(functions: Iterable[Function], name: str, statistic: str, *, times: int) -> Math:
    metrics = {f"f{number}": each.metric(name, statistic) for number, each in enumerate(functions)}
    worst = f"MAX([{', '.join(metrics)}])"
    return Math(worst if times == 1 else f"{worst} * {times}", metrics, label=f"worst {name}")

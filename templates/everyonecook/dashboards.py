"""The four dashboards."""

from __future__ import annotations

from collections.abc import Iterable

from troposphere import Sub

from ecinfra.constructs import AlarmStatus, CompositeAlarm, Dashboard, Function, Graph, Math, Metric, Number, Text
from ecinfra.units import hours
from templates.everyonecook.auth import Auth
from templates.everyonecook.backend import Backend
from templates.everyonecook.core import Core
from templates.everyonecook.names import EDGE, capital
from templates.everyonecook.settings import Settings


def core_dashboard(settings: Settings, core: Core) -> Dashboard:
    """Table, bucket, CDN."""
    table, bucket, cdn = core.table, core.content, core.cdn
    return Dashboard(
        "CoreDashboard",
        (
            Graph(
                "Capacity used", (table.metric("ConsumedReadCapacityUnits"), table.metric("ConsumedWriteCapacityUnits"))
            ),
            Graph("Throttled", (table.metric("ReadThrottleEvents"), table.metric("WriteThrottleEvents"))),
            Graph(
                "Table latency p99",
                tuple(table.metric("SuccessfulRequestLatency", "p99", operation=name) for name in ("Query", "GetItem")),
            ),
            Number("Table size", (table.metric("TableSize", "Average", period=hours(1)),), width=12, height=6),
            Graph("Bucket requests", (bucket.metric("AllRequests"),)),
            Graph("Bucket errors", (bucket.metric("4xxErrors"), bucket.metric("5xxErrors"))),
            Graph("CDN requests", (cdn.metric("Requests"),)),
            Graph("CDN error rates", (cdn.metric("4xxErrorRate", "Average"), cdn.metric("5xxErrorRate", "Average"))),
            Graph("CDN bytes", (cdn.metric("BytesDownloaded"),), width=24),
        ),
        name=capital(settings, "Core"),
    )


def auth_dashboard(settings: Settings, auth: Auth) -> Dashboard:
    """People who come, and people who are turned away."""
    pool, client = auth.pool, auth.client.id
    # every sign-in counts as 1 or 0: what is missing from the count of all are the failed ones
    tried = {
        "tried": pool.metric("SignInSuccesses", client, "SampleCount"),
        "done": pool.metric("SignInSuccesses", client),
    }
    return Dashboard(
        "AuthDashboard",
        (
            Graph("Sign-ups", (pool.metric("SignUpSuccesses", client),)),
            Graph("Sign-ins", (pool.metric("SignInSuccesses", client),)),
            Graph("Failed sign-ins", (Math("tried - done", tried, label="failed"),), width=24),
        ),
        name=capital(settings, "Auth"),
    )


def backend_dashboard(settings: Settings, backend: Backend) -> Dashboard:
    """API, functions, queues."""
    api, queues = backend.api, backend.queues
    return Dashboard(
        "BackendDashboard",
        (
            Graph("API calls", (api.metric("Count"),)),
            Graph("API latency", tuple(api.metric("Latency", percentile) for percentile in ("p50", "p95", "p99"))),
            Graph("API 4XX", (api.metric("4XXError"),)),
            Graph("API 5XX", (api.metric("5XXError"),)),
            Graph("Function calls", _each(backend, "Invocations")),
            Graph("Function duration p99", _each(backend, "Duration", "p99")),
            Graph("Function errors", _each(backend, "Errors")),
            Graph("Function throttles", _each(backend, "Throttles")),
            Graph("Messages sent", tuple(queue.metric("NumberOfMessagesSent") for queue in queues)),
            Graph(
                "Messages waiting",
                tuple(queue.metric("ApproximateNumberOfMessagesVisible", "Average") for queue in queues),
            ),
            Graph(
                "Oldest message",
                tuple(queue.metric("ApproximateAgeOfOldestMessage", "Maximum") for queue in queues),
                width=24,
            ),
        ),
        name=capital(settings, "Backend"),
    )


def overview_dashboard(settings: Settings, core: Core, backend: Backend, health: CompositeAlarm) -> Dashboard:
    """How all of it is doing, and what it costs."""
    api, table, bucket = backend.api, core.table, core.content
    charges = Metric("AWS/Billing", "EstimatedCharges", "Maximum", {"Currency": "USD"}, hours(24), region=EDGE)
    return Dashboard(
        "OverviewDashboard",
        (
            Text(Sub(f"# EveryoneCook {settings.environment}\n${{AWS::Region}}")),
            Number("API calls", (api.metric("Count"),)),
            Number("API latency p99", (api.metric("Latency", "p99"),)),
            Number("Router calls", (backend.router.metric("Invocations"),)),
            Number("Router errors", (backend.router.metric("Errors"),)),
            Number("Throttled reads", (table.metric("ReadThrottleEvents"),)),
            Number("Throttled writes", (table.metric("WriteThrottleEvents"),)),
            Number("Bucket requests", (bucket.metric("AllRequests"),)),
            Number("Bucket errors", (bucket.metric("5xxErrors"),)),
            Graph("Errors", (api.metric("5XXError"), *_each(backend, "Errors")), width=24),
            Number("Costs of the month", (charges,), width=12, height=6),
            Graph("Costs over time", (charges,)),
            AlarmStatus("Health", (health,)),
        ),
        name=capital(settings, "Overview"),
    )


def _each(backend: Backend, name: str, statistic: str = "Sum") -> tuple[Metric, ...]:
    functions: Iterable[Function] = (backend.router, *backend.modules, *backend.workers)
    return tuple(function.metric(name, statistic) for function in functions)

"""The alarms and the dashboard of Backend."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from ecinfra import Stack
from ecinfra.constructs import Alarm, Dashboard, Graph, Math, Metric, Topic
from ecinfra.units import hours
from templates.everyonecook.names import capital
from templates.everyonecook.settings import Settings

if TYPE_CHECKING:
    from templates.everyonecook.backend import Backend


def add_alarms(backend: Stack, settings: Settings, topic: Topic, made: Backend) -> None:
    """Messages that failed, queues that grow, functions that err, lag or are throttled, and attacks."""
    for alarm in (
        *_queue_alarms(settings, topic, made),
        *_function_alarms(settings, topic, made),
        *_attack_alarms(settings, topic, made),
        *_cache_alarm(settings, topic, made),
    ):
        backend.add(alarm)


def _queue_alarms(settings: Settings, topic: Topic, made: Backend) -> Iterable[Alarm]:
    visible = "ApproximateNumberOfMessagesVisible"
    for queue, name in ((made.queues.ai, "AI"), (made.queues.image, "ImageProcessing")):
        yield Alarm(
            f"{queue.title}DeadMessages",
            queue.dead_metric(visible, "Maximum"),
            at_least=1,
            name=capital(settings, f"{name}-DLQ-Messages"),
            actions=(topic,),
        )
    yield Alarm(
        "AIQueueDepth",
        made.queues.ai.metric(visible, "Maximum"),
        at_least=100,
        periods=2,
        name=capital(settings, "AI-Queue-Depth"),
        actions=(topic,),
    )


def _function_alarms(settings: Settings, topic: Topic, made: Backend) -> Iterable[Alarm]:
    told = (topic,)
    for function in made.modules:
        name = capital(settings, function.title)
        slow = 15_000 if function is made.modules.recipe_ai else 10_000
        yield Alarm(
            f"{function.title}Errors", function.metric("Errors"), at_least=5, name=f"{name}-Errors", actions=told
        )
        yield Alarm(
            f"{function.title}Duration",
            function.metric("Duration", "Average"),
            at_least=slow,
            periods=2,
            name=f"{name}-Duration",
            actions=told,
        )
        yield Alarm(
            f"{function.title}Throttles",
            function.metric("Throttles"),
            at_least=1,
            name=f"{name}-Throttles",
            actions=told,
        )
    yield Alarm(
        "RecipeAIHighInvocations",
        made.modules.recipe_ai.metric("Invocations", period=hours(1)),
        at_least=1_000,
        name=capital(settings, "RecipeAI-HighInvocations"),
        actions=told,
    )
    violations = Metric("EveryoneCook", "UploadRateLimitViolations", dimensions={"Environment": settings.environment})
    yield Alarm(
        "UploadRateLimitViolations",
        violations,
        at_least=10,
        name=capital(settings, "Upload-RateLimitViolations"),
        actions=told,
    )


def _attack_alarms(settings: Settings, topic: Topic, made: Backend) -> Iterable[Alarm]:
    for title, rule, limit, periods, name in (
        ("WafHighBlocks", "ALL", 1_000, 2, "API-WAF-HighBlocks"),
        ("WafRateLimitViolations", "RateLimitRule", 100, 1, "API-WAF-RateLimitViolations"),
        ("SqliAttack", "AWSManagedRulesSQLi", 10, 1, "SQLi-Attack"),
        ("XssAttack", "AWSManagedRulesCoreRuleSet", 10, 1, "XSS-Attack"),
        ("KnownBadInputs", "AWSManagedRulesKnownBadInputs", 10, 1, "KnownBadInputs"),
    ):
        yield Alarm(
            title,
            made.web_acl.blocked(rule),
            above=limit,
            periods=periods,
            name=capital(settings, name),
            actions=(topic,),
        )


def _cache_alarm(settings: Settings, topic: Topic, made: Backend) -> Iterable[Alarm]:
    if not settings.api_cached:
        return
    counts = {"hits": made.api.metric("CacheHitCount"), "misses": made.api.metric("CacheMissCount")}
    yield Alarm(
        "ApiLowCacheHitRate",
        Math("hits / (hits + misses) * 100", counts, label="CacheHitRate"),
        below=70,
        periods=2,
        name=capital(settings, "API-CacheHitRate-Low"),
        actions=(topic,),
    )


def add_dashboard(backend: Stack, settings: Settings, made: Backend) -> None:
    """What the web ACL lets through, and what it does not."""
    acl = made.web_acl

    def graph(title: str, metric: Any, width: int) -> Graph:
        return Graph(title, (metric,), width)

    backend.add(
        Dashboard(
            "WafDashboard",
            (
                graph("Blocked requests", acl.blocked("ALL"), 12),
                graph("Allowed requests", acl.allowed("ALL"), 12),
                graph("Blocked by rate", acl.blocked("RateLimitRule"), 8),
                graph("Blocked as SQL injection", acl.blocked("AWSManagedRulesSQLi"), 8),
                graph("Blocked by the core rules", acl.blocked("AWSManagedRulesCoreRuleSet"), 8),
            ),
            name=capital(settings, "WAF"),
        ),
        tags={"Component": "Security"},
    )

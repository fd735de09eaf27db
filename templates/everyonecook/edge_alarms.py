"""EdgeAlarms: alarms on CloudFront and on the bill, whose metrics exist in us-east-1 only."""

from __future__ import annotations

from collections.abc import Iterable

from troposphere import Ref

from ecinfra import App
from ecinfra.constructs import Alarm, Key, Metric, Topic, guests
from ecinfra.units import days
from templates.everyonecook.core import Core
from templates.everyonecook.names import EDGE, capital
from templates.everyonecook.settings import Settings


def stack(app: App, settings: Settings, core: Core) -> None:
    """The alarms, and a topic next to them: an alarm tells no topic of another region."""
    edge = app.stack(
        "EdgeAlarms",
        region=EDGE,
        description="Alarms on EveryoneCook's CDN and on what the account costs",
        tags={
            "StackType": "Observability",
            "Layer": "Monitoring",
            "CostCenter": f"EdgeAlarms-{settings.environment}",
        },
    )
    key = edge.add(
        Key(
            "EdgeAlarmKey",
            f"everyonecook-edge-alarms-{settings.environment}",
            "Encrypts what EveryoneCook's alarms in us-east-1 say",
            used_by=(guests.ALARMS,),
            pending_days=settings.key_pending_days,
        )
    )
    topic = edge.add(Topic("EdgeAlarmTopic", key, capital(settings, "EdgeAlarms"), mail=Ref("ContactEmail")))
    for alarm in (*_of_cdn(settings, core, topic), *_of_bill(settings, topic)):
        edge.add(alarm)
    edge.output("EdgeAlarmTopicArn", topic.arn, "What the alarms of us-east-1 tell")


def _of_cdn(settings: Settings, core: Core, topic: Topic) -> Iterable[Alarm]:
    hits = core.cdn.metric("CacheHitRate", "Average")
    name = capital(settings, "CDN-LowCacheHitRate")
    yield Alarm("CdnLowCacheHitRate", hits, below=70, periods=3, name=name, actions=(topic,))
    for title, metric, limit in (
        ("4XXErrors", "4xxErrorRate", 5),
        ("5XXErrors", "5xxErrorRate", 1),
        ("TotalErrors", "TotalErrorRate", 5),
    ):
        rate = core.cdn.metric(metric, "Average")
        name = capital(settings, f"CDN-{title}")
        yield Alarm(f"Cdn{title}", rate, above=limit, periods=2, name=name, actions=(topic,))


def _of_bill(settings: Settings, topic: Topic) -> Iterable[Alarm]:
    charges = Metric("AWS/Billing", "EstimatedCharges", "Maximum", {"Currency": "USD"}, period=days(1))
    for title, dollars in (("Warning", 50), ("Critical", 100)):
        name = capital(settings, f"Cost-{title}")
        yield Alarm(f"Cost{title}", charges, above=dollars, name=name, actions=(topic,))

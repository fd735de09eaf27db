"""Alarms, alone and together."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Any, Literal

from troposphere import AWSObject, GetAtt, Ref, Sub, cloudwatch, encode_to_dict

from ecinfra.constructs.metric import Math, Metric
from ecinfra.constructs.topic import Topic
from ecinfra.frozen import frozen
from ecinfra.parts import given
from ecinfra.values import Plain

Missing = Literal["breaching", "notBreaching", "ignore", "missing"]


@frozen
class Alarm:
    """An alarm on one metric or expression, which tells its topics when it goes off.

    It lives where the metric is published, and so do its topics. It says nothing when all is well again: every new
    alarm would begin with such a message.
    """

    title: str
    metric: Metric | Math
    above: float | None = None
    at_least: float | None = None
    below: float | None = None
    periods: int = 1
    name: str | None = None
    actions: tuple[Topic, ...] = ()
    missing: Missing = "notBreaching"
    description: str = ""

    def __post_init__(self) -> None:
        given_ones = [value for value in (self.above, self.at_least, self.below) if value is not None]
        if len(given_ones) != 1:
            raise ValueError(f"above, at_least, below: an alarm needs one of them, and has {len(given_ones)}")
        span = self.periods * self.metric.period
        most = 86_400 if self.metric.period < 3_600 else 604_800
        if not 0 < span <= most:
            raise ValueError(
                f"periods: {self.periods} of {self.metric.period} seconds are not between 1 and {most} seconds"
            )

    @cached_property
    def arn(self) -> Any:
        """Its ARN."""
        return GetAtt(self.title, "Arn")

    @cached_property
    def alarm_name(self) -> Any:
        """Its name."""
        return Ref(self.title)

    def resources(self) -> Iterable[AWSObject]:
        """The alarm."""
        comparison, threshold = self._limit()
        yield cloudwatch.Alarm(
            self.title,
            ComparisonOperator=comparison,
            Threshold=threshold,
            EvaluationPeriods=self.periods,
            TreatMissingData=self.missing,
            **_measured(self.metric),
            **given(
                AlarmName=self.name,
                AlarmDescription=self.description,
                AlarmActions=[topic.arn for topic in self.actions] or None,
            ),
        )

    def _limit(self) -> tuple[str, float | None]:
        if self.above is not None:
            return "GreaterThanThreshold", self.above
        if self.at_least is not None:
            return "GreaterThanOrEqualToThreshold", self.at_least
        return "LessThanThreshold", self.below


@frozen
class CompositeAlarm:
    """An alarm that goes off when any of some alarms does, and tells its topics then and when all is well again."""

    title: str
    any_of: tuple[Alarm, ...]
    name: str | None = None
    actions: tuple[Topic, ...] = ()
    description: str = ""

    def __post_init__(self) -> None:
        if not 1 <= len(self.any_of) <= 100:
            raise ValueError(f"any_of: {len(self.any_of)} alarms are not between 1 and 100")

    @cached_property
    def arn(self) -> Any:
        """Its ARN."""
        return GetAtt(self.title, "Arn")

    @cached_property
    def alarm_name(self) -> Any:
        """Its name."""
        return Ref(self.title)

    def resources(self) -> Iterable[AWSObject]:
        """The alarm."""
        actions = [topic.arn for topic in self.actions] or None
        yield cloudwatch.CompositeAlarm(
            self.title,
            AlarmRule=Sub(" OR ".join(f'ALARM("${{{alarm.title}}}")' for alarm in self.any_of)),
            **given(AlarmName=self.name, AlarmDescription=self.description, AlarmActions=actions, OKActions=actions),
        )


def _measured(metric: Metric | Math) -> dict[str, Any]:
    """The properties that say what is measured: plain data, since Metric and Math have checked what they hold."""
    if isinstance(metric, Math):
        result = {"Id": "result", "Expression": metric.expression, "ReturnData": True, **given(Label=metric.label)}
        return {"Metrics": Plain([result, *(_query(name, each) for name, each in metric.metrics.items())])}
    statistic = "ExtendedStatistic" if metric.is_percentile else "Statistic"
    return {
        "Namespace": metric.namespace,
        "MetricName": metric.name,
        "Period": metric.period,
        statistic: metric.statistic,
        **given(Dimensions=Plain(_dimensions(metric)) if metric.dimensions else None),
    }


def _query(name: str, metric: Metric) -> dict[str, Any]:
    measured = {
        "Namespace": metric.namespace,
        "MetricName": metric.name,
        **given(Dimensions=_dimensions(metric) or None),
    }
    stat = {"Metric": measured, "Period": metric.period, "Stat": metric.statistic}
    return {"Id": name, "MetricStat": stat, "ReturnData": False}


def _dimensions(metric: Metric) -> list[dict[str, Any]]:
    return [{"Name": name, "Value": encode_to_dict(value)} for name, value in metric.dimensions.items()]

"""A dashboard: widgets from left to right, and what they show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any

from troposphere import AWSObject, Ref, cloudwatch

from ecinfra.constructs.alarm import Alarm, CompositeAlarm
from ecinfra.constructs.metric import Math, Metric
from ecinfra.constructs.substitution import substituted
from ecinfra.frozen import frozen
from ecinfra.parts import given

COLUMNS = 24
_HERE = Ref("AWS::Region")


@frozen
class Graph:
    """Metrics over time."""

    title: str
    metrics: tuple[Metric | Math, ...]
    width: int = 12
    height: int = 6

    def body(self) -> tuple[str, dict[str, Any]]:
        """Its type, and what it shows."""
        return "metric", {"view": "timeSeries", "stacked": False, **_measured(self.title, self.metrics)}


@frozen
class Number:
    """The latest value of metrics."""

    title: str
    metrics: tuple[Metric | Math, ...]
    width: int = 6
    height: int = 3

    def body(self) -> tuple[str, dict[str, Any]]:
        """Its type, and what it shows."""
        return "metric", {"view": "singleValue", **_measured(self.title, self.metrics)}


@frozen
class Text:
    """Markdown."""

    markdown: Any
    width: int = COLUMNS
    height: int = 2

    def body(self) -> tuple[str, dict[str, Any]]:
        """Its type, and what it shows."""
        return "text", {"markdown": self.markdown}


@frozen
class AlarmStatus:
    """Which alarms are on."""

    title: str
    alarms: tuple[Alarm | CompositeAlarm, ...]
    width: int = COLUMNS
    height: int = 3

    def body(self) -> tuple[str, dict[str, Any]]:
        """Its type, and what it shows."""
        return "alarm", {"title": self.title, "alarms": [alarm.arn for alarm in self.alarms]}


Widget = Graph | Number | Text | AlarmStatus


@frozen
class Dashboard:
    """A dashboard; a row takes widgets until the next one does not fit."""

    title: str
    widgets: tuple[Widget, ...]
    name: str | None = None

    def __post_init__(self) -> None:
        for widget in self.widgets:
            if not 1 <= widget.width <= COLUMNS:
                raise ValueError(f"widgets: a width of {widget.width} is not between 1 and {COLUMNS} columns")

    @cached_property
    def dashboard_name(self) -> Any:
        """Its name."""
        return Ref(self.title)

    def resources(self) -> Iterable[AWSObject]:
        """The dashboard."""
        yield cloudwatch.Dashboard(
            self.title,
            DashboardBody=substituted({"widgets": list(_placed(self.widgets))}),
            **given(DashboardName=self.name),
        )


def _placed(widgets: Iterable[Widget]) -> Iterator[dict[str, Any]]:
    x = y = tallest = 0
    for widget in widgets:
        if x + widget.width > COLUMNS:
            x, y, tallest = 0, y + tallest, 0
        kind, properties = widget.body()
        place = {"x": x, "y": y, "width": widget.width, "height": widget.height}
        yield {"type": kind, **place, "properties": properties}
        x += widget.width
        tallest = max(tallest, widget.height)


def _measured(title: str, metrics: tuple[Metric | Math, ...]) -> dict[str, Any]:
    region = metrics[0].region
    names = [name for metric in metrics if isinstance(metric, Math) for name in metric.metrics]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise ValueError(f"metrics: two expressions of the widget '{title}' call a metric {', '.join(twice)}")
    rows: list[list[Any]] = []
    for number, metric in enumerate(metrics):
        if isinstance(metric, Metric):
            rows.append(_row(metric, region))
            continue
        rows.append([{"expression": metric.expression, "id": f"result{number}", **given(label=metric.label)}])
        rows += [_row(each, region, id=name, visible=False) for name, each in metric.metrics.items()]
    return {"title": title, "region": region or _HERE, "metrics": rows}


def _row(metric: Metric, region: str | None, **options: Any) -> list[Any]:
    if metric.region != region:
        options["region"] = metric.region or _HERE
    named = [part for dimension in metric.dimensions.items() for part in dimension]
    options = {"stat": metric.statistic, "period": metric.period, **given(label=metric.label), **options}
    return [metric.namespace, metric.name, *named, options]

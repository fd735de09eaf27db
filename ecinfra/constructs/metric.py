"""What CloudWatch measures, as alarms and dashboards speak of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ecinfra.frozen import field, frozen
from ecinfra.units import Seconds, hours, minutes

_STATISTICS = ("Average", "Maximum", "Minimum", "SampleCount", "Sum")
_PERCENTILE = re.compile(r"p(\d{1,2}(\.\d+)?|100)")
_ID = re.compile(r"[a-z][A-Za-z0-9_]*")


@frozen
class Metric:
    """One statistic of one metric; `region` says where it is published, if it is not where it is read."""

    namespace: str
    name: str
    statistic: str = "Sum"
    dimensions: Mapping[str, Any] = field(default_factory=dict)
    period: Seconds = minutes(5)
    label: str = ""
    region: str | None = None

    def __post_init__(self) -> None:
        if self.statistic not in _STATISTICS and not _PERCENTILE.fullmatch(self.statistic):
            raise ValueError(
                f"statistic: '{self.statistic}' is neither {', '.join(_STATISTICS)} nor a percentile such as p99"
            )
        if self.period not in (10, 30) and (self.period <= 0 or self.period % 60):
            raise ValueError(f"period: {self.period} is neither 10 nor 30 seconds, nor whole minutes")
        if self.namespace == "AWS/Billing" and (self.dimensions.get("Currency") != "USD" or self.period < hours(6)):
            raise ValueError(
                "dimensions, period: AWS/Billing is published in us-east-1, every 6 hours, with Currency=USD; "
                "any other never has data"
            )

    @property
    def is_percentile(self) -> bool:
        """Whether the statistic is a percentile."""
        return self.statistic not in _STATISTICS


@frozen
class Math:
    """An expression over metrics, which it calls by names of its own: `Math("errors / calls * 100", {...})`."""

    expression: str
    metrics: Mapping[str, Metric]
    label: str = ""

    def __post_init__(self) -> None:
        words = set(re.findall(r"\w+", self.expression))
        for name in self.metrics:
            if not _ID.fullmatch(name) or name not in words:
                raise ValueError(
                    f"metrics: '{name}' must begin with a small letter and occur in the expression '{self.expression}'"
                )
        periods = {metric.period for metric in self.metrics.values()}
        if len(periods) != 1:
            raise ValueError(f"metrics: an expression needs metrics of one period, and these have {len(periods)}")

    @property
    def period(self) -> Seconds:
        """The period of its metrics."""
        return next(iter(self.metrics.values())).period

    @property
    def region(self) -> str | None:
        """The region of its metrics."""
        return next(iter(self.metrics.values())).region

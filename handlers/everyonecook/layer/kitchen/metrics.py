"""Metrics, as lines in the log that CloudWatch reads (EMF)."""

from __future__ import annotations

import os

from aws_lambda_powertools.metrics import MetricUnit, single_metric

ENVIRONMENT = os.environ["ENVIRONMENT"]
NAMESPACE = "EveryoneCook"


def count(name: str, value: int = 1) -> None:
    """Count something under the environment's name."""
    with single_metric(name=name, unit=MetricUnit.Count, value=value, namespace=NAMESPACE) as metric:
        metric.add_dimension(name="Environment", value=ENVIRONMENT)

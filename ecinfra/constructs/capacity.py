"""Provisioned capacity of a table, and what lets it follow the load."""

from __future__ import annotations

import re
from collections.abc import Iterable

from troposphere import AWSObject, Ref, Sub
from troposphere.applicationautoscaling import (
    PredefinedMetricSpecification,
    ScalableTarget,
    ScalingPolicy,
    TargetTrackingScalingPolicyConfiguration,
)

from ecinfra.frozen import frozen


@frozen
class Capacity:
    """Units a second, for a table and for each index: at `at` per cent used there come more, up to `most`."""

    read: int
    write: int
    most: int
    at: int = 70

    def __post_init__(self) -> None:
        for name, least in (("read", self.read), ("write", self.write)):
            if not 1 <= least <= self.most:
                raise ValueError(f"{name}: {least} is not between 1 and most, which is {self.most}")
        if not 20 <= self.at <= 90:
            raise ValueError(f"at: {self.at} is not between 20 and 90 per cent")

    def scaling(self, table: str, indexes: Iterable[str]) -> Iterable[AWSObject]:
        """What scales a table and its indexes, reads and writes each."""
        yield from self._both(table, f"table/${{{table}}}", "table")
        for index in indexes:
            title = table + re.sub(r"[^A-Za-z0-9]", "", index)
            yield from self._both(title, f"table/${{{table}}}/index/{index}", "index")

    def _both(self, title: str, resource: str, kind: str) -> Iterable[AWSObject]:
        for what, least in (("Read", self.read), ("Write", self.write)):
            # no RoleARN: it is always Application Auto Scaling's own service-linked role
            yield ScalableTarget(
                f"{title}{what}Target",
                ServiceNamespace="dynamodb",
                ResourceId=Sub(resource),
                ScalableDimension=f"dynamodb:{kind}:{what}CapacityUnits",
                MinCapacity=least,
                MaxCapacity=self.most,
            )
            yield ScalingPolicy(
                f"{title}{what}Scaling",
                PolicyName=f"{title}{what}",
                PolicyType="TargetTrackingScaling",
                ScalingTargetId=Ref(f"{title}{what}Target"),
                TargetTrackingScalingPolicyConfiguration=TargetTrackingScalingPolicyConfiguration(
                    PredefinedMetricSpecification=PredefinedMetricSpecification(
                        PredefinedMetricType=f"DynamoDB{what}CapacityUtilization"
                    ),
                    TargetValue=self.at,
                ),
            )

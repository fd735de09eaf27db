"""A layer: what functions share, built once per runtime and architecture."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from troposphere import AWSObject, Ref, awslambda

from ecinfra.app import ARTIFACT_BUCKET
from ecinfra.assets import Asset
from ecinfra.frozen import frozen
from ecinfra.parts import given


@frozen
class Layer:
    """A layer version; functions that run on it run on its runtime and architecture."""

    title: str
    code: Asset
    runtime: str = "python3.13"
    architecture: str = "arm64"
    name: str | None = None

    @cached_property
    def arn(self) -> Any:
        """The ARN of this version."""
        return Ref(self.title)

    def resources(self) -> Iterable[AWSObject]:
        """The layer version; old ones stay for the functions that still run on them."""
        version = awslambda.LayerVersion(
            self.title,
            Content=awslambda.Content(S3Bucket=Ref(ARTIFACT_BUCKET), S3Key=self.code.key),
            CompatibleRuntimes=[self.runtime],
            CompatibleArchitectures=[self.architecture],
            **given(LayerName=self.name),
        )
        version.DeletionPolicy = "Delete"
        version.UpdateReplacePolicy = "Retain"
        yield version

"""A certificate that proves itself through its hosted zone."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from troposphere import AWSObject, Ref
from troposphere import certificatemanager as acm

from ecinfra.constructs.zone import GivenZone, Zone, check_within
from ecinfra.frozen import frozen
from ecinfra.parts import given


@frozen
class Certificate:
    """A public certificate for names of one zone; for CloudFront it lives in us-east-1."""

    title: str
    domain: str
    zone: Zone | GivenZone
    others: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        check_within(self.zone, "domain", self.domain)
        for name in self.others:
            check_within(self.zone, "others", name)

    @cached_property
    def arn(self) -> Any:
        """Its ARN, once it is issued."""
        return Ref(self.title)

    def resources(self) -> Iterable[AWSObject]:
        """The certificate; CloudFormation writes its validation records, and waits for them."""
        names = [self.domain, *self.others]
        # x and *.x prove themselves by one record: asked for it twice, Route 53 refuses the whole change
        proving = [name for name in names if name.removeprefix("*.") == name or name[2:] not in names]
        yield acm.Certificate(
            self.title,
            DomainName=self.domain,
            ValidationMethod="DNS",
            DomainValidationOptions=[
                acm.DomainValidationOption(DomainName=name, HostedZoneId=self.zone.id) for name in proving
            ],
            **given(SubjectAlternativeNames=list(self.others) or None),
        )

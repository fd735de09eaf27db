"""A name of one's own for an API."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from troposphere import AWSObject, GetAtt, Ref
from troposphere.apigateway import BasePathMapping, DomainName, EndpointConfiguration

from ecinfra.constructs.zone import Alias, GivenZone, Record, Zone
from ecinfra.frozen import frozen


@frozen
class ApiDomain:
    """A regional domain with its DNS record; the certificate must be of the API's own region."""

    title: str
    domain: str
    certificate: Any
    zone: Zone | GivenZone

    def resources(self, api: str, stage: str) -> Iterable[AWSObject]:
        """The domain, its way to a stage, and the record; the stage by reference, for it must stand first."""
        yield DomainName(
            self.title,
            DomainName=self.domain,
            RegionalCertificateArn=self.certificate,
            EndpointConfiguration=EndpointConfiguration(Types=["REGIONAL"]),
            SecurityPolicy="TLS_1_2",
        )
        yield BasePathMapping(
            f"{self.title}Mapping",
            DomainName=Ref(self.title),
            RestApiId=Ref(api),
            Stage=Ref(stage),
        )
        target = Alias(GetAtt(self.title, "RegionalDomainName"), GetAtt(self.title, "RegionalHostedZoneId"))
        yield from Record(f"{self.title}Record", self.zone, self.domain, target).resources()

"""A hosted zone, and records in it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from troposphere import AWSObject, GetAtt, Ref, route53
from troposphere.validators.route53 import AliasTarget

from ecinfra.frozen import frozen
from ecinfra.retention import Keeping


@frozen
class Zone:
    """A public hosted zone; one that several environments share is kept, whatever happens to this one."""

    title: str
    domain: str
    keeping: Keeping | None = None

    @cached_property
    def id(self) -> Any:
        """Its id."""
        return Ref(self.title)

    @cached_property
    def name_servers(self) -> Any:
        """The name servers that the domain's registrar must be told."""
        return GetAtt(self.title, "NameServers")

    def resources(self) -> Iterable[AWSObject]:
        """The zone."""
        zone = route53.HostedZone(self.title, Name=self.domain)
        if self.keeping:
            self.keeping.apply(zone)
        yield zone


@frozen
class GivenZone:
    """A hosted zone that exists already."""

    id: Any
    domain: str


@frozen
class Alias:
    """What a record stands for: a host of AWS's, in a zone of AWS's."""

    dns_name: Any
    zone_id: Any
    ipv6: bool = False


@frozen
class Record:
    """A name that stands for a distribution, an API or a load balancer."""

    title: str
    zone: Zone | GivenZone
    name: str
    target: Alias

    def __post_init__(self) -> None:
        check_within(self.zone, "name", self.name)

    def resources(self) -> Iterable[AWSObject]:
        """One record for IPv4, and one for IPv6 where the target answers it."""
        yield self._record(self.title, "A")
        if self.target.ipv6:
            yield self._record(f"{self.title}V6", "AAAA")

    def _record(self, title: str, kind: str) -> route53.RecordSetType:
        return route53.RecordSetType(
            title,
            HostedZoneId=self.zone.id,
            Name=self.name,
            Type=kind,
            AliasTarget=AliasTarget(  # type: ignore[no-untyped-call] # the one property with an untyped __init__
                DNSName=self.target.dns_name, HostedZoneId=self.target.zone_id, EvaluateTargetHealth=False
            ),
        )


def check_within(zone: Zone | GivenZone, argument: str, name: str) -> None:
    """Refuse a name that the zone does not answer for."""
    if name != zone.domain and not name.endswith(f".{zone.domain}"):
        raise ValueError(f"{argument}: '{name}' is not in the zone {zone.domain}")

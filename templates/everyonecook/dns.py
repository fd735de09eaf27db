"""DNS: the hosted zone of the domain, which belongs to the account."""

from __future__ import annotations

from troposphere import Join, Parameter, Ref

from ecinfra import App
from ecinfra.constructs import GivenZone, Zone
from ecinfra.retention import Keeping
from templates.everyonecook.names import EDGE
from templates.everyonecook.settings import Settings


def stack(app: App, settings: Settings) -> Zone | GivenZone | None:
    """The zone: made by the environment that owns it, given to the others, absent without a domain."""
    if settings.domains is None:
        return None
    if not settings.owns_account:
        return GivenZone(Ref("HostedZoneId"), settings.domains.zone)
    dns = app.stack(
        "DNS",
        region=EDGE,  # Route 53 is global, and the certificates that need the zone are there
        description="The hosted zone of EveryoneCook's domain",
        tags={"StackType": "DNS", "Layer": "Foundation", "CostCenter": f"DNS-{settings.environment}"},
    )
    zone = dns.add(
        Zone("HostedZone", settings.domains.zone, keeping=Keeping.ALWAYS if settings.keep_data else None),
        tags={"Component": "DNS"},
    )
    dns.output("HostedZoneId", zone.id, "Zone that holds every record of EveryoneCook")
    dns.output("HostedZoneName", settings.domains.zone, "Domain of the zone")
    dns.output("NameServers", Join(",", zone.name_servers), "What the domain's registrar must be told")
    return zone


def given_zone_id() -> Parameter:
    """The id of a zone that another environment owns."""
    return Parameter(
        "HostedZoneId",
        Type="String",
        AllowedPattern="Z[A-Z0-9]+",
        Description="Hosted zone of the domain, as the environment that owns it puts it out",
    )

"""Certificate: what CloudFront shows to browsers; it accepts certificates of us-east-1 only."""

from __future__ import annotations

from ecinfra import App
from ecinfra.constructs import Certificate, GivenZone, Zone
from ecinfra.frozen import frozen
from templates.everyonecook.dns import given_zone_id
from templates.everyonecook.names import EDGE
from templates.everyonecook.settings import Settings


@frozen
class Certificates:
    """One for the CDN, one for every other name of the domain."""

    cdn: Certificate
    site: Certificate


def stack(app: App, settings: Settings, zone: Zone | GivenZone | None) -> Certificates | None:
    """The certificates; none without a domain."""
    if zone is None or settings.domains is None:
        return None
    certificate = app.stack(
        "Certificate",
        region=EDGE,
        description="Certificates of EveryoneCook's CDN and pages",
        tags={
            "StackType": "Certificate",
            "Layer": "Foundation",
            "CostCenter": f"Certificate-{settings.environment}",
        },
    )
    if isinstance(zone, GivenZone):
        certificate.add(given_zone_id())
    domain = settings.domains.zone
    made = Certificates(
        cdn=certificate.add(
            Certificate("CdnCertificate", settings.domains.cdn, zone),
            tags={"Component": "CloudFront", "Purpose": "CDN-SSL"},
        ),
        site=certificate.add(
            Certificate("SiteCertificate", f"*.{domain}", zone, others=(domain,)),
            tags={"Component": "CloudFront", "Purpose": "Site-SSL"},
        ),
    )
    certificate.output("CloudFrontCertificateArn", made.cdn.arn, "Certificate of the CDN")
    certificate.output("CloudFrontCertificateDomain", settings.domains.cdn, "Domain of that certificate")
    certificate.output("SiteCertificateArn", made.site.arn, "Certificate of the pages")
    certificate.output("SiteCertificateDomain", f"*.{domain}", "Domain of that certificate")
    return made

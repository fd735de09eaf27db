"""Frontend: the pages of EveryoneCook, any built folder, from a private bucket through a CDN."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from troposphere import Sub

from ecinfra import App
from ecinfra.assets import Asset
from ecinfra.constructs import GivenZone, StaticSite, Zone
from ecinfra.frozen import frozen
from templates.everyonecook.certificate import Certificates
from templates.everyonecook.core import Core
from templates.everyonecook.names import capital, small
from templates.everyonecook.settings import Settings

PAGES = Path(__file__).parent / "pages"


@frozen
class Frontend:
    """The site, and where it answers."""

    site: StaticSite
    url: Any


def stack(
    app: App, settings: Settings, zone: Zone | GivenZone | None, certificates: Certificates | None, core: Core
) -> Frontend:
    """The site."""
    frontend = app.stack(
        "Frontend",
        description="EveryoneCook's pages",
        tags={
            "StackType": "Frontend",
            "Layer": "Application",
            "CostCenter": f"Frontend-{settings.environment}",
            "Component": "CloudFront",
        },
    )
    domain = settings.domains.frontend if settings.domains else None
    site = frontend.add(
        StaticSite(
            "Site",
            capital(settings, "Site"),
            Asset(PAGES),
            content_security=_content_security(settings),
            domain=domain,
            certificate=certificates.site if certificates else None,
            zone=zone,
            logs=core.logs,
        ),
        tags={"Name": small(settings, "site")},
    )
    url = f"https://{domain}" if domain else Sub("https://${SiteCdn.DomainName}")
    frontend.output("SiteUrl", url, "Where the pages are")
    frontend.output("SiteBucketName", site.bucket.bucket_name, "Where a built folder goes")
    frontend.output("SiteDistributionId", site.cdn.id)
    return Frontend(site, url)


def _content_security(settings: Settings) -> str:
    """Pages load what is theirs, pictures of the CDN, and talk to the API and the sockets."""
    pictures = f"https://{settings.domains.cdn}" if settings.domains else "https:"
    api = f"https://{settings.domains.api}" if settings.domains else "https:"
    return (
        "default-src 'self'; "
        f"img-src 'self' data: {pictures}; "
        f"connect-src 'self' {api} https://*.amazonaws.com wss://*.amazonaws.com; "
        "object-src 'none'; base-uri 'self'; frame-ancestors 'none'; form-action 'self'"
    )

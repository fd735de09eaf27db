"""Names that the outside knows EveryoneCook's resources by."""

from __future__ import annotations

from pathlib import Path

from ecinfra.assets import Handlers
from templates.everyonecook.settings import Settings

HANDLERS = Handlers(Path(__file__).parents[2] / "handlers" / "everyonecook")
EDGE = "us-east-1"  # where CloudFront's certificates and metrics are, and those of billing


def small(settings: Settings, name: str) -> str:
    """`everyonecook-dev-ai-queue`."""
    return f"everyonecook-{settings.environment}-{name}"


def capital(settings: Settings, name: str) -> str:
    """`EveryoneCook-dev-Alarms`."""
    return f"EveryoneCook-{settings.environment}-{name}"


def page_origins(settings: Settings) -> tuple[str, ...]:
    """The pages that may fetch EveryoneCook's pictures from a browser."""
    pages = (f"https://{settings.domains.frontend}",) if settings.domains else ()
    return (*pages, "http://localhost:3000") if settings.localhost_allowed else pages


def api_origins(settings: Settings) -> tuple[str, ...]:
    """The pages that may call EveryoneCook's API from a browser."""
    if settings.domains is None:
        return page_origins(settings)
    first, *others = page_origins(settings)
    return (first, f"https://www.{settings.domains.frontend}", *others)

"""Telling users what was decided: as good as can be, and never in the way of the decision."""

from __future__ import annotations

from typing import Any

from admin.failures import only_logged
from kitchen.notifications import ADMIN_TTL, notify


def tell(
    recipient: str,
    kind: str,
    now: int,
    *,
    about: tuple[str, str] | None = None,
    keep_seconds: int = ADMIN_TTL,
    **metadata: Any,
) -> None:
    """Put a notification of an administrator's before a user; `about` is the type and id of what it is about."""
    kind_of, resource = about or (None, None)
    said = {name: value for name, value in metadata.items() if value is not None}
    with only_logged("a notification"):
        notify(
            recipient, kind, now, resource_type=kind_of, resource_id=resource, metadata=said, keep_seconds=keep_seconds
        )

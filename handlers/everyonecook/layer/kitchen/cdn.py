"""Public addresses of what lies in the content bucket."""

from __future__ import annotations

import os

CDN_DOMAIN = os.environ["CDN_DOMAIN"]


def url(key: str) -> str:
    """The address of an object."""
    return f"https://{CDN_DOMAIN}/{key}"


def default_avatar() -> str:
    """The picture of those who show none."""
    return url("defaults/avatar.png")


def default_background() -> str:
    """The background of those who show none."""
    return url("defaults/background.png")

"""Kinds of pictures: how large, how many, and what is made of them."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from typing import Any

from kitchen import limits
from kitchen.errors import BadRequest
from kitchen.limits import Limit

Operation = dict[str, Any]

TYPES = frozenset(os.environ["ALLOWED_IMAGE_TYPES"].split(","))


@dataclass(frozen=True)
class Kind:
    """A kind: its largest size, its links a day, how many one post or recipe may have, what is made of it."""

    largest: int
    limit: Limit
    operations: tuple[Operation, ...]
    most: int = 0


def _resize(width: int, height: int, fit: str) -> Operation:
    return {"type": "resize", "params": {"width": width, "height": height, "fit": fit}}


def _compress(quality: int) -> Operation:
    return {"type": "compress", "params": {"quality": quality}}


def _thumbnail(size: int) -> Operation:
    return {"type": "thumbnail", "params": {"width": size, "height": size}}


_FOR_READING = (_resize(1_200, 1_200, "inside"), _compress(85), _thumbnail(300))
KINDS = {
    "avatar": Kind(
        int(os.environ["MAX_AVATAR_SIZE"]),
        replace(limits.AVATAR_UPLOAD, most=int(os.environ["AVATAR_UPLOAD_LIMIT"])),
        (_resize(200, 200, "cover"), _compress(85), _thumbnail(50)),
    ),
    "background": Kind(
        int(os.environ["MAX_BACKGROUND_SIZE"]),
        replace(limits.BACKGROUND_UPLOAD, most=int(os.environ["BACKGROUND_UPLOAD_LIMIT"])),
        (_resize(1_920, 1_080, "cover"), _compress(90)),
    ),
    "post": Kind(
        int(os.environ["MAX_POST_IMAGE_SIZE"]),
        limits.POST_IMAGE_UPLOAD,
        _FOR_READING,
        int(os.environ["POST_IMAGE_LIMIT"]),
    ),
    "recipe": Kind(
        int(os.environ["MAX_RECIPE_IMAGE_SIZE"]),
        limits.RECIPE_IMAGE_UPLOAD,
        _FOR_READING,
        int(os.environ["RECIPE_IMAGE_LIMIT"]),
    ),
}


def check(kind: str, content_type: str, size: int) -> None:
    """Refuse with BadRequest what is no picture of ours, or too large for its kind."""
    if content_type not in TYPES:
        raise BadRequest(f"contentType: only {', '.join(sorted(TYPES))} are taken")
    largest = KINDS[kind].largest
    if not 0 < size <= largest:
        raise BadRequest(f"fileSize: a file of type {kind} has 1 to {largest} bytes")

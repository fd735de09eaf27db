"""What the handlers write into their log."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager

from kitchen.logs import logger


@contextmanager
def log() -> Iterator[io.StringIO]:
    """Everything that is logged meanwhile."""
    lines = io.StringIO()
    before = logger.registered_handler.setStream(lines)  # type: ignore[attr-defined]
    try:
        yield lines
    finally:
        logger.registered_handler.setStream(before)  # type: ignore[attr-defined]

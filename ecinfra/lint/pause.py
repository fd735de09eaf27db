"""A short life without the collector."""

from __future__ import annotations

import atexit
import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Leave garbage where it is: a command ends before looking for it pays."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def leave_uncollected() -> None:
    """Let the process end without looking through all that it made: that goes with it."""
    atexit.register(gc.freeze)

"""What holds for every test."""

from __future__ import annotations

import gc


def pytest_collection_finish() -> None:
    """The imported modules stay until the end: the collector need not walk through them for every test."""
    gc.collect()
    gc.freeze()

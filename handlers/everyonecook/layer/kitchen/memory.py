"""What a warm container may remember for a while."""

from __future__ import annotations

from threading import Lock
from typing import Generic, TypeVar

Kept = TypeVar("Kept")


class Memory(Generic[Kept]):
    """A bounded cache whose entries are forgotten after a time; safe between threads."""

    def __init__(self, milliseconds: int, most: int = 10_000) -> None:
        self._milliseconds = milliseconds
        self._most = most
        self._kept: dict[str, tuple[int, Kept]] = {}
        self._lock = Lock()

    def get(self, key: str, now: int) -> Kept | None:
        """What was put under a key, unless too long ago."""
        with self._lock:
            since, value = self._kept.get(key, (0, None))
        return value if value is not None and now < since + self._milliseconds else None

    def put(self, key: str, value: Kept, now: int) -> None:
        """Remember a value from now on; the oldest entry makes room."""
        with self._lock:
            self._kept.pop(key, None)
            if len(self._kept) >= self._most:
                del self._kept[next(iter(self._kept))]
            self._kept[key] = (now, value)

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._kept.clear()

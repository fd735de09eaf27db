"""Words for numbers and lists."""

from __future__ import annotations


def counted(count: int, noun: str) -> str:
    """So many of a thing."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"

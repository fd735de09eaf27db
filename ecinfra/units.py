"""Durations and sizes, said in words."""

from __future__ import annotations

from typing import NewType

Seconds = NewType("Seconds", int)
Bytes = NewType("Bytes", int)


def seconds(count: int) -> Seconds:
    """So many seconds."""
    return Seconds(count)


def minutes(count: int) -> Seconds:
    """So many minutes."""
    return Seconds(count * 60)


def hours(count: int) -> Seconds:
    """So many hours."""
    return Seconds(count * 3_600)


def days(count: int) -> Seconds:
    """So many days."""
    return Seconds(count * 86_400)


def kibibytes(count: int) -> Bytes:
    """So many KiB."""
    return Bytes(count * 1_024)


def mebibytes(count: int) -> Bytes:
    """So many MiB."""
    return Bytes(count * 1_048_576)


def gibibytes(count: int) -> Bytes:
    """So many GiB."""
    return Bytes(count * 1_073_741_824)

"""Groups packed into columns: as compact as their order allows, and a little higher than wide."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from ecinfra.graph.shapes import Rectangle

_SHAPE = 0.8


@dataclass(frozen=True, slots=True)
class Packing:
    """Where each group stands, and the room that all take."""

    width: float
    height: float
    places: tuple[Rectangle, ...]


def pack(heights: Sequence[float], width: float, gap: float, gutter: float) -> Packing:
    """Pack groups of one width, column by column, each as high as it must be."""
    candidates = [_packed(heights, width, gap, gutter, count) for count in range(1, min(len(heights), 9) + 1)]
    return min(candidates, key=lambda packing: abs(packing.width / packing.height - _SHAPE))


def _packed(heights: Sequence[float], width: float, gap: float, gutter: float, count: int) -> Packing:
    columns = _columns(heights, gap, _lowest(heights, gap, count))
    places = []
    for number, column in enumerate(columns):
        top = 0.0
        for height in column:
            places.append(Rectangle(number * (width + gutter), top, width, height))
            top += height + gap
    return Packing(
        width=len(columns) * (width + gutter) - gutter,
        height=max(place.bottom for place in places),
        places=tuple(places),
    )


def _lowest(heights: Sequence[float], gap: float, count: int) -> float:
    """The least height at which so many columns suffice."""
    sums = {
        sum(heights[start:stop]) + gap * (stop - start - 1)
        for start in range(len(heights))
        for stop in range(start + 1, len(heights) + 1)
    }
    limits = sorted(limit for limit in sums if limit >= max(heights))
    return limits[bisect_left(limits, True, key=lambda limit: len(_columns(heights, gap, limit)) <= count)]


def _columns(heights: Sequence[float], gap: float, limit: float) -> list[list[float]]:
    columns: list[list[float]] = [[]]
    filled = 0.0
    for height in heights:
        if columns[-1] and filled + gap + height > limit:
            columns.append([])
            filled = 0.0
        filled += height + (gap if columns[-1] else 0.0)
        columns[-1].append(height)
    return columns

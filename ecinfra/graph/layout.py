"""A layered layout, from left to right: pure geometry, the same for the same input.

Boxes stand in columns; lines run between the columns, and through gaps that each column leaves for them, so that no
line runs through a box.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ecinfra.graph.crossings import reduce_crossings
from ecinfra.graph.grid import Grid, make_grid
from ecinfra.graph.heights import Piece, pieces, settle
from ecinfra.graph.shapes import Box, Frame, Layout, Link, Point, Rectangle
from ecinfra.graph.straight import straighten

MARGIN = 24.0
PADDING = 24.0
HEADING = 52.0
# how much of a line is straight before it arrives: room for a number and the head of the arrow
LANDING = 40.0
# a frame's border stands before that
_BEFORE_LANDING = 6.0
_ENTRY = LANDING + _BEFORE_LANDING
_BEFORE_LABEL = 8.0
_GAP = 30.0
_WIDEST_GAP = 160.0
_FOR_EACH_LINE = 4.0
_STEEPEST = 0.22
_BETWEEN_FRAMES = 12.0


@dataclass(frozen=True, slots=True)
class _Column:
    """Where a column begins and ends, from the left, and where lines that arrive are level."""

    level: float
    left: float
    right: float


def lay_out(boxes: Sequence[Box], links: Sequence[Link], frames: Sequence[Frame]) -> Layout:
    """Place boxes in their frames, and route the links between them.

    Boxes and frames come in an order in which no link leads back.
    """
    grid = make_grid(boxes, links, frames)
    reduce_crossings(grid)
    lines = pieces(grid)
    middle = settle(grid, lines)
    straighten(grid, lines, middle)
    top = min((middle[name] - node.height / 2 for name, node in grid.nodes.items()), default=0.0)
    middle = {name: value - top + MARGIN + HEADING + PADDING for name, value in middle.items()}
    columns = _columns(grid, lines, middle, frames)
    places = {name: _place(grid, name, middle[name], columns) for name in grid.nodes}
    borders = {frame.name: _border(grid, frame.name, places, columns) for frame in frames}
    return Layout(
        width=max((border.right for border in borders.values()), default=MARGIN) + MARGIN,
        height=max((place.bottom for place in (*borders.values(), *places.values())), default=MARGIN) + MARGIN,
        boxes={box.name: places[box.name] for box in boxes},
        frames=borders,
        labels=tuple(places[chain[-2]] if link.label else None for link, chain in zip(links, grid.chains, strict=True)),
        routes=tuple(_route(line, grid, middle, places, columns) for line in lines),
    )


def _columns(
    grid: Grid, lines: list[list[Piece]], middle: Mapping[str, float], frames: Sequence[Frame]
) -> list[_Column]:
    widths = [max((grid.nodes[name].width for name in column), default=0) for column in grid.columns]
    gaps = [_gap(grid, number, lines, middle) for number in range(len(grid.columns) - 1)]
    for frame in frames:
        span = grid.spans[frame.name]
        inner = sum(widths[span.start : span.stop]) + sum(gaps[span.start : span.stop - 1])
        widths[span.stop - 1] += max(0.0, frame.width - inner - _ENTRY - PADDING)
    columns = []
    left = MARGIN + _ENTRY
    for number, width in enumerate(widths):
        columns.append(_Column(left - _landing(grid, number), left, left + width))
        left += width + sum(gaps[number : number + 1])
    return columns


def _gap(grid: Grid, number: int, lines: list[list[Piece]], middle: Mapping[str, float]) -> float:
    """The room between a column and the next: the more, the more lines there are and the steeper they run."""
    rises = [
        abs(middle[piece.source] + piece.leaves - middle[piece.target] - piece.arrives)
        for line in lines
        for piece in line
        if grid.nodes[piece.source].column == number
    ]
    wanted = max(_GAP + _FOR_EACH_LINE * len(rises), _STEEPEST * max(rises, default=0))
    ends = any(span.stop == number + 1 for span in grid.spans.values())
    begins = any(span.start == number + 1 for span in grid.spans.values())
    borders = ends * PADDING + begins * _BEFORE_LANDING + (_BETWEEN_FRAMES if ends and begins else 0)
    return round(min(wanted, _WIDEST_GAP)) + _landing(grid, number + 1) + borders


def _landing(grid: Grid, number: int) -> float:
    return LANDING if any(grid.nodes[name].is_box for name in grid.columns[number]) else _BEFORE_LABEL


def _place(grid: Grid, name: str, middle: float, columns: list[_Column]) -> Rectangle:
    node = grid.nodes[name]
    return Rectangle(columns[node.column].left, round(middle - node.height / 2, 1), node.width, node.height)


def _border(grid: Grid, frame: str, places: Mapping[str, Rectangle], columns: list[_Column]) -> Rectangle:
    span = grid.spans[frame]
    inside = [places[name] for name, node in grid.nodes.items() if node.zone == frame]
    left, right = columns[span.start].left - _ENTRY, columns[span.stop - 1].right + PADDING
    top = min(place.y for place in inside) - PADDING - HEADING
    return Rectangle(left, top, right - left, max(place.bottom for place in inside) + PADDING - top)


def _route(
    line: list[Piece],
    grid: Grid,
    middle: Mapping[str, float],
    places: Mapping[str, Rectangle],
    columns: list[_Column],
) -> tuple[Point, ...]:
    first = line[0]
    points = [(places[first.source].right, middle[first.source] + first.leaves)]
    for piece in line:
        before, after = columns[grid.nodes[piece.source].column], columns[grid.nodes[piece.target].column]
        leaves, arrives = middle[piece.source] + piece.leaves, middle[piece.target] + piece.arrives
        points += [(before.right, leaves), (after.level, arrives), (after.left, arrives)]
    return _straightened([(round(x, 1), round(y, 1)) for x, y in points])


def _straightened(points: list[Point]) -> tuple[Point, ...]:
    """The same way without the points that it runs level through."""
    kept = [points[0]]
    for number in range(1, len(points) - 1):
        if not kept[-1][1] == points[number][1] == points[number + 1][1]:
            kept.append(points[number])
    return (*kept, points[-1])

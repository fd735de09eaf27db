"""Long lines made level, as far as there is room for it."""

from __future__ import annotations

from ecinfra.graph.grid import Grid
from ecinfra.graph.heights import Piece, distances, extent

_Room = tuple[float, float]
_ANYWHERE: _Room = (float("-inf"), float("inf"))


def straighten(grid: Grid, lines: list[list[Piece]], middle: dict[str, float]) -> None:
    """Let each line pass through as many columns as it can at one height; the longest lines choose first."""
    place = {name: number for column in grid.columns for number, name in enumerate(column)}
    limits = _limits(grid, middle)
    for line in sorted(lines, key=len, reverse=True):
        before = middle[line[0].source] + line[0].leaves
        after = middle[line[-1].target] + line[-1].arrives
        run: list[str] = []
        shared = _ANYWHERE
        for piece in line[:-1]:
            low, high = _shared(_room(grid, piece.target, place, middle), limits[piece.target])
            if run and max(low, shared[0]) > min(high, shared[1]):
                before = _level(run, shared, before, after, middle)
                run, shared = [], _ANYWHERE
            run.append(piece.target)
            shared = _shared((low, high), shared)
        if run:
            _level(run, shared, before, after, middle)


def _limits(grid: Grid, middle: dict[str, float]) -> dict[str, _Room]:
    """Where a node must stay, so that its zone does not grow into another."""
    limits = {}
    for zones in grid.members():
        for names in zones:
            limits.update(dict.fromkeys(names, extent(grid, names, middle) if len(zones) > 1 else _ANYWHERE))
    return limits


def _shared(one: _Room, two: _Room) -> _Room:
    return max(one[0], two[0]), min(one[1], two[1])


def _room(grid: Grid, name: str, place: dict[str, int], middle: dict[str, float]) -> _Room:
    """How far a node can move between the two beside it."""
    column = grid.columns[grid.nodes[name].column]
    number = place[name]
    low, high = float("-inf"), float("inf")
    if number > 0:
        above = column[number - 1]
        low = middle[above] + distances(grid, [above, name])[1]
    if number + 1 < len(column):
        below = column[number + 1]
        high = middle[below] - distances(grid, [name, below])[1]
    return min(low, middle[name]), max(high, middle[name])


def _level(run: list[str], room: _Room, before: float, after: float, middle: dict[str, float]) -> float:
    """Put nodes at one height: that of what comes before or after them, or near where they are."""
    low, high = room
    mean = sum(middle[name] for name in run) / len(run)
    height = next((wish for wish in (before, after) if low <= wish <= high), min(max(mean, low), high))
    middle.update((name, height) for name in run)
    return height

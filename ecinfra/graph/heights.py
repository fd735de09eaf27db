"""How far down each node stands: as level with its neighbours as the order in its column allows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from ecinfra.graph.grid import PORT, Grid, Node

_SWEEPS = 40
_BETWEEN_BOXES = 40.0
_BESIDE_BOX = 26.0
_BETWEEN_LINES = 17.0
# how strongly a line wants to be level: inside, at one box, between two
_PULLS = (8.0, 2.0, 1.0)
_BETWEEN_ZONES = 110.0


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a link, from one column to the next; where it leaves and arrives, from the middle of its nodes."""

    source: str
    target: str
    leaves: float
    arrives: float


def pieces(grid: Grid) -> list[list[Piece]]:
    """Each link's pieces; at a box they stand in the order of the nodes that they come from or go to."""
    place = {name: number for column in grid.columns for number, name in enumerate(column)}
    steps = [(number, step) for number, chain in enumerate(grid.chains) for step in pairwise(chain)]
    leaves = _ports(grid, [(source, (place[target], number), number) for number, (source, target) in steps])
    arrives = _ports(grid, [(target, (place[source], number), number) for number, (source, target) in steps])
    return [
        [
            Piece(source, target, leaves.get((source, number), 0), arrives.get((target, number), 0))
            for source, target in pairwise(chain)
        ]
        for number, chain in enumerate(grid.chains)
    ]


def _ports(grid: Grid, ends: list[tuple[str, tuple[int, int], int]]) -> dict[tuple[str, int], float]:
    at: dict[str, list[tuple[tuple[int, int], int]]] = {}
    for name, order, number in ends:
        if grid.nodes[name].is_box:
            at.setdefault(name, []).append((order, number))
    ports = {}
    for name, found in at.items():
        apart = min(PORT, grid.nodes[name].height / (len(found) + 1))
        for position, (_, number) in enumerate(sorted(found)):
            ports[name, number] = (position - (len(found) - 1) / 2) * apart
    return ports


def settle(grid: Grid, lines: list[list[Piece]]) -> dict[str, float]:
    """The middle of each node, from the top."""
    middle: dict[str, float] = {}
    for column in grid.columns:
        below = 0.0
        for name, distance in zip(column, distances(grid, column), strict=True):
            below += distance
            middle[name] = below
    pulls: dict[str, list[tuple[str, float, float]]] = {name: [] for name in grid.nodes}
    for piece in (piece for line in lines for piece in line):
        weight = _PULLS[sum(grid.nodes[name].is_box for name in (piece.source, piece.target))]
        pulls[piece.source].append((piece.target, piece.arrives - piece.leaves, weight))
        pulls[piece.target].append((piece.source, piece.leaves - piece.arrives, weight))
    for sweep in range(_SWEEPS):
        for column in grid.columns if sweep % 2 else reversed(grid.columns):
            wishes = [_wish(name, middle, pulls[name]) for name in column]
            middle.update(zip(column, _spread(wishes, distances(grid, column)), strict=True))
    _part(grid, middle)
    return middle


def _wish(name: str, middle: dict[str, float], pulls: list[tuple[str, float, float]]) -> tuple[float, float]:
    """Where a node would stand if it stood alone, and how much that counts."""
    weight = sum(pull[2] for pull in pulls)
    if not weight:
        return middle[name], 1.0
    return sum((middle[other] + offset) * own for other, offset, own in pulls) / weight, weight


def distances(grid: Grid, column: list[str]) -> list[float]:
    """How far each node of a column must at least be from the one above."""
    nodes = [grid.nodes[name] for name in column]
    return [0.0, *((one.height + two.height) / 2 + _gap(one, two) for one, two in pairwise(nodes))][: len(column)]


def _gap(one: Node, two: Node) -> float:
    if one.zone != two.zone:
        return _BETWEEN_ZONES
    match one.is_box + two.is_box:
        case 2:
            return _BETWEEN_BOXES
        case 1:
            return _BESIDE_BOX
    return _BETWEEN_LINES


def _spread(wishes: list[tuple[float, float]], distances: list[float]) -> list[float]:
    """The places nearest to the wishes that keep the distances (neighbours in each other's way share a mean)."""
    groups: list[tuple[float, float, int]] = []
    offset = 0.0
    for (wish, weight), distance in zip(wishes, distances, strict=True):
        offset += distance
        groups.append((wish - offset, weight, 1))
        while len(groups) > 1 and groups[-2][0] > groups[-1][0]:
            (one, heavy, many), (two, weight, more) = groups[-2:]
            total = heavy + weight
            groups[-2:] = [((one * heavy + two * weight) / total, total, many + more)]
    starts = [start for start, _, count in groups for _ in range(count)]
    return [start + offset for start, offset in zip(starts, _running(distances), strict=True)]


def _running(distances: list[float]) -> Iterator[float]:
    total = 0.0
    for distance in distances:
        total += distance
        yield total


def _part(grid: Grid, middle: dict[str, float]) -> None:
    """Move the zones of a block apart: each wholly below the one before."""
    for zones in grid.members():
        bottom = float("-inf")
        for names in zones:
            top, _ = extent(grid, names, middle)
            shift = max(0.0, bottom + _BETWEEN_ZONES - top)
            middle.update((name, middle[name] + shift) for name in names)
            _, bottom = extent(grid, names, middle)


def extent(grid: Grid, names: list[str], middle: dict[str, float]) -> tuple[float, float]:
    """Where nodes begin and end, from the top."""
    return (
        min(middle[name] - grid.nodes[name].height / 2 for name in names),
        max(middle[name] + grid.nodes[name].height / 2 for name in names),
    )

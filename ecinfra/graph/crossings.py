"""The order of the nodes in each column, such that few lines cross."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations, pairwise

from ecinfra.graph.grid import Grid

_SWEEPS = 24
_Neighbours = dict[str, list[str]]


def reduce_crossings(grid: Grid) -> None:
    """Sort each column by where its nodes' neighbours stand, to and fro, and keep the best order seen."""
    rank = {zone: number for number, zone in enumerate(grid.zones)}
    left, right = neighbours(grid)
    columns = [sorted(column, key=lambda name: rank[grid.nodes[name].zone]) for column in grid.columns]
    best, fewest = columns, _crossings(columns, right)
    for sweep in range(_SWEEPS):
        if fewest == 0:
            break
        columns = _swept(grid, columns, rank, left if sweep % 2 == 0 else right, backwards=sweep % 2 == 1)
        count = _crossings(columns, right)
        if count < fewest:
            best, fewest = columns, count
    grid.columns = best


def neighbours(grid: Grid) -> tuple[_Neighbours, _Neighbours]:
    """The nodes to the left and to the right of each node."""
    left: _Neighbours = {name: [] for name in grid.nodes}
    right: _Neighbours = {name: [] for name in grid.nodes}
    for chain in grid.chains:
        for source, target in pairwise(chain):
            left[target].append(source)
            right[source].append(target)
    return left, right


def _swept(
    grid: Grid, columns: list[list[str]], rank: dict[str, int], beside: _Neighbours, *, backwards: bool
) -> list[list[str]]:
    swept = list(columns)
    place = {name: float(number) for column in columns for number, name in enumerate(column)}
    numbers: Iterable[int] = range(len(columns))
    for number in reversed(list(numbers)) if backwards else numbers:
        centre = {
            name: sum(place[other] for other in beside[name]) / len(beside[name]) if beside[name] else place[name]
            for name in swept[number]
        }
        swept[number] = sorted(swept[number], key=lambda name: (rank[grid.nodes[name].zone], centre[name]))
        place.update((name, float(position)) for position, name in enumerate(swept[number]))
    return swept


def _crossings(columns: list[list[str]], right: _Neighbours) -> int:
    count = 0
    for column, following in pairwise(columns):
        place = {name: number for number, name in enumerate(following)}
        lines = [(number, place[other]) for number, name in enumerate(column) for other in right[name]]
        count += sum((one[0] - two[0]) * (one[1] - two[1]) < 0 for one, two in combinations(lines, 2))
    return count

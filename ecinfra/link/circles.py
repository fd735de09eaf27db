"""Who needs whom: an order, or the circle that forbids one."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping

Edges = Mapping[str, Iterable[str]]


def shortest_circle(needs: Edges) -> list[str]:
    """The shortest circle, its first member repeated at the end; empty where there is none."""
    inside = set().union(*(group for group in components(needs) if len(group) > 1), ())
    best: list[str] = []
    for start in sorted(inside):
        way = _way_back(start, needs, inside)
        if way and (not best or len(way) < len(best)):
            best = way
    return best


def _way_back(start: str, needs: Edges, inside: set[str]) -> list[str]:
    came: dict[str, str] = {}
    queue = deque([start])
    while queue:
        here = queue.popleft()
        for other in sorted(needs[here]):
            if other == start:
                way = [start]
                while here != start:
                    way.append(here)
                    here = came[here]
                return [start, *reversed(way)]
            if other in inside and other not in came:
                came[other] = here
                queue.append(other)
    return []


def components(needs: Edges) -> list[set[str]]:
    """The sets of members that all need one another (Tarjan's, without recursion)."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    open_: dict[str, None] = {}
    found: list[set[str]] = []
    for start in needs:
        if start in index:
            continue
        work = [(start, iter(needs[start]))]
        index[start] = low[start] = len(index)
        open_[start] = None
        while work:
            here, others = work[-1]
            for other in others:
                if other not in needs:
                    continue
                if other not in index:
                    index[other] = low[other] = len(index)
                    open_[other] = None
                    work.append((other, iter(needs[other])))
                    break
                if other in open_:
                    low[here] = min(low[here], index[other])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[here])
                if low[here] == index[here]:
                    found.append(_close(open_, here))
    return found


def _close(open_: dict[str, None], root: str) -> set[str]:
    group: set[str] = set()
    while root not in group:
        member, _ = open_.popitem()
        group.add(member)
    return group

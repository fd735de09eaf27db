"""Cut a system into roots: each in one region, as few as an acyclic order allows."""

from __future__ import annotations

from collections.abc import Mapping

Segment = tuple[str, tuple[str, ...]]
_KEPT_AT_MOST = 500


def cut(regions: Mapping[str, str], needs: Mapping[str, set[str]]) -> list[Segment]:
    """Segments (region, stacks) in an order in which each reads only from itself and those before.

    The roots are a run-by-run walk through the stacks: a run takes all it can in one region, and the search looks,
    breadth first, for the fewest runs. Stacks keep the order in which they were defined wherever they may.
    """
    everything = frozenset(regions)
    order = list(dict.fromkeys(regions.values()))
    ways: dict[frozenset[str], list[Segment]] = {frozenset(): []}
    while everything not in ways:
        longer: dict[frozenset[str], list[Segment]] = {}
        for done, way in ways.items():
            runs = {region: run for region in order if (run := _run(region, done, regions, needs))}
            # a run that ends its region is needed once in any order, and never in the way: take it at once
            ending = next((region for region, run in runs.items() if _ends(region, run, done, regions)), None)
            for region in [ending] if ending else runs:
                longer.setdefault(done | set(runs[region]), [*way, (region, tuple(runs[region]))])
        ways = dict(sorted(longer.items(), key=lambda each: -len(each[0]))[:_KEPT_AT_MOST])
    return ways[everything]


def _ends(region: str, run: list[str], done: frozenset[str], regions: Mapping[str, str]) -> bool:
    return sum(own == region for name, own in regions.items() if name not in done) == len(run)


def _run(region: str, done: frozenset[str], regions: Mapping[str, str], needs: Mapping[str, set[str]]) -> list[str]:
    """All stacks of a region that can stand when `done` stands, in an order in which they can."""
    run: dict[str, None] = {}
    waiting = [name for name in regions if regions[name] == region and name not in done]
    while True:
        ready = [name for name in waiting if all(other in done or other in run for other in needs[name])]
        if not ready:
            return list(run)
        run[ready[0]] = None
        waiting.remove(ready[0])


def root_names(base: str, home: str, segments: list[Segment]) -> list[str]:
    """A name for each root: the one with most of the home region's stacks bears the plain name."""
    at_home = [index for index, (region, _) in enumerate(segments) if region == home]
    main = max(at_home, key=lambda index: len(segments[index][1]), default=len(segments))
    names: list[str] = []
    for index, (region, _) in enumerate(segments):
        name = base if region == home else f"{base}-{region}"
        if index > main:
            name += "-after"
        elif region == home and index < main:
            name += "-before"
        again = sum(other == name or other.startswith(f"{name}-0") for other in names)
        names.append(f"{name}-0{again + 1}" if again else name)
    return names

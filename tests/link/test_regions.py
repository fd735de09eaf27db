"""Cutting a system into roots."""

from __future__ import annotations

from itertools import pairwise, permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from ecinfra.link.regions import cut, root_names

HOME, EDGE = "ap-southeast-1", "us-east-1"


def test_a_system_in_one_region_is_one_root() -> None:
    assert cut({"A": HOME, "B": HOME}, {"A": {"B"}, "B": set()}) == [(HOME, ("B", "A"))]


def test_edge_home_edge_becomes_three_roots() -> None:
    regions = {"Zone": EDGE, "Core": HOME, "Alarms": EDGE}
    needs = {"Zone": set[str](), "Core": {"Zone"}, "Alarms": {"Core"}}
    assert cut(regions, needs) == [(EDGE, ("Zone",)), (HOME, ("Core",)), (EDGE, ("Alarms",))]


def test_the_order_that_needs_fewer_roots_is_found() -> None:
    regions = {"A": HOME, "B": EDGE, "C": HOME, "D": EDGE}
    needs = {"A": set[str](), "B": set[str](), "C": {"B"}, "D": {"C"}}
    assert cut(regions, needs) == [(EDGE, ("B",)), (HOME, ("A", "C")), (EDGE, ("D",))]


def test_roots_are_named_by_where_they_are_and_when_they_stand() -> None:
    segments = [(EDGE, ("Zone",)), (HOME, ("Core", "Back")), (EDGE, ("Alarms",)), (HOME, ("Late",))]
    assert root_names("Shop-dev", HOME, segments) == [
        "Shop-dev-us-east-1",
        "Shop-dev",
        "Shop-dev-us-east-1-after",
        "Shop-dev-after",
    ]


@st.composite
def systems(draw: st.DrawFn) -> tuple[dict[str, str], dict[str, set[str]]]:
    count = draw(st.integers(1, 6))
    names = [f"S{number}" for number in range(count)]
    regions = {name: draw(st.sampled_from((HOME, EDGE, "eu-west-1"))) for name in names}
    needs = {
        name: set(draw(st.lists(st.sampled_from(names[:number]), max_size=3))) if number else set()
        for number, name in enumerate(names)
    }
    return regions, needs


@settings(max_examples=150, deadline=None)
@given(systems())
def test_no_order_of_the_stacks_needs_fewer_roots(system: tuple[dict[str, str], dict[str, set[str]]]) -> None:
    regions, needs = system
    segments = cut(regions, needs)
    done: set[str] = set()
    for region, stacks in segments:
        for stack in stacks:
            assert regions[stack] == region
            assert needs[stack] <= done
            done.add(stack)
    assert done == set(regions)
    fewest = min(
        1 + sum(regions[one] != regions[other] for one, other in pairwise(order))
        for order in permutations(regions)
        if all(needs[name] <= set(order[:place]) for place, name in enumerate(order))
    )
    assert len(segments) == fewest

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from ecinfra.graph.packing import pack
from ecinfra.graph.shapes import Rectangle


def test_one_group_takes_its_own_room() -> None:
    assert pack([50.0], 120.0, 10.0, 30.0).places == (Rectangle(0, 0, 120, 50),)


def test_groups_follow_one_another_down_a_column_and_then_to_the_right() -> None:
    packing = pack([100.0, 100.0, 100.0, 100.0], 100.0, 20.0, 40.0)

    assert packing.places == (
        Rectangle(0, 0, 100, 100),
        Rectangle(0, 120, 100, 100),
        Rectangle(140, 0, 100, 100),
        Rectangle(140, 120, 100, 100),
    )
    assert (packing.width, packing.height) == (240, 220)


@given(st.lists(st.integers(20, 900).map(float), min_size=1, max_size=30))
def test_groups_do_not_overlap_and_lie_within_the_packing(heights: list[float]) -> None:
    packing = pack(heights, 150.0, 10.0, 30.0)

    assert [place.height for place in packing.places] == heights
    for one, two in combinations(packing.places, 2):
        assert not one.overlaps(two)
    assert max(place.right for place in packing.places) == packing.width
    assert max(place.bottom for place in packing.places) == packing.height

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kitchen import clock


def test_a_moment_is_written_in_every_form() -> None:
    assert clock.iso(1_772_600_767_089) == "2026-03-04T05:06:07.089Z"
    assert clock.seconds(1_772_600_767_089) == 1_772_600_767
    assert clock.day(1_772_600_767_089) == "2026-03-04"
    assert clock.next_day(1_772_600_767_089) == 1_772_668_800_000


def test_the_local_day_begins_at_seventeen_hours_utc() -> None:
    assert f"{clock.local(1_772_643_600_000):%Y-%m-%d %H}" == "2026-03-05 00"
    assert f"{clock.local(1_772_643_599_999):%Y-%m-%d %H}" == "2026-03-04 23"


@pytest.mark.parametrize(
    ("day", "week"),
    [("2026-03-04", "2026-W10"), ("2027-01-01", "2026-W53"), ("2024-12-30", "2025-W01"), ("2026-01-01", "2026-W01")],
)
def test_a_week_bears_the_iso_year(day: str, week: str) -> None:
    assert clock.week(clock.moment(day)) == week


@given(st.integers(min_value=0, max_value=4_102_444_800_000))
def test_an_iso_time_reads_back_as_the_moment_it_was(moment: int) -> None:
    assert clock.moment(clock.iso(moment)) == moment


@given(st.lists(st.integers(min_value=0, max_value=4_102_444_800_000)))
def test_iso_times_sort_like_their_moments(moments: list[int]) -> None:
    assert sorted(map(clock.iso, moments)) == [clock.iso(moment) for moment in sorted(moments)]

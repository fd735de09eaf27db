"""Values that are frozen."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import pytest

from ecinfra.frozen import field, frozen, replace


@frozen
class Point:
    x: int
    y: int = 0
    names: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.x < 0:
            raise ValueError("x: it is negative")

    @cached_property
    def far(self) -> int:
        return self.x + self.y


@frozen
class Other:
    x: int
    note: str = field(default="", compare=False)


def test_a_value_is_made_by_place_or_by_name_with_its_defaults() -> None:
    assert (Point(1).x, Point(1).y, Point(x=1, y=2).y, Point(1).names) == (1, 0, 2, {})
    assert Point(1).names is not Point(1).names


def test_nothing_of_a_value_can_be_set_or_deleted() -> None:
    point = Point(1)
    with pytest.raises(AttributeError, match="cannot assign to x of a Point: it is frozen"):
        point.x = 2  # type: ignore[misc]
    with pytest.raises(AttributeError, match="cannot assign to z of a Point: it is frozen"):
        point.z = 2  # type: ignore[attr-defined]
    with pytest.raises(AttributeError, match="cannot delete x of a Point: it is frozen"):
        del point.x


@pytest.mark.parametrize(
    ("args", "said", "message"),
    [
        ((), {}, "Point needs x"),
        ((1, 2, {}, 4), {}, "Point takes 3 values, and is given 4"),
        ((1,), {"z": 2}, "Point has no z; it has x, y, names"),
        ((1,), {"x": 2}, "Point is given x twice"),
    ],
)
def test_a_value_says_what_it_wants(args: tuple[Any, ...], said: dict[str, Any], message: str) -> None:
    with pytest.raises(TypeError) as caught:
        Point(*args, **said)
    assert str(caught.value) == message


def test_values_are_equal_by_content_whatever_was_worked_out() -> None:
    one, other = Point(1, 2), Point(1, 2)
    assert one.far == 3
    assert one == other
    assert Point(1) != Point(2)
    assert Other(1) != Point(1)  # type: ignore[comparison-overlap]
    assert hash(Other(1)) == hash(Other(1))
    assert Other(1, "a") == Other(1, "b")


def test_a_value_shows_what_it_holds() -> None:
    assert repr(Point(1)) == "Point(x=1, y=0, names={})"


def test_a_value_can_be_made_from_another() -> None:
    assert replace(Point(1, 2), x=5) == Point(5, 2)
    with pytest.raises(ValueError, match="x: it is negative"):
        replace(Point(1), x=-1)

"""Values that are frozen."""

from __future__ import annotations

import copy
import inspect
import pickle
import pydoc
import typing
from functools import cached_property
from typing import Any, ClassVar

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


def test_a_frozen_class_is_not_inherited_from() -> None:
    with pytest.raises(TypeError) as caught:

        @frozen
        class Deep(Point):
            z: int = 0

    assert str(caught.value) == "Deep inherits from Point, which is frozen: hold one instead"


def test_methods_of_a_classs_own_stay() -> None:
    @frozen
    class Shy:
        x: int

        def __repr__(self) -> str:
            return "shy"

        def __eq__(self, other: object) -> bool:
            return isinstance(other, Shy)

    assert repr(Shy(1)) == "shy"
    assert Shy(1) == Shy(2)
    assert hash(Shy(1)) == hash(Shy(1))


def test_a_class_that_could_be_set_is_refused() -> None:
    with pytest.raises(TypeError) as caught:

        @frozen
        class Soft:
            def __setattr__(self, name: str, value: object) -> None: ...

    assert str(caught.value) == "Soft has a __setattr__, which would thaw it"


def test_what_belongs_to_the_class_is_no_field() -> None:
    @frozen
    class Ranked:
        levels: ClassVar[list[int]] = [1, 2]
        kinds: typing.ClassVar = ()
        x: int

    assert repr(Ranked(1)) == f"{Ranked.__name__}(x=1)"
    assert Ranked.levels == [1, 2]


def test_a_field_without_a_default_stands_before_those_with_one() -> None:
    with pytest.raises(TypeError) as caught:

        @frozen
        class Late:
            x: int = 0
            y: int  # type: ignore[misc]

    assert str(caught.value) == "Late.y has no default, and x before it has one"


@pytest.mark.parametrize("default", [[], {}, set(), field(default=[])])
def test_a_default_that_all_would_share_is_refused(default: Any) -> None:
    kind = type(default).__name__ if not isinstance(default, tuple) else "list"
    with pytest.raises(ValueError, match="Shared") as caught:

        @frozen
        class Shared:
            x: Any = default

    assert str(caught.value) == f"Shared.x: all values would share one {kind}; say field(default_factory=...)"


def test_a_value_can_be_matched_by_place() -> None:
    match Point(1, 2):
        case Point(x, y):
            assert (x, y) == (1, 2)


def test_a_value_leaves_it_to_others_whether_they_are_its_equal() -> None:
    class Anything:
        def __eq__(self, other: object) -> bool:
            return True

    assert Point(1) == Anything()
    assert Point(1).__eq__(1) is NotImplemented


def test_a_field_may_be_called_self_or_value() -> None:
    @frozen
    class Own:
        self: int
        value: int = 0

    own = Own(self=1)
    assert own.self == 1
    assert replace(own, value=2).value == 2


def test_a_class_says_what_it_is_called_with() -> None:
    assert str(inspect.signature(Point)) == "(x: 'int', y: 'int' = 0, names: 'dict[str, str]' = {})"
    assert str(inspect.signature(Other)) == "(x: 'int', note: 'str' = '')"
    assert "Point(x: 'int', y: 'int' = 0" in pydoc.plain(pydoc.render_doc(Point))


def test_a_class_with_an_init_of_its_own_is_called_with_that() -> None:
    @frozen
    class Made:
        x: int

        def __init__(self, text: str) -> None:
            self.__dict__["x"] = int(text)

    assert Made("3").x == 3
    assert str(inspect.signature(Made)) == "(text: 'str') -> 'None'"


def test_values_can_be_copied_and_pickled() -> None:
    point = Point(1, 2, {"a": "b"})
    assert point.far == 3

    for other in (copy.copy(point), copy.deepcopy(point), pickle.loads(pickle.dumps(point))):
        assert other == point
        assert other.far == 3
    assert point.__replace__(x=4) == Point(4, 2, {"a": "b"})  # type: ignore[attr-defined]
    assert copy.deepcopy(point).names is not point.names

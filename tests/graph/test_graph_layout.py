from __future__ import annotations

from itertools import combinations, pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from ecinfra.graph.layout import MARGIN, lay_out
from ecinfra.graph.shapes import Box, Frame, Layout, Link, Rectangle

Drawing = tuple[list[Box], list[Link], list[Frame]]


@st.composite
def drawings(draw: st.DrawFn) -> Drawing:
    """Boxes in frames and links between them, both in an order in which nothing leads back."""
    frames = [Frame(f"F{number}", draw(st.sampled_from((80.0, 400.0)))) for number in range(draw(st.integers(1, 4)))]
    boxes: list[Box] = []
    for frame in frames:
        for _ in range(draw(st.integers(1, 5))):
            size = draw(st.sampled_from(((120.0, 60.0), (300.0, 220.0), (90.0, 400.0))))
            boxes.append(Box(f"B{len(boxes)}", frame.name, *size))
    pairs = draw(st.sets(st.sampled_from([*combinations([box.name for box in boxes], 2), ("B0", "")]), max_size=24))
    labels = st.sampled_from((None, (60.0, 20.0), (180.0, 90.0)))
    named = draw(st.booleans())
    links = [Link(one, two, draw(labels) if named else None) for one, two in sorted(pairs) if two]
    return boxes, links, frames


def crosses(route: tuple[tuple[float, float], ...], place: Rectangle) -> bool:
    """Whether a route enters a place; its curves stay between their ends."""
    return any(
        place.overlaps(Rectangle(x, min(y, below), right - x, abs(below - y) or 0.01))
        for (x, y), (right, below) in pairwise(route)
    )


@settings(max_examples=120, deadline=None)
@given(drawings())
def test_nothing_overlaps_and_no_line_runs_through_a_box(drawing: Drawing) -> None:
    boxes, links, frames = drawing
    layout = lay_out(boxes, links, frames)

    labels = [label for label in layout.labels if label]
    for one, two in combinations([*layout.boxes.values(), *labels], 2):
        assert not one.overlaps(two)
    for one, two in combinations(layout.frames.values(), 2):
        assert not one.overlaps(two)
    for number, route in enumerate(layout.routes):
        for place in layout.boxes.values():
            assert not crosses(route, place)
        for other, label in enumerate(layout.labels):
            assert label is None or other == number or not crosses(route, label)


@settings(max_examples=60, deadline=None)
@given(drawings())
def test_everything_stands_where_it_belongs(drawing: Drawing) -> None:
    boxes, links, frames = drawing
    layout = lay_out(boxes, links, frames)

    page = Rectangle(0, 0, layout.width, layout.height)
    for box in boxes:
        place = layout.boxes[box.name]
        assert place.width == box.width
        assert place.height >= box.height
        assert holds(layout.frames[box.frame], place)
    for frame in frames:
        assert layout.frames[frame.name].width >= frame.width
    for place in (*layout.frames.values(), *(label for label in layout.labels if label)):
        assert holds(page, place)
    for link, route in zip(links, layout.routes, strict=True):
        source, target = layout.boxes[link.source], layout.boxes[link.target]
        assert route[0][0] == source.right
        assert source.y < route[0][1] < source.bottom
        assert route[-1][0] == target.x
        assert target.y < route[-1][1] < target.bottom
        assert all(one[0] <= two[0] for one, two in pairwise(route))


def holds(outer: Rectangle, inner: Rectangle) -> bool:
    """Whether a place lies within another, but for the last digit."""
    return (
        outer.x <= inner.x + 0.01
        and outer.y <= inner.y + 0.01
        and inner.right <= outer.right + 0.01
        and inner.bottom <= outer.bottom + 0.01
    )


def chain(*names: str, frame: str = "F") -> list[Box]:
    return [Box(name, frame, 100.0, 60.0) for name in names]


def laid_out(boxes: list[Box], *pairs: tuple[str, str]) -> Layout:
    return lay_out(boxes, [Link(*pair) for pair in pairs], [Frame("F", 100.0)])


def test_a_box_stands_to_the_right_of_all_that_lead_to_it() -> None:
    places = laid_out(chain("A", "B", "C"), ("A", "B"), ("B", "C"), ("A", "C")).boxes

    assert places["A"].right < places["B"].x
    assert places["B"].right < places["C"].x


def test_a_box_that_only_leads_on_stands_next_to_what_it_leads_to() -> None:
    places = laid_out(chain("A", "B", "D", "C"), ("A", "B"), ("B", "C"), ("D", "C")).boxes

    assert places["D"].x == places["B"].x


def test_two_boxes_in_a_row_are_joined_by_a_level_line() -> None:
    (route,) = laid_out(chain("A", "B"), ("A", "B")).routes

    assert len(route) == 2
    assert route[0][1] == route[1][1]


def test_lines_that_need_not_cross_do_not() -> None:
    boxes = chain("A", "B", "C", "D", "E", "F")
    places = laid_out(boxes, ("A", "F"), ("B", "E"), ("C", "D")).boxes

    order = sorted("ABC", key=lambda name: places[name].y)
    assert sorted("DEF", key=lambda name: places[name].y) == [{"A": "F", "B": "E", "C": "D"}[name] for name in order]


def test_a_long_line_stays_level_where_there_is_room() -> None:
    boxes = chain("A", "B", "C", "D", "E")
    layout = laid_out(boxes, ("A", "B"), ("B", "C"), ("C", "D"), ("D", "E"), ("A", "E"))

    heights = {y for _, y in layout.routes[-1]}
    assert len(heights) <= 3


def test_frames_follow_one_another_from_left_to_right() -> None:
    boxes = [*chain("A", "B", frame="First"), *chain("C", frame="Second"), *chain("D", frame="Third")]
    links = [Link("A", "B"), Link("B", "C"), Link("C", "D"), Link("A", "D")]
    layout = lay_out(boxes, links, [Frame(name, 50.0) for name in ("First", "Second", "Third")])

    first, second, third = (layout.frames[name] for name in ("First", "Second", "Third"))
    assert first.x == MARGIN
    assert first.right < second.x
    assert second.right < third.x
    assert not crosses(layout.routes[3], second), "what a frame has nothing to do with passes by it"


def test_frames_that_do_not_lead_to_one_another_stand_below_one_another() -> None:
    boxes = [*chain("A", frame="First"), *chain("B", frame="Second")]
    frames = lay_out(boxes, [], [Frame("First", 50.0), Frame("Second", 50.0)]).frames

    assert frames["First"].x == frames["Second"].x
    assert frames["First"].bottom < frames["Second"].y


def test_a_box_grows_with_the_lines_that_arrive() -> None:
    boxes = [*chain(*(f"B{number}" for number in range(9))), *chain("Z")]
    layout = laid_out(boxes, *((f"B{number}", "Z") for number in range(9)))

    assert layout.boxes["Z"].height == 200
    heights = sorted(route[-1][1] for route in layout.routes)
    assert all(two - one >= 20 for one, two in pairwise(heights))


def test_the_same_boxes_are_laid_out_in_the_same_way() -> None:
    boxes = chain("A", "B", "C", "D")
    links = [Link("A", "C"), Link("B", "D"), Link("A", "D")]

    assert lay_out(boxes, links, [Frame("F", 1.0)]) == lay_out(list(boxes), list(links), [Frame("F", 1.0)])


def test_an_empty_drawing_has_margins_alone() -> None:
    layout = lay_out([], [], [])

    assert (layout.width, layout.height) == (48, 48)

"""Each thing of a drawing as SVG: a frame, a line, a stack, a group of resources."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from ecinfra.graph.groups import Group
from ecinfra.graph.model import Edge, RootNode, StackNode
from ecinfra.graph.services import KINDS, in_words, kind
from ecinfra.graph.shapes import Point, Rectangle
from ecinfra.report.figure import GROUP_HEAD, INSET, ROW, STACK_HEAD, VALUE_LINE, Figure, cut, value_lines
from ecinfra.report.markup import Markup, element
from ecinfra.report.text import counted

_HEAD = 8.0
_TINTS = 5


def frame(root: RootNode, place: Rectangle, region: int) -> Markup:
    """A root: a region to stand in."""
    return element(
        "g",
        rectangle(place, 16),
        words(place.x + INSET, place.y + 27, root.name, "name"),
        words(place.x + INSET, place.y + 45, root.region, "region"),
        class_=f"frame tint-{region % _TINTS}",
    )


def line(edge: Edge, route: tuple[Point, ...], label: Rectangle | None) -> Markup:
    """What travels between two stacks: a line with its number, or with a name for each value."""
    x, y = route[-1]
    way = path((*route[:-1], (x - _HEAD + 1, y)))
    said = f"{edge.source} → {edge.target}: {', '.join(edge.values) or 'order only'}"
    return element(
        "g",
        element("title", said),
        element("path", class_="reach", d=way),
        element("path", class_="way", d=way),
        element("path", class_="head", d=f"M{x - _HEAD:g} {y - 4.5:g}L{x:g} {y:g}L{x - _HEAD:g} {y + 4.5:g}Z"),
        *(_values(edge, label) if label else _number(edge, x, y)),
        class_="edge" if edge.values else "edge order",
        data_from=f"stack-{edge.source}",
        data_to=f"stack-{edge.target}",
    )


def _number(edge: Edge, x: float, y: float) -> Iterator[Markup]:
    if edge.values:
        count = str(len(edge.values))
        wide = 11.0 + 7 * len(count)
        yield rectangle(Rectangle(x - _HEAD - 4 - wide, y - 8, wide, 16), 8, "pill")
        yield words(x - _HEAD - 4 - wide / 2, y + 4, count, "count")


def _values(edge: Edge, label: Rectangle) -> Iterator[Markup]:
    yield rectangle(label, 7, "pill")
    for number, value in enumerate(value_lines(edge)):
        yield words(label.x + 8, label.y + 15 + number * VALUE_LINE, value, "value")


def closed_stack(stack: StackNode, place: Rectangle) -> Iterator[Markup]:
    """A stack as a box: its name, how many resources, and of which kinds."""
    top = place.y + (place.height - 78) / 2
    yield rectangle(place, 12, "box")
    yield words(place.x + INSET, top + 28, stack.name, "name")
    yield words(place.x + INSET, top + 47, counted(len(stack.resources), "resource"), "count")
    yield from _shares(stack, Rectangle(place.x + INSET, top + 58, place.width - 2 * INSET, 5))


def _shares(stack: StackNode, bar: Rectangle) -> Iterator[Markup]:
    """A bar of how many resources are of which kind."""
    counts = Counter(kind(resource.type) for resource in stack.resources)
    left = bar.x
    for name in KINDS:
        if counts[name]:
            wide = bar.width * counts[name] / len(stack.resources)
            place = Rectangle(round(left, 1), bar.y, round(max(wide - 1.5, 1.5), 1), bar.height)
            yield rectangle(place, 1.5, f"share {name}")
            left += wide


def opened_stack(stack: StackNode, drawn: Figure, linked: bool) -> Iterator[Markup]:
    """A stack with what is in it; lines between resources run below their groups."""
    place = drawn.layout.boxes[stack.name]
    yield rectangle(place, 14, "box")
    heading = (
        rectangle(Rectangle(place.x + 3, place.y + 3, place.width - 6, STACK_HEAD - 6), 11, "handle"),
        words(place.x + INSET, place.y + 26, stack.name, "name"),
        words(place.x + INSET, place.y + 43, counted(len(stack.resources), "resource"), "count"),
    )
    yield element("a", *heading, href=f"#stack-{stack.name}") if linked else element("g", *heading)
    own = {resource.id for resource in stack.resources}
    for edge in drawn.view.references:
        if edge.source in own and edge.target in own:
            yield element(
                "path",
                class_="reference",
                d=_reference(drawn.rows[edge.source], drawn.rows[edge.target]),
                data_from=f"resource-{edge.source}",
                data_to=f"resource-{edge.target}",
            )
    for group, where in drawn.groups.get(stack.name, ()):
        yield from _group(group, where, linked)


def _group(group: Group, place: Rectangle, linked: bool) -> Iterator[Markup]:
    yield rectangle(place, 8, "group")
    yield rectangle(Rectangle(place.x, place.y + 7, 3, GROUP_HEAD - 11), 1.5, f"share {kind(group.type)}")
    yield words(place.x + 11, place.y + 18, in_words(group.type), "type")
    yield words(place.right - 10, place.y + 18, str(len(group.resources)), "many")
    for number, resource in enumerate(group.resources):
        top = place.y + GROUP_HEAD + number * ROW
        row = (
            rectangle(Rectangle(place.x + 4, top, place.width - 8, ROW), 4, "row"),
            words(place.x + 11, top + 12.5, cut(resource.id), "id"),
            *([element("title", resource.id)] if cut(resource.id) != resource.id else []),
        )
        name = f"resource-{resource.id}"
        yield element(
            "a" if linked else "g", *row, class_="resource", data_id=name, href=f"#{name}" if linked else None
        )


def _reference(source: Rectangle, target: Rectangle) -> str:
    """From the side of one row to the near side of another; in one column, round what lies between."""
    start, end = source.y + ROW / 2, target.y + ROW / 2
    if source.x < target.x:
        return path(((source.right, start), (target.x, end)))
    if source.x > target.x:
        return path(((source.x, start), (target.right, end)))
    bend = source.right + min(16 + abs(end - start) / 12, 34)
    return f"M{source.right:g} {start:g}C{bend:g} {start:g} {bend:g} {end:g} {source.right:g} {end:g}"


def path(points: tuple[Point, ...]) -> str:
    """A way through points: straight where level, else a curve that leaves and arrives level."""
    said = [f"M{points[0][0]:g} {points[0][1]:g}"]
    for (x, y), (right, below) in pairwise(points):
        middle = (x + right) / 2
        said.append(f"H{right:g}" if y == below else f"C{middle:g} {y:g} {middle:g} {below:g} {right:g} {below:g}")
    return "".join(said)


def rectangle(place: Rectangle, round_: float, class_: str | None = None) -> Markup:
    """A rectangle with round corners."""
    return element("rect", class_=class_, x=place.x, y=place.y, width=place.width, height=place.height, rx=round_)


def words(x: float, y: float, said: str, class_: str) -> Markup:
    """A line of text."""
    return element("text", said, class_=class_, x=x, y=y)

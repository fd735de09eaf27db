"""Where everything of a view stands in its drawing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from ecinfra.graph.groups import Group, groups
from ecinfra.graph.layout import lay_out
from ecinfra.graph.model import Edge, StackNode
from ecinfra.graph.packing import Packing, pack
from ecinfra.graph.services import in_words
from ecinfra.graph.shapes import Box, Frame, Layout, Link, Rectangle
from ecinfra.graph.view import View
from ecinfra.report.text import counted

ROW = 17.0
GROUP_HEAD = 26.0
_GUTTER = 40.0
STACK_HEAD = 54.0
INSET = 16.0
# lines between resources of the last column run there
_RIGHT_INSET = 28.0
VALUE_LINE = 15.0
LONGEST_NAME = 36
_GROUP_FOOT = 8.0
_GROUP_GAP = 12.0
_NARROWEST = 148.0
_LOWEST = 80.0


@dataclass(frozen=True, slots=True)
class Figure:
    """A view, and the places of all that it shows."""

    view: View
    layout: Layout
    groups: dict[str, tuple[tuple[Group, Rectangle], ...]]
    rows: dict[str, Rectangle]


def figure(view: View) -> Figure:
    """Measure a view, and lay it out."""
    references = view.references
    inside = {stack.name: groups(stack, references) for stack in view.graph.stacks if stack.name in view.opened}
    packings = {name: _packing(found) for name, found in inside.items() if found}
    narrowest = max((_heading_width(stack) for stack in view.graph.stacks), default=0)
    layout = lay_out(
        [_box(stack, packings.get(stack.name), narrowest) for stack in view.graph.stacks],
        [Link(edge.source, edge.target, _label(edge) if view.values else None) for edge in view.graph.between_stacks],
        [Frame(root.name, width(root.name, 13, bold=True) + 2 * INSET) for root in view.graph.roots],
    )
    placed = {
        name: tuple(
            (group, _inside(layout.boxes[name], place))
            for group, place in zip(inside[name], packing.places, strict=True)
        )
        for name, packing in packings.items()
    }
    rows = {
        resource.id: Rectangle(place.x, place.y + GROUP_HEAD + number * ROW, place.width, ROW)
        for found in placed.values()
        for group, place in found
        for number, resource in enumerate(group.resources)
    }
    return Figure(view, layout, placed, rows)


def _packing(found: Sequence[Group]) -> Packing:
    heights = [GROUP_HEAD + ROW * len(group.resources) + _GROUP_FOOT for group in found]
    widest = max(_group_width(group) for group in found)
    return pack(heights, widest, _GROUP_GAP, _GUTTER)


def _group_width(group: Group) -> float:
    head = width(in_words(group.type), 11.5, bold=True) + 48
    return max(head, *(width(cut(item.id), 11, mono=True) + 28 for item in group.resources))


def _box(stack: StackNode, packing: Packing | None, narrowest: float) -> Box:
    if packing is None:
        return Box(stack.name, stack.root, narrowest, _LOWEST)
    return Box(
        stack.name,
        stack.root,
        max(packing.width + INSET + _RIGHT_INSET, _heading_width(stack)),
        packing.height + STACK_HEAD + INSET,
    )


def _heading_width(stack: StackNode) -> float:
    count = counted(len(stack.resources), "resource")
    return max(_NARROWEST, 2 * INSET + width(stack.name, 15, bold=True), 2 * INSET + width(count, 12))


def _label(edge: Edge) -> tuple[float, float]:
    lines = value_lines(edge)
    return max(width(line, 11, mono=True) for line in lines) + 16, VALUE_LINE * len(lines) + 8


def value_lines(edge: Edge) -> tuple[str, ...]:
    """What stands on an edge whose values are named."""
    return edge.values or ("order only",)


def _inside(box: Rectangle, place: Rectangle) -> Rectangle:
    return Rectangle(box.x + INSET + place.x, box.y + STACK_HEAD + place.y, place.width, place.height)


def cut(name: str) -> str:
    """A name that fits into a row."""
    return name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1] + "…"


def width(text: str, size: float, *, bold: bool = False, mono: bool = False) -> float:
    """About how wide a text is, in the widest of the fonts that it may be set in."""
    if mono:
        return ceil(0.61 * size * len(text))
    return ceil((1.08 if bold else 1.0) * size * sum(_width(sign) for sign in text))


def _width(sign: str) -> float:
    if sign in "fijlrtI.,:;'|!()[] -":
        return 0.4
    if sign in "mwMW@%":
        return 0.96
    if sign.isupper():
        return 0.7
    return 0.62 if sign.isascii() else 1.0

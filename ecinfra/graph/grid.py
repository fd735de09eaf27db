"""Columns for boxes: each box to the right of all that lead to it, the frames in turn from left to right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ecinfra.graph.shapes import Box, Frame, Link

BYPASS = ""
PORT = 20.0


@dataclass(frozen=True, slots=True)
class Node:
    """Something that takes room in a column: a box, a label, or a line on its way through."""

    column: int
    zone: str
    width: float = 0
    height: float = 0
    is_box: bool = False


@dataclass
class Grid:
    """Nodes in columns, and for each link the nodes that it passes.

    Neighbouring columns with the same frames make a block; a zone is the part of a block that one frame takes, or
    that lines take which pass by the frames.
    """

    nodes: dict[str, Node] = field(default_factory=dict)
    columns: list[list[str]] = field(default_factory=list)
    chains: list[tuple[str, ...]] = field(default_factory=list)
    spans: dict[str, range] = field(default_factory=dict)
    blocks: list[range] = field(default_factory=list)
    zones: tuple[str, ...] = ()

    def members(self) -> Iterator[list[list[str]]]:
        """The nodes of each block, zone by zone from the top."""
        for block in self.blocks:
            names = [name for column in block for name in self.columns[column]]
            zones = [[name for name in names if self.nodes[name].zone == zone] for zone in self.zones]
            yield [zone for zone in zones if zone]

    def put(self, name: str, node: Node) -> str:
        """Add a node at the end of its column."""
        self.nodes[name] = node
        self.columns[node.column].append(name)
        return name


def make_grid(boxes: Sequence[Box], links: Sequence[Link], frames: Sequence[Frame]) -> Grid:
    """Put boxes into columns, and break long links where they cross one."""
    # labels stand in columns of their own, between those of the boxes
    step = 2 if any(link.label for link in links) else 1
    local = _layers(boxes, links, step)
    grid = Grid(zones=(*(frame.name for frame in frames), BYPASS))
    _place_frames(grid, boxes, links, frames, local, step)
    for box in boxes:
        column = grid.spans[box.frame].start + local[box.name]
        arriving = sum(link.target == box.name for link in links)
        height = max(box.height, PORT * (arriving + 1))
        grid.put(box.name, Node(column, box.frame, box.width, height, is_box=True))
    frame_of = {box.name: box.frame for box in boxes}
    for number, link in enumerate(links):
        grid.chains.append(_chain(grid, number, link, frame_of))
    return grid


def _layers(boxes: Sequence[Box], links: Sequence[Link], step: int) -> dict[str, int]:
    """The longest way to each box inside its frame; then what mostly leads on moves towards what it leads to."""
    frame_of = {box.name: box.frame for box in boxes}
    near = [link for link in links if frame_of[link.source] == frame_of[link.target]]
    layers: dict[str, int] = {}
    for box in boxes:
        layers[box.name] = max((layers[link.source] + step for link in near if link.target == box.name), default=0)
    for box in reversed(boxes):
        targets = [layers[link.target] for link in near if link.source == box.name]
        balance = sum((link.source == box.name) - (link.target == box.name) for link in links)
        if targets and balance > 0:
            layers[box.name] = min(targets) - step
    return layers


def _place_frames(
    grid: Grid,
    boxes: Sequence[Box],
    links: Sequence[Link],
    frames: Sequence[Frame],
    local: Mapping[str, int],
    step: int,
) -> None:
    """Give each frame its columns: to the right of the frames that lead to it."""
    frame_of = {box.name: box.frame for box in boxes}
    pairs = {(frame_of[link.source], frame_of[link.target]) for link in links}
    turns: dict[str, int] = {}
    for frame in frames:
        before = [turns[source] + 1 for source, target in pairs if target == frame.name and source in turns]
        turns[frame.name] = max(before, default=0)
    widths = {
        frame.name: 1 + max((local[box.name] for box in boxes if box.frame == frame.name), default=0)
        for frame in frames
    }
    start = 0
    for turn in range(1 + max(turns.values(), default=0)):
        members = [name for name, other in turns.items() if other == turn]
        for name in members:
            grid.spans[name] = range(start, start + widths[name])
        end = max((grid.spans[name].stop for name in members), default=start)
        grid.blocks.append(range(start, end))
        grid.blocks += [range(end + extra, end + extra + 1) for extra in range(step - 1)]
        start = end + step - 1
    grid.columns = [[] for _ in range(start)]


def _chain(grid: Grid, number: int, link: Link, frame_of: Mapping[str, str]) -> tuple[str, ...]:
    """The nodes that a link passes, from box to box; its label stands before its end."""
    spans = [(frame, grid.spans[frame]) for frame in (frame_of[link.target], frame_of[link.source])]
    last = grid.nodes[link.target].column
    chain = [link.source]
    for column in range(grid.nodes[link.source].column + 1, last):
        zone = next((frame for frame, span in spans if column in span), BYPASS)
        width, height = link.label if link.label and column == last - 1 else (0, 0)
        chain.append(grid.put(f"{number} {column}", Node(column, zone, width, height)))
    return (*chain, link.target)

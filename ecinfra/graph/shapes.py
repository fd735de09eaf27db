"""What a layout takes and gives: sizes, places and routes, and nothing of what they mean."""

from __future__ import annotations

from dataclasses import dataclass

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Box:
    """Something of a size, to be placed inside a frame."""

    name: str
    frame: str
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Link:
    """A line from one box to another, and the size of the label that stands on it."""

    source: str
    target: str
    label: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Frame:
    """A border around boxes, at least so wide that its heading fits."""

    name: str
    width: float


@dataclass(frozen=True, slots=True)
class Rectangle:
    """A place in the drawing."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Where it ends."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """Where it ends below."""
        return self.y + self.height

    def overlaps(self, other: Rectangle) -> bool:
        """Whether the two share more than a border."""
        return self.x < other.right and other.x < self.right and self.y < other.bottom and other.y < self.bottom


@dataclass(frozen=True, slots=True)
class Layout:
    """Where everything stands; a route and a label belong to the link of the same position.

    Between two points of a route that are not level runs a curve that leaves and arrives level.
    """

    width: float
    height: float
    boxes: dict[str, Rectangle]
    frames: dict[str, Rectangle]
    labels: tuple[Rectangle | None, ...]
    routes: tuple[tuple[Point, ...], ...]

"""What a drawing shows: nodes at three levels, and the values that travel between them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Edge:
    """Values that travel from one node to another; none where the one merely stands after the other."""

    source: str
    target: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ResourceNode:
    """A resource."""

    id: str
    type: str


@dataclass(frozen=True, slots=True)
class StackNode:
    """A stack, and its resources."""

    name: str
    full_name: str
    root: str
    region: str
    resources: tuple[ResourceNode, ...]


@dataclass(frozen=True, slots=True)
class RootNode:
    """A root: the region of its stacks."""

    name: str
    region: str
    stacks: tuple[StackNode, ...]


@dataclass(frozen=True, slots=True)
class Graph:
    """A system as nodes and edges; roots and stacks stand in an order in which they can be deployed.

    An edge between resources leads from the one referred to to the one that refers: the way the value travels.
    """

    name: str
    environment: str
    roots: tuple[RootNode, ...]
    between_stacks: tuple[Edge, ...]
    between_resources: tuple[Edge, ...]

    @property
    def title(self) -> str:
        """The system and its environment."""
        return f"{self.name}-{self.environment}"

    @property
    def stacks(self) -> tuple[StackNode, ...]:
        """Every stack."""
        return tuple(stack for root in self.roots for stack in root.stacks)

    @property
    def between_roots(self) -> tuple[Edge, ...]:
        """What the stacks of one root hand to those of another."""
        root_of = {stack.name: stack.root for stack in self.stacks}
        return merged(
            (root_of[edge.source], root_of[edge.target], edge.values)
            for edge in self.between_stacks
            if root_of[edge.source] != root_of[edge.target]
        )

    @property
    def carried(self) -> int:
        """How many values leave their stack."""
        return len({value for edge in self.between_stacks for value in edge.values})


def merged(steps: Iterable[tuple[str, str, Iterable[str]]]) -> tuple[Edge, ...]:
    """One edge for all that travels between the same two nodes."""
    found: dict[tuple[str, str], dict[str, None]] = {}
    for source, target, values in steps:
        found.setdefault((source, target), {}).update(dict.fromkeys(values))
    return tuple(Edge(source, target, tuple(values)) for (source, target), values in found.items())

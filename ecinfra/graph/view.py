"""What of a graph is to be drawn."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from ecinfra.errors import UsageError, nearest
from ecinfra.graph.model import Edge, Graph, RootNode, StackNode


@dataclass(frozen=True, slots=True)
class View:
    """A graph, and how much of it to draw: the values by name, and the resources of the opened stacks.

    `context` holds the stacks that stand in the drawing only because a chosen one touches them.
    """

    graph: Graph
    values: bool = False
    opened: frozenset[str] = frozenset()
    context: frozenset[str] = frozenset()

    @property
    def references(self) -> tuple[Edge, ...]:
        """The edges between resources that are drawn."""
        drawn = {item.id for stack in self.graph.stacks if stack.name in self.opened for item in stack.resources}
        return tuple(edge for edge in self.graph.between_resources if edge.source in drawn and edge.target in drawn)


def view(graph: Graph, chosen: Collection[str] = (), *, values: bool = False, resources: bool = False) -> View:
    """Choose what to draw: everything, or some stacks with those that they touch."""
    if not chosen:
        opened = frozenset(stack.name for stack in graph.stacks) if resources else frozenset()
        return View(graph, values, opened)
    known = [stack.name for stack in graph.stacks]
    for name in chosen:
        if name not in known:
            raise UsageError(f"there is no stack '{name}'", hint=nearest(name, known))
    wanted = frozenset(chosen)
    edges = tuple(edge for edge in graph.between_stacks if edge.source in wanted or edge.target in wanted)
    shown = wanted.union(*((edge.source, edge.target) for edge in edges))
    part = Graph(graph.name, graph.environment, _roots(graph, shown), edges, graph.between_resources)
    return View(part, values, wanted if resources else frozenset(), shown - wanted)


def _roots(graph: Graph, shown: Collection[str]) -> tuple[RootNode, ...]:
    kept = [RootNode(root.name, root.region, _stacks(root, shown)) for root in graph.roots]
    return tuple(root for root in kept if root.stacks)


def _stacks(root: RootNode, shown: Collection[str]) -> tuple[StackNode, ...]:
    return tuple(stack for stack in root.stacks if stack.name in shown)

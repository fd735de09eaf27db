"""The lines of a view for drawers that place nodes themselves: each between the innermost nodes that are drawn."""

from __future__ import annotations

from collections.abc import Iterator

from ecinfra.graph.model import Edge, merged
from ecinfra.graph.view import View


def stack_id(name: str) -> str:
    """A stack's name among nodes of all kinds."""
    return f"stack_{name}"


def resource_id(name: str) -> str:
    """A resource's name among nodes of all kinds."""
    return f"resource_{name}"


def lines(view: View) -> Iterator[Edge]:
    """What leads from where to where; a value that no resource reads leads to the stack."""
    homes = {resource.id: stack.name for stack in view.graph.stacks for resource in stack.resources}
    read: dict[tuple[str, str], list[Edge]] = {}
    for edge in view.graph.between_resources:
        if edge.source in homes and edge.target in homes:
            read.setdefault((homes[edge.source], homes[edge.target]), []).append(edge)

    def node(resource: str) -> str:
        home = homes[resource]
        return resource_id(resource) if home in view.opened else stack_id(home)

    for stack in view.graph.stacks:
        if stack.name in view.opened:
            for edge in read.get((stack.name, stack.name), ()):
                yield Edge(node(edge.source), node(edge.target), edge.values)
    for edge in view.graph.between_stacks:
        found = read.get((edge.source, edge.target), []) if view.opened & {edge.source, edge.target} else []
        yield from merged((node(inner.source), node(inner.target), inner.values) for inner in found)
        rest = tuple(value for value in edge.values if not any(value in inner.values for inner in found))
        if rest or not found:
            yield Edge(stack_id(edge.source), stack_id(edge.target), rest)

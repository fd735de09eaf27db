"""The resources of a stack by their type, in the order in which values travel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ecinfra.graph.model import Edge, ResourceNode, StackNode


@dataclass(frozen=True, slots=True)
class Group:
    """Resources of one type."""

    type: str
    resources: tuple[ResourceNode, ...]


def groups(stack: StackNode, references: Sequence[Edge]) -> tuple[Group, ...]:
    """A stack's resources by type: what others stand on comes first."""
    depths = _depths(stack, references)
    members: dict[str, list[ResourceNode]] = {}
    for resource in stack.resources:
        members.setdefault(resource.type, []).append(resource)

    def depth(group: Group) -> float:
        return sum(depths[resource.id] for resource in group.resources) / len(group.resources)

    return tuple(sorted((Group(name, tuple(found)) for name, found in members.items()), key=depth))


def _depths(stack: StackNode, references: Sequence[Edge]) -> dict[str, int]:
    """The longest way to each resource inside its stack; a circle ends where it closes."""
    own = {resource.id: list[str]() for resource in stack.resources}
    for edge in references:
        if edge.source in own and edge.target in own:
            own[edge.target].append(edge.source)
    depths: dict[str, int] = {}

    def depth(name: str) -> int:
        if name not in depths:
            depths[name] = 0
            depths[name] = max((1 + depth(other) for other in own[name]), default=0)
        return depths[name]

    return {name: depth(name) for name in own}

"""Trace who hands what to whom in a linked system."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from ecinfra.graph.model import Edge, Graph, ResourceNode, RootNode, StackNode, merged
from ecinfra.link.references import CONDITION, DEPENDS_ON, Reference, in_expression, in_resource
from ecinfra.link.system import LinkedStack, System, Wire

_HASH = re.compile(r"[0-9a-f]{10}")


@dataclass(frozen=True, slots=True)
class _Origin:
    """Where a value that a stack is handed begins."""

    resource: str
    value: str


def trace(system: System) -> Graph:
    """The graph of a linked system."""
    stacks = {stack.name: stack for stack in system.stacks}
    origins = {wire.name: _Origin(_source(wire, stacks[wire.home]), str(wire)) for wire in system.wires}
    return Graph(
        name=system.name,
        environment=system.environment,
        roots=tuple(
            RootNode(root.name, root.region, tuple(_stack(stack) for stack in root.stacks)) for root in system.roots
        ),
        between_stacks=_between_stacks(system),
        between_resources=merged(step for stack in stacks.values() for step in _steps(stack, origins)),
    )


def _stack(stack: LinkedStack) -> StackNode:
    resources = stack.template["Resources"].items()
    return StackNode(
        stack.name,
        stack.full_name,
        stack.root,
        stack.region,
        tuple(ResourceNode(name, body["Type"]) for name, body in resources),
    )


def _between_stacks(system: System) -> tuple[Edge, ...]:
    values: dict[tuple[str, str], list[str]] = {}
    for wire in system.wires:
        for reader in wire.readers:
            values.setdefault((wire.home, reader), []).append(str(wire))
    return tuple(
        Edge(home, stack.name, tuple(values.get((home, stack.name), ())))
        for stack in system.stacks
        for home in stack.needs
    )


def _source(wire: Wire, home: LinkedStack) -> str:
    """The resource that a wire's value is of; one that is named by its content bears a hash behind the wire's id."""
    resources: dict[str, Any] = home.template["Resources"]
    if wire.id in resources:
        return wire.id
    return next(name for name in resources if name.startswith(wire.id) and _HASH.fullmatch(name.removeprefix(wire.id)))


def _steps(stack: LinkedStack, origins: dict[str, _Origin]) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """What each resource of a stack reads of which."""
    template = stack.template
    for name, body in template["Resources"].items():
        said_there = [reference for spot in in_resource(body) for reference in spot.found]
        for reference in _followed(said_there, template.get("Conditions", {})):
            if reference.id == name:
                continue
            if reference.id in template["Resources"]:
                said = () if reference.kind == DEPENDS_ON else (str(reference),)
                yield reference.id, name, said
            elif reference.id in origins:
                origin = origins[reference.id]
                yield origin.resource, name, (origin.value,)


def _followed(found: Iterable[Reference], conditions: dict[str, Any]) -> Iterator[Reference]:
    """References, with those that a condition makes in the place of the condition."""
    for reference in found:
        if reference.kind != CONDITION:
            yield reference
        elif reference.id in conditions:
            yield from _followed(in_expression(conditions[reference.id]), conditions)

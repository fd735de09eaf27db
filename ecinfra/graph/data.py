"""A view as plain data, for machines."""

from __future__ import annotations

from typing import Any

from ecinfra.graph.model import Edge, StackNode
from ecinfra.graph.view import View


def as_data(view: View) -> dict[str, Any]:
    """Roots with their stacks, and the edges of each level; resources where they are drawn."""
    graph = view.graph
    data: dict[str, Any] = {
        "system": graph.name,
        "environment": graph.environment,
        "roots": [
            {"name": root.name, "region": root.region, "stacks": [_stack(stack, view) for stack in root.stacks]}
            for root in graph.roots
        ],
        "between_roots": [_edge(edge) for edge in graph.between_roots],
        "between_stacks": [_edge(edge) for edge in graph.between_stacks],
    }
    if view.opened:
        data["between_resources"] = [_edge(edge) for edge in view.references]
    return data


def _stack(stack: StackNode, view: View) -> dict[str, Any]:
    data: dict[str, Any] = {"name": stack.name, "full_name": stack.full_name}
    if stack.name in view.opened:
        data["resources"] = [{"id": resource.id, "type": resource.type} for resource in stack.resources]
    return data


def _edge(edge: Edge) -> dict[str, Any]:
    return {"from": edge.source, "to": edge.target, "values": list(edge.values)}

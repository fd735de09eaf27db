"""A view as a Mermaid flowchart, as Markdown pages draw it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ecinfra.graph.model import Edge, StackNode
from ecinfra.graph.services import in_words
from ecinfra.graph.view import View
from ecinfra.report.lines import lines, resource_id, stack_id
from ecinfra.report.text import counted

# more than this Mermaid refuses to draw, as long as nobody tells it otherwise
MOST_LINES = 500
_SIGNS = re.compile(r"[^\w .,:/+*=()·-]")


def mermaid(view: View) -> str:
    """The view as text."""
    return "".join(f"{line}\n" for line in _lines(view))


def _lines(view: View) -> Iterator[str]:
    yield "flowchart LR"
    for number, root in enumerate(view.graph.roots):
        yield f"  subgraph root_{number}[{_quoted(f'{root.name} · {root.region}')}]"
        for stack in root.stacks:
            yield from _stack(stack, view)
        yield "  end"
    for edge in lines(view):
        yield f"  {edge.source} {_arrow(edge, view)} {edge.target}"
    if view.context:
        yield "  classDef context stroke-dasharray: 4 4"
        yield "  class " + ",".join(stack_id(name) for name in sorted(view.context)) + " context"


def _stack(stack: StackNode, view: View) -> Iterator[str]:
    if stack.name not in view.opened or not stack.resources:
        count = counted(len(stack.resources), "resource")
        yield f"    {stack_id(stack.name)}[{_quoted(stack.name, count)}]"
        return
    yield f"    subgraph {stack_id(stack.name)}[{_quoted(stack.name)}]"
    for resource in stack.resources:
        yield f"      {resource_id(resource.id)}[{_quoted(resource.id, in_words(resource.type))}]"
    yield "    end"


def _arrow(edge: Edge, view: View) -> str:
    if not edge.values:
        return "-.->"
    if view.values:
        return f"-->|{_quoted(*edge.values)}|"
    between_resources = edge.source.startswith("resource_") and edge.target.startswith("resource_")
    return "-->" if between_resources else f"-->|{len(edge.values)}|"


def _quoted(*texts: str) -> str:
    return '"' + "<br/>".join(_SIGNS.sub(lambda sign: f"#{ord(sign[0])};", text) for text in texts) + '"'

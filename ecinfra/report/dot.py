"""A view in the language of Graphviz."""

from __future__ import annotations

from collections.abc import Iterator

from ecinfra.graph.model import Edge, StackNode
from ecinfra.graph.services import in_words
from ecinfra.graph.view import View
from ecinfra.report.lines import lines, resource_id, stack_id
from ecinfra.report.text import counted

_SIGNS = str.maketrans({"\\": "\\\\", '"': '\\"', "&": "&amp;"})


def dot(view: View) -> str:
    """The view as text."""
    return "".join(f"{line}\n" for line in _lines(view))


def _lines(view: View) -> Iterator[str]:
    yield f"digraph {_quoted(view.graph.title)} {{"
    yield "  rankdir=LR; compound=true; newrank=true; fontname=Helvetica"
    yield '  node [shape=box, style="rounded,filled", fillcolor=white, fontname=Helvetica]'
    yield "  edge [fontname=Helvetica, fontsize=10]"
    for number, root in enumerate(view.graph.roots):
        yield f"  subgraph cluster_root_{number} {{"
        yield f"    label={_quoted(root.name, root.region)}; style=rounded; bgcolor=gray96"
        for stack in root.stacks:
            yield from _stack(stack, view)
        yield "  }"
    # an edge ends at a node: one that means a whole cluster is cut off at its border
    inside = {
        stack_id(stack.name): resource_id(stack.resources[0].id)
        for stack in view.graph.stacks
        if stack.name in view.opened and stack.resources
    }
    for edge in lines(view):
        yield f"  {_edge(edge, view, inside)}"
    yield "}"


def _stack(stack: StackNode, view: View) -> Iterator[str]:
    if stack.name not in view.opened or not stack.resources:
        style = ', style="rounded,dashed"' if stack.name in view.context else ""
        label = _quoted(stack.name, counted(len(stack.resources), "resource"))
        yield f"    {stack_id(stack.name)} [label={label}{style}]"
        return
    yield f"    subgraph cluster_{stack_id(stack.name)} {{"
    yield f"      label={_quoted(stack.name)}; bgcolor=white"
    for resource in stack.resources:
        yield f"      {resource_id(resource.id)} [label={_quoted(resource.id, in_words(resource.type))}]"
    yield "    }"


def _edge(edge: Edge, view: View, inside: dict[str, str]) -> str:
    source, target = inside.get(edge.source, edge.source), inside.get(edge.target, edge.target)
    said = []
    if edge.source in inside:
        said.append(f"ltail=cluster_{edge.source}")
    if edge.target in inside:
        said.append(f"lhead=cluster_{edge.target}")
    if not edge.values:
        said.append("style=dashed")
    elif view.values:
        said.append(f"label={_quoted(*edge.values)}")
    elif not (source.startswith("resource_") and target.startswith("resource_")):
        said.append(f"label={_quoted(str(len(edge.values)))}")
    return f"{source} -> {target}" + (f" [{', '.join(said)}]" if said else "")


def _quoted(*texts: str) -> str:
    """Texts as the lines of a label: in quotes, a few signs have a meaning."""
    return '"' + "\\n".join(text.translate(_SIGNS) for text in texts) + '"'

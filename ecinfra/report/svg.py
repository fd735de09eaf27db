"""A view as one SVG drawing, that needs nothing but itself."""

from __future__ import annotations

from pathlib import Path

from ecinfra.graph.model import StackNode
from ecinfra.graph.view import View
from ecinfra.report import ink
from ecinfra.report.figure import Figure, figure
from ecinfra.report.markup import Markup, element
from ecinfra.report.text import counted


def svg(view: View) -> str:
    """The drawing as a file of its own."""
    said = element("title", title(view)), element("desc", description(view)), element("style", Markup(styles()))
    drawn = _svg(figure(view), *said, linked=False, role="img")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{drawn}\n'


def inline(view: View) -> Markup:
    """The drawing inside a page: its stacks and resources lead to what the page says of them."""
    return _svg(figure(view), linked=True, id="drawing", role="group", aria_label=title(view))


def styles() -> str:
    """How the drawing looks, by day and by night."""
    return (Path(__file__).parents[1] / "data" / "drawing.css").read_text(encoding="utf-8")


def title(view: View) -> str:
    """What the drawing shows."""
    graph = view.graph
    return f"{graph.title}: {counted(len(graph.stacks), 'stack')} in {counted(len(graph.roots), 'root')}"


def description(view: View) -> str:
    """What the drawing says, for those who do not see it."""
    return " ".join(
        f"{edge.source} hands {', '.join(edge.values)} to {edge.target}."
        if edge.values
        else f"{edge.target} stands after {edge.source}."
        for edge in view.graph.between_stacks
    )


def _svg(drawn: Figure, *said: Markup, linked: bool, **attributes: str) -> Markup:
    graph, layout = drawn.view.graph, drawn.layout
    wide, high = f"{layout.width:.0f}", f"{layout.height:.0f}"
    regions = list(dict.fromkeys(root.region for root in graph.roots))
    lines = zip(graph.between_stacks, layout.routes, layout.labels, strict=True)
    return element(
        "svg",
        *said,
        element("rect", class_="paper", width=wide, height=high),
        *(ink.frame(root, layout.frames[root.name], regions.index(root.region)) for root in graph.roots),
        *(ink.line(*line) for line in lines),
        *(_stack(stack, drawn, linked) for stack in graph.stacks),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {wide} {high}",
        width=wide,
        height=high,
        class_="drawing",
        **attributes,
    )


def _stack(stack: StackNode, drawn: Figure, linked: bool) -> Markup:
    """A stack; in a page a link to what there is to say of it, and so within reach of the keyboard."""
    name = f"stack-{stack.name}"
    class_ = "stack context" if stack.name in drawn.view.context else "stack"
    if stack.name in drawn.view.opened:
        return element("g", *ink.opened_stack(stack, drawn, linked), class_=class_, data_id=name)
    inner = ink.closed_stack(stack, drawn.layout.boxes[stack.name])
    href = f"#{name}" if linked else None
    return element("a" if linked else "g", *inner, class_=class_, data_id=name, href=href)

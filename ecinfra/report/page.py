"""A view as one HTML page: the drawing, and what there is to say of each stack and resource in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ecinfra.graph.model import Edge, Graph, ResourceNode, RootNode, StackNode
from ecinfra.graph.services import KINDS, in_words
from ecinfra.graph.view import View
from ecinfra.report.markup import Markup, element, text
from ecinfra.report.svg import inline, styles
from ecinfra.report.text import counted

_DATA = Path(__file__).parents[1] / "data"
# the page loads nothing, and cannot be made to
_ALONE = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'"


@dataclass(frozen=True, slots=True)
class _Ends:
    """Edges by where they arrive, and by where they leave."""

    arriving: dict[str, list[Edge]]
    leaving: dict[str, list[Edge]]

    @classmethod
    def of(cls, edges: Iterable[Edge]) -> _Ends:
        ends = cls({}, {})
        for edge in edges:
            ends.arriving.setdefault(edge.target, []).append(edge)
            ends.leaving.setdefault(edge.source, []).append(edge)
        return ends


def page(view: View) -> str:
    """The page: one file, that works without a network."""
    graph = view.graph
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=_ALONE),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="color-scheme", content="light dark"),
        element("title", f"{graph.name}, {graph.environment}"),
        element("style", Markup(styles() + _read("page.css"))),
    )
    body = element(
        "body",
        _header(graph),
        element("main", inline(view), id="canvas", tabindex="-1"),
        element("aside", *_details(view), id="panel", aria_live="polite", tabindex="-1"),
        element("script", Markup(_read("page.js"))),
    )
    return f"<!DOCTYPE html>\n{element('html', head, body, lang='en')}\n"


def _read(name: str) -> str:
    return (_DATA / name).read_text(encoding="utf-8")


def _header(graph: Graph) -> Markup:
    resources = sum(len(stack.resources) for stack in graph.stacks)
    summary = (
        counted(len(graph.roots), "root"),
        counted(len(graph.stacks), "stack"),
        counted(resources, "resource"),
        counted(graph.carried, "value") + " between stacks",
    )
    buttons = {"out": ("−", "Smaller"), "fit": ("Fit", "Fit into the window"), "in": ("+", "Larger")}
    return element(
        "header",
        element("h1", graph.name, " ", element("span", graph.environment)),
        element("p", " · ".join(summary)),
        element(
            "nav",
            *(
                element("button", sign, type="button", data_zoom=name, title=said, aria_label=said)
                for name, (sign, said) in buttons.items()
            ),
            aria_label="Size of the drawing",
        ),
    )


def _details(view: View) -> Iterator[Markup]:
    """A section for everything that can be chosen; the first is for nothing chosen."""
    graph = view.graph
    yield _overview(graph)
    stacks = _Ends.of(graph.between_stacks)
    for stack in graph.stacks:
        yield _stack(stack, stacks)
    shown = {resource.id for stack in graph.stacks for resource in stack.resources}
    resources = _Ends.of(edge for edge in graph.between_resources if {edge.source, edge.target} <= shown)
    for stack in graph.stacks:
        if stack.name in view.opened:
            for resource in stack.resources:
                yield _resource(resource, stack, resources)


def _overview(graph: Graph) -> Markup:
    hint = (
        "Point at a stack, or reach it with the Tab key, to see what it takes and what it gives. "
        "Enter or a click keeps it; Escape lets it go."
    )
    legend = [element("li", element("i", Markup("&#8203;"), class_=name), name) for name in KINDS]
    return element(
        "section",
        element("h2", "Overview"),
        element("p", hint, class_="where"),
        element(
            "div",
            *(_root(root, graph) for root in graph.roots),
            element("div", element("h3", "Kinds of resources"), element("ul", *legend, class_="legend")),
            class_="columns",
        ),
        id="overview",
    )


def _root(root: RootNode, graph: Graph) -> Markup:
    stacks = [element("li", element("a", stack.name, href=f"#stack-{stack.name}")) for stack in root.stacks]
    takes = [
        element("li", f"takes {counted(len(edge.values), 'value')} of {edge.source}")
        for edge in graph.between_roots
        if edge.target == root.name
    ]
    return element(
        "div",
        element("h3", root.name, " ", element("small", root.region)),
        element("ul", *stacks, class_="stacks"),
        element("ul", *takes) if takes else "",
    )


def _stack(stack: StackNode, ends: _Ends) -> Markup:
    types = Counter(in_words(resource.type) for resource in stack.resources)
    rows = [element("li", name, element("b", count)) for name, count in types.most_common()]
    return _section(
        f"stack-{stack.name}",
        stack.name,
        f"{stack.full_name} · {stack.region} · {counted(len(stack.resources), 'resource')}",
        _list("Takes", "takes", "stack", ends.arriving.get(stack.name, ())),
        _list("Gives", "gives", "stack", ends.leaving.get(stack.name, ())),
        element("div", element("h3", "Resources"), element("ul", *rows, class_="types")) if rows else "",
    )


def _resource(resource: ResourceNode, stack: StackNode, ends: _Ends) -> Markup:
    home = element("a", stack.name, href=f"#stack-{stack.name}")
    return _section(
        f"resource-{resource.id}",
        resource.id,
        Markup(f"{text(resource.type)} · {home}"),
        _list("Refers to", "takes", "resource", ends.arriving.get(resource.id, ())),
        _list("Read by", "gives", "resource", ends.leaving.get(resource.id, ())),
    )


def _section(name: str, heading: str, where: object, *columns: object) -> Markup:
    return element(
        "section",
        element("h2", heading),
        element("p", where, class_="where"),
        element("div", *columns, class_="columns"),
        id=name,
    )


def _list(heading: str, class_: str, kind: str, edges: Sequence[Edge]) -> Markup:
    rows = []
    for edge in edges:
        other = edge.source if class_ == "takes" else edge.target
        rows.append(element("li", element("a", other, href=f"#{kind}-{other}"), " ", *_values(edge)))
    content = element("ul", *rows) if rows else element("p", "nothing")
    return element("div", element("h3", heading), content, class_=class_)


def _values(edge: Edge) -> list[Markup]:
    if not edge.values:
        return [element("em", "order only")]
    return [part for value in edge.values for part in (element("code", value), Markup(" "))]

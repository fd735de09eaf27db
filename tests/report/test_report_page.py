from __future__ import annotations

from dataclasses import dataclass, field, replace
from html.parser import HTMLParser

from ecinfra.graph import Edge, View, view
from ecinfra.report.page import page
from tests.graph.kitchen import kitchen_graph

VOID = {"meta", "br"}


@dataclass
class Node:
    tag: str
    attributes: dict[str, str | None]
    content: list[Node | str] = field(default_factory=list)

    def all(self) -> list[Node]:
        inner = [child for child in self.content if isinstance(child, Node)]
        return [self, *(node for child in inner for node in child.all())]

    def by_id(self, name: str) -> Node:
        (found,) = [node for node in self.all() if node.attributes.get("id") == name]
        return found

    def by_class(self, name: str) -> Node:
        (found,) = [node for node in self.all() if name in (node.attributes.get("class") or "").split()]
        return found

    def text(self) -> str:
        words = [child if isinstance(child, str) else child.text() for child in self.content]
        return " ".join(" ".join(words).split())


class Reader(HTMLParser):
    """Reads a page into nodes, and refuses elements that are not closed."""

    def __init__(self) -> None:
        super().__init__()
        self.open = [Node("", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, dict(attrs))
        self.open[-1].content.append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].content.append(Node(tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop().tag == tag

    def handle_data(self, data: str) -> None:
        self.open[-1].content.append(data)


def read(seen: View) -> Node:
    reader = Reader()
    reader.feed(page(seen))
    reader.close()
    (document,) = reader.open
    return document


def test_the_page_tells_how_large_the_system_is() -> None:
    document = read(view(kitchen_graph()))

    (header,) = [node for node in document.all() if node.tag == "header"]
    assert header.text() == "Kitchen dev 3 roots · 5 stacks · 10 resources · 7 values between stacks − Fit +"


def test_a_stack_says_what_it_takes_what_it_gives_and_what_is_in_it() -> None:
    back = read(view(kitchen_graph())).by_id("stack-Back")

    assert back.by_class("where").text() == "Kitchen-dev-Back · eu-west-1 · 3 resources"
    assert back.by_class("takes").text() == ("Takes Names Zone Core Orders.Label Orders.QueueName Api Release Orders")
    assert back.by_class("gives").text() == "Gives Clean order only Watch Pile.QueueName"
    assert back.by_class("types").text() == "SNS Topic 1 SQS Queue 1 ApiGateway Stage 1"


def test_a_stack_that_takes_nothing_says_so() -> None:
    assert read(view(kitchen_graph())).by_id("stack-Core").by_class("takes").text() == "Takes nothing"


def test_the_overview_tells_what_roots_take_of_one_another() -> None:
    overview = read(view(kitchen_graph())).by_id("overview").text()

    assert "Kitchen-dev eu-west-1 Core Back Clean takes 1 value of Kitchen-dev-us-east-1" in overview
    assert "Kitchen-dev-us-east-1-after us-east-1 Watch takes 1 value of Kitchen-dev" in overview


def test_a_resource_says_what_it_refers_to_in_whatever_stack() -> None:
    document = read(view(kitchen_graph(), resources=True))

    bell = document.by_id("resource-Bell")
    assert bell.by_class("where").text() == "AWS::SNS::Topic · Back"
    assert bell.by_class("takes").text() == "Refers to Orders Orders.Label Orders Zone Zone"
    assert bell.by_class("gives").text() == "Read by Pile order only"


def test_every_link_leads_to_something_on_the_page_and_everything_drawn_has_a_link() -> None:
    document = read(view(kitchen_graph(), ["Back", "Core"], resources=True))

    names = [node.attributes["id"] for node in document.all() if "id" in node.attributes]
    assert len(names) == len(set(names))
    drawing = document.by_id("drawing")
    links = {node.attributes["href"] for node in drawing.all() if node.tag == "a"}
    assert {f"#{node.attributes['data-id']}" for node in drawing.all() if "data-id" in node.attributes} == links
    assert links <= {f"#{name}" for name in names}


def test_the_page_needs_nothing_but_itself() -> None:
    document = read(view(kitchen_graph(), resources=True))

    (policy,) = [node for node in document.all() if node.attributes.get("http-equiv") == "Content-Security-Policy"]
    assert policy.attributes["content"] == ("default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'")
    assert not [node for node in document.all() if node.tag in ("link", "img", "iframe") or "src" in node.attributes]
    assert all((node.attributes.get("href") or "#").startswith("#") for node in document.all())


def test_names_cannot_break_out_of_the_page() -> None:
    graph = kitchen_graph()
    evil = "</script><script>alert(1)</script><b>"
    document = read(view(replace(graph, between_stacks=(Edge("Core", "Back", (evil,)),))))

    assert len([node for node in document.all() if node.tag == "script"]) == 1
    assert document.by_id("stack-Back").by_class("takes").text() == f"Takes Core {evil}"


def test_the_same_system_makes_the_same_page() -> None:
    assert page(view(kitchen_graph(), resources=True)) == page(view(kitchen_graph(), resources=True))

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from xml.etree import ElementTree

import pytest

from ecinfra.graph import Edge, View, view
from ecinfra.graph.shapes import Rectangle
from ecinfra.report.figure import figure
from ecinfra.report.svg import svg
from tests.graph.kitchen import city_graph, kitchen_graph

SVG = "{http://www.w3.org/2000/svg}"


def drawn(seen: View) -> ElementTree.Element:
    return ElementTree.fromstring(svg(seen))


def marked(root: ElementTree.Element, class_: str) -> list[ElementTree.Element]:
    return [found for found in root.iter() if class_ in found.get("class", "").split()]


def texts(root: ElementTree.Element, class_: str) -> list[str]:
    return [found.text or "" for found in marked(root, class_)]


def place(box: ElementTree.Element) -> Rectangle:
    x, y, width, height = (float(box.get(name, "")) for name in ("x", "y", "width", "height"))
    return Rectangle(x, y, width, height)


def test_every_root_stack_and_edge_is_drawn() -> None:
    root = drawn(view(kitchen_graph()))

    assert [[text.text for text in frame.iter(f"{SVG}text")] for frame in marked(root, "frame")] == [
        ["Kitchen-dev-us-east-1", "us-east-1"],
        ["Kitchen-dev", "eu-west-1"],
        ["Kitchen-dev-us-east-1-after", "us-east-1"],
    ]
    assert [[text.text for text in stack.iter(f"{SVG}text")] for stack in marked(root, "stack")] == [
        ["Names", "1 resource"],
        ["Core", "4 resources"],
        ["Back", "3 resources"],
        ["Clean", "1 resource"],
        ["Watch", "1 resource"],
    ]
    assert [(edge.get("data-from"), edge.get("data-to")) for edge in marked(root, "edge")] == [
        ("stack-Names", "stack-Back"),
        ("stack-Core", "stack-Back"),
        ("stack-Back", "stack-Clean"),
        ("stack-Back", "stack-Watch"),
    ]


def test_an_edge_says_how_many_values_it_carries_and_order_is_dashed() -> None:
    root = drawn(view(kitchen_graph()))

    assert [[text.text for text in edge.iter(f"{SVG}text")] for edge in marked(root, "edge")] == [
        ["1"],
        ["5"],
        [],
        ["1"],
    ]
    assert [edge.get("data-to") for edge in marked(root, "order")] == ["stack-Clean"]


def test_values_are_named_where_that_is_asked() -> None:
    root = drawn(view(kitchen_graph(), values=True))

    assert [[text.text for text in edge.iter(f"{SVG}text")] for edge in marked(root, "edge")] == [
        ["Zone"],
        ["Orders.Label", "Orders.QueueName", "Api", "Release", "Orders"],
        ["order only"],
        ["Pile.QueueName"],
    ]


def test_regions_have_one_colour_each() -> None:
    frames = marked(drawn(view(kitchen_graph())), "frame")

    assert [frame.get("class") for frame in frames] == ["frame tint-0", "frame tint-1", "frame tint-0"]


def test_resources_are_drawn_by_type_with_lines_between_them() -> None:
    root = drawn(view(kitchen_graph(), resources=True))

    assert texts(root, "type") == [
        *("Route53 HostedZone", "SQS Queue", "ApiGateway RestApi", "SNS Topic", "ApiGateway Deployment"),
        *("SNS Topic", "ApiGateway Stage", "SQS Queue", "SQS Queue", "SNS Topic"),
    ]
    assert texts(root, "many") == ["1"] * 10
    assert [name for name in texts(root, "id") if not name.startswith("Release")] == [
        *("Zone", "Orders", "Api", "News", "Bell", "Live", "Pile", "Broom", "Alarms"),
    ]
    lines = [(line.get("data-from"), line.get("data-to")) for line in marked(root, "reference")]
    assert lines[0] == ("resource-Orders", "resource-News")
    assert lines[2] == ("resource-Bell", "resource-Pile")


def test_only_chosen_stacks_are_opened_and_the_others_are_drawn_as_context() -> None:
    root = drawn(view(kitchen_graph(), ["Back"], resources=True))

    assert [stack.get("data-id") for stack in marked(root, "context")] == [
        *("stack-Names", "stack-Core", "stack-Clean", "stack-Watch"),
    ]
    assert [row.get("data-id") for row in marked(root, "resource")] == [
        "resource-Bell",
        "resource-Live",
        "resource-Pile",
    ]


def test_a_share_of_the_bar_stands_for_the_resources_of_a_kind() -> None:
    (core,) = [stack for stack in marked(drawn(view(kitchen_graph())), "stack") if stack.get("data-id") == "stack-Core"]
    shares = {(share.get("class") or "").split()[1]: float(share.get("width", "")) for share in marked(core, "share")}

    assert list(shares) == ["network", "messaging"]
    assert shares["network"] == shares["messaging"]


def test_the_drawing_says_what_it_shows_to_those_who_do_not_see_it() -> None:
    root = drawn(view(kitchen_graph()))

    assert root.get("role") == "img"
    assert root.findtext(f"{SVG}title") == "Kitchen-dev: 5 stacks in 3 roots"
    assert root.findtext(f"{SVG}desc") == (
        "Names hands Zone to Back. Core hands Orders.Label, Orders.QueueName, Api, Release, Orders to Back. "
        "Clean stands after Back. Back hands Pile.QueueName to Watch."
    )


@pytest.mark.parametrize("values", [False, True])
@pytest.mark.parametrize("resources", [False, True])
def test_boxes_do_not_overlap_at_thirty_stacks(values: bool, resources: bool) -> None:
    seen = view(city_graph(30), values=values, resources=resources)
    root = drawn(seen)

    boxes = [place(box) for box in marked(root, "box")]
    assert len(boxes) == 30
    for one, two in combinations(boxes, 2):
        assert not one.overlaps(two)
    assert len(marked(root, "edge")) == len(seen.graph.between_stacks) == 84


def test_groups_lie_inside_their_stack() -> None:
    drawing = figure(view(city_graph(12), resources=True))

    for name, groups in drawing.groups.items():
        box = drawing.layout.boxes[name]
        for _, where in groups:
            assert box.x < where.x
            assert where.right < box.right
            assert box.y < where.y
            assert where.bottom < box.bottom


def test_the_same_system_is_drawn_with_the_same_bytes() -> None:
    assert svg(view(city_graph(15), values=True, resources=True)) == svg(
        view(city_graph(15), values=True, resources=True)
    )


def test_names_cannot_break_out_of_the_drawing() -> None:
    graph = kitchen_graph()
    evil = '</text><script>alert("1")</script>&\x00'
    edges = (Edge("Core", "Back", (evil,)),)
    roots = tuple(replace(root, region=evil) for root in graph.roots)
    root = drawn(view(replace(graph, between_stacks=edges, roots=roots), values=True))

    assert not list(root.iter(f"{SVG}script"))
    assert texts(root, "value") == ['</text><script>alert("1")</script>&\N{REPLACEMENT CHARACTER}']


def test_the_drawing_refers_to_nothing_outside_itself() -> None:
    text = svg(view(kitchen_graph(), resources=True)).replace("http://www.w3.org/2000/svg", "")

    assert not [word for word in ("http:", "https:", "url(", "@import", "href", "<image") if word in text]


def test_a_long_name_is_cut_and_told_whole() -> None:
    graph = kitchen_graph()
    long = "Zone" + "OfTheWholeNeighbourhood" * 2
    names, *others = graph.roots
    (stack,) = names.stacks
    renamed = replace(stack, resources=(replace(stack.resources[0], id=long),))
    seen = view(replace(graph, roots=(replace(names, stacks=(renamed,)), *others)), ["Names"], resources=True)
    (row,) = marked(drawn(seen), "resource")

    assert row.findtext(f"{SVG}text") == "ZoneOfTheWholeNeighbourhoodOfTheWho…"
    assert row.findtext(f"{SVG}title") == long

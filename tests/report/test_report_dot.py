from __future__ import annotations

from dataclasses import replace

from ecinfra.graph import Edge, view
from ecinfra.report.dot import dot
from tests.graph.kitchen import kitchen_graph


def test_stacks_stand_in_their_roots_and_edges_carry_numbers() -> None:
    assert dot(view(kitchen_graph(), ["Watch"])) == (
        'digraph "Kitchen-dev" {\n'
        "  rankdir=LR; compound=true; newrank=true; fontname=Helvetica\n"
        '  node [shape=box, style="rounded,filled", fillcolor=white, fontname=Helvetica]\n'
        "  edge [fontname=Helvetica, fontsize=10]\n"
        "  subgraph cluster_root_0 {\n"
        '    label="Kitchen-dev\\neu-west-1"; style=rounded; bgcolor=gray96\n'
        '    stack_Back [label="Back\\n3 resources", style="rounded,dashed"]\n'
        "  }\n"
        "  subgraph cluster_root_1 {\n"
        '    label="Kitchen-dev-us-east-1-after\\nus-east-1"; style=rounded; bgcolor=gray96\n'
        '    stack_Watch [label="Watch\\n1 resource"]\n'
        "  }\n"
        '  stack_Back -> stack_Watch [label="1"]\n'
        "}\n"
    )


def test_an_edge_to_an_opened_stack_ends_at_its_border() -> None:
    lines = dot(view(kitchen_graph(), ["Back", "Clean"], resources=True)).splitlines()

    assert '      resource_Bell [label="Bell\\nSNS Topic"]' in lines
    assert "  resource_Bell -> resource_Pile [style=dashed]" in lines
    assert (
        "  resource_Bell -> resource_Broom [ltail=cluster_stack_Back, lhead=cluster_stack_Clean, style=dashed]" in lines
    )
    assert '  resource_Pile -> stack_Watch [label="1"]' in lines


def test_values_are_named_where_that_is_asked() -> None:
    assert (
        '  stack_Back -> stack_Watch [label="Pile.QueueName"]' in dot(view(kitchen_graph(), values=True)).splitlines()
    )


def test_signs_that_graphviz_would_read_are_escaped() -> None:
    edges = (Edge("Core", "Back", ('a"b\\c&lt;',)),)

    assert '  stack_Core -> stack_Back [label="a\\"b\\\\c&amp;lt;"]' in dot(
        view(replace(kitchen_graph(), between_stacks=edges), values=True)
    )

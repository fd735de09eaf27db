from __future__ import annotations

from dataclasses import replace

from ecinfra.graph import Edge, view
from ecinfra.report.mermaid import mermaid
from tests.graph.kitchen import kitchen_graph


def test_stacks_stand_in_their_roots_and_edges_carry_numbers() -> None:
    assert mermaid(view(kitchen_graph())) == (
        "flowchart LR\n"
        '  subgraph root_0["Kitchen-dev-us-east-1 · us-east-1"]\n'
        '    stack_Names["Names<br/>1 resource"]\n'
        "  end\n"
        '  subgraph root_1["Kitchen-dev · eu-west-1"]\n'
        '    stack_Core["Core<br/>4 resources"]\n'
        '    stack_Back["Back<br/>3 resources"]\n'
        '    stack_Clean["Clean<br/>1 resource"]\n'
        "  end\n"
        '  subgraph root_2["Kitchen-dev-us-east-1-after · us-east-1"]\n'
        '    stack_Watch["Watch<br/>1 resource"]\n'
        "  end\n"
        "  stack_Names -->|1| stack_Back\n"
        "  stack_Core -->|5| stack_Back\n"
        "  stack_Back -.-> stack_Clean\n"
        "  stack_Back -->|1| stack_Watch\n"
    )


def test_values_lead_from_and_to_the_resources_of_opened_stacks() -> None:
    assert mermaid(view(kitchen_graph(), ["Back"], values=True, resources=True)).splitlines()[4:] == [
        '  subgraph root_1["Kitchen-dev · eu-west-1"]',
        '    stack_Core["Core<br/>4 resources"]',
        '    subgraph stack_Back["Back"]',
        '      resource_Bell["Bell<br/>SNS Topic"]',
        '      resource_Pile["Pile<br/>SQS Queue"]',
        '      resource_Live["Live<br/>ApiGateway Stage"]',
        "    end",
        '    stack_Clean["Clean<br/>1 resource"]',
        "  end",
        '  subgraph root_2["Kitchen-dev-us-east-1-after · us-east-1"]',
        '    stack_Watch["Watch<br/>1 resource"]',
        "  end",
        "  resource_Bell -.-> resource_Pile",
        '  stack_Names -->|"Zone"| resource_Bell',
        '  stack_Core -->|"Orders.Label<br/>Orders"| resource_Bell',
        '  stack_Core -->|"Orders.QueueName"| resource_Pile',
        '  stack_Core -->|"Api<br/>Release"| resource_Live',
        "  stack_Back -.-> stack_Clean",
        '  resource_Pile -->|"Pile.QueueName"| stack_Watch',
        "  classDef context stroke-dasharray: 4 4",
        "  class stack_Clean,stack_Core,stack_Names,stack_Watch context",
    ]


def test_a_value_that_no_resource_reads_leads_to_the_stack() -> None:
    graph = replace(kitchen_graph(), between_resources=())

    assert "  stack_Core -->|5| stack_Back\n" in mermaid(view(graph, resources=True))


def test_signs_that_mermaid_would_read_are_said_by_number() -> None:
    edges = (Edge("Core", "Back", ('a"b<c>|#;&`',)),)

    assert 'stack_Core -->|"a#34;b#60;c#62;#124;#35;#59;#38;#96;"| stack_Back' in mermaid(
        view(replace(kitchen_graph(), between_stacks=edges), values=True)
    )

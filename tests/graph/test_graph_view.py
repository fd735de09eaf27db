from __future__ import annotations

import pytest

from ecinfra.errors import UsageError
from ecinfra.graph import Edge, as_data, view
from tests.graph.kitchen import kitchen_graph


def test_everything_is_drawn_where_nothing_is_chosen() -> None:
    graph = kitchen_graph()

    assert view(graph).graph is graph
    assert view(graph).opened == frozenset()
    assert view(graph, resources=True).opened == {"Names", "Core", "Back", "Watch", "Clean"}


def test_a_chosen_stack_is_drawn_with_those_that_it_touches() -> None:
    drawn = view(kitchen_graph(), ["Watch"])

    assert [stack.name for stack in drawn.graph.stacks] == ["Back", "Watch"]
    assert [root.name for root in drawn.graph.roots] == ["Kitchen-dev", "Kitchen-dev-us-east-1-after"]
    assert drawn.graph.between_stacks == (Edge("Back", "Watch", ("Pile.QueueName",)),)
    assert drawn.context == {"Back"}


def test_lines_between_stacks_that_were_not_chosen_are_left_out() -> None:
    drawn = view(kitchen_graph(), ["Names", "Core"])

    assert [(edge.source, edge.target) for edge in drawn.graph.between_stacks] == [("Names", "Back"), ("Core", "Back")]
    assert drawn.context == {"Back"}


def test_resources_are_drawn_in_the_chosen_stacks_alone() -> None:
    drawn = view(kitchen_graph(), ["Back"], resources=True)

    assert drawn.opened == {"Back"}
    assert drawn.references == (Edge("Bell", "Pile", ()),)


def test_an_unknown_stack_is_answered_with_the_nearest_name() -> None:
    with pytest.raises(UsageError) as caught:
        view(kitchen_graph(), ["Back", "Cor"])

    assert str(caught.value) == "there is no stack 'Cor'\n  did you mean 'Core'?"


def test_a_view_is_plain_data_for_machines() -> None:
    assert as_data(view(kitchen_graph(), ["Watch"])) == {
        "system": "Kitchen",
        "environment": "dev",
        "roots": [
            {
                "name": "Kitchen-dev",
                "region": "eu-west-1",
                "stacks": [{"name": "Back", "full_name": "Kitchen-dev-Back"}],
            },
            {
                "name": "Kitchen-dev-us-east-1-after",
                "region": "us-east-1",
                "stacks": [{"name": "Watch", "full_name": "Kitchen-dev-Watch"}],
            },
        ],
        "between_roots": [{"from": "Kitchen-dev", "to": "Kitchen-dev-us-east-1-after", "values": ["Pile.QueueName"]}],
        "between_stacks": [{"from": "Back", "to": "Watch", "values": ["Pile.QueueName"]}],
    }


def test_resources_and_references_are_data_where_they_are_drawn() -> None:
    data = as_data(view(kitchen_graph(), ["Watch", "Back"], resources=True))

    assert data["roots"][-1]["stacks"] == [
        {
            "name": "Watch",
            "full_name": "Kitchen-dev-Watch",
            "resources": [{"id": "Alarms", "type": "AWS::SNS::Topic"}],
        }
    ]
    assert data["between_resources"] == [
        {"from": "Bell", "to": "Pile", "values": []},
        {"from": "Pile", "to": "Alarms", "values": ["Pile.QueueName"]},
    ]

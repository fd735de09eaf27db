from __future__ import annotations

from ecinfra.graph import Edge, ResourceNode, StackNode
from ecinfra.graph.groups import groups
from tests.graph.kitchen import kitchen_graph


def stack(*resources: tuple[str, str]) -> StackNode:
    return StackNode(
        "Core", "Kitchen-dev-Core", "Kitchen-dev", "eu-west-1", tuple(ResourceNode(*one) for one in resources)
    )


def test_resources_are_grouped_by_type_and_what_others_stand_on_comes_first() -> None:
    core = stack(("Ring", "Alarm"), ("Cook", "Function"), ("CookRole", "Role"), ("Wash", "Function"))
    references = [Edge("CookRole", "Cook", ()), Edge("Cook", "Ring", ()), Edge("Elsewhere", "CookRole", ())]

    found = groups(core, references)

    assert [(group.type, [resource.id for resource in group.resources]) for group in found] == [
        ("Role", ["CookRole"]),
        ("Function", ["Cook", "Wash"]),
        ("Alarm", ["Ring"]),
    ]


def test_resources_that_refer_to_one_another_in_a_circle_are_grouped_all_the_same() -> None:
    core = stack(("One", "A"), ("Two", "B"))

    found = groups(core, [Edge("One", "Two", ()), Edge("Two", "One", ())])

    assert sorted(group.type for group in found) == ["A", "B"]


def test_a_stack_of_one_resource_has_one_group() -> None:
    clean = kitchen_graph().stacks[3]

    assert (clean.name, [group.type for group in groups(clean, [])]) == ("Clean", ["AWS::SQS::Queue"])

from __future__ import annotations

from troposphere import GetAtt, Ref, sns, sqs

from ecinfra import App, link
from ecinfra.graph import Edge, ResourceNode, trace
from tests.graph.kitchen import Dev, kitchen_graph


def test_roots_and_stacks_stand_in_the_order_of_their_deployment() -> None:
    graph = kitchen_graph()

    assert graph.title == "Kitchen-dev"
    assert [(root.name, root.region, [stack.name for stack in root.stacks]) for root in graph.roots] == [
        ("Kitchen-dev-us-east-1", "us-east-1", ["Names"]),
        ("Kitchen-dev", "eu-west-1", ["Core", "Back", "Clean"]),
        ("Kitchen-dev-us-east-1-after", "us-east-1", ["Watch"]),
    ]


def test_a_stack_knows_its_resources() -> None:
    back = kitchen_graph().stacks[2]

    assert (back.full_name, back.root, back.region) == ("Kitchen-dev-Back", "Kitchen-dev", "eu-west-1")
    assert back.resources == (
        ResourceNode("Bell", "AWS::SNS::Topic"),
        ResourceNode("Pile", "AWS::SQS::Queue"),
        ResourceNode("Live", "AWS::ApiGateway::Stage"),
    )


def test_an_edge_between_stacks_carries_values_or_mere_order() -> None:
    assert kitchen_graph().between_stacks == (
        Edge("Names", "Back", ("Zone",)),
        Edge("Core", "Back", ("Orders.Label", "Orders.QueueName", "Api", "Release", "Orders")),
        Edge("Back", "Clean", ()),
        Edge("Back", "Watch", ("Pile.QueueName",)),
    )


def test_roots_hand_on_what_their_stacks_do() -> None:
    assert kitchen_graph().between_roots == (
        Edge("Kitchen-dev-us-east-1", "Kitchen-dev", ("Zone",)),
        Edge("Kitchen-dev", "Kitchen-dev-us-east-1-after", ("Pile.QueueName",)),
    )


def test_a_value_that_several_stacks_read_is_carried_once() -> None:
    app = App("Kitchen", Dev())
    app.stack("Core").add(sqs.Queue("Orders"))
    for name in ("One", "Two"):
        app.stack(name).add(sns.Topic(f"Topic{name}", DisplayName=GetAtt("Orders", "QueueName")))

    assert trace(link(app)).carried == 1


def test_references_are_followed_through_parameters_conditions_and_names_with_a_hash() -> None:
    edges = {(edge.source, edge.target): edge.values for edge in kitchen_graph().between_resources}
    (release,) = [name for name, _ in edges if name.startswith("Release")]

    assert edges == {
        ("Orders", "News"): ("Orders.QueueName",),
        ("Api", release): ("Api",),
        ("Orders", "Bell"): ("Orders.Label", "Orders"),
        ("Zone", "Bell"): ("Zone",),
        ("Orders", "Pile"): ("Orders.QueueName",),
        ("Bell", "Pile"): (),
        ("Api", "Live"): ("Api",),
        (release, "Live"): ("Release",),
        ("Pile", "Alarms"): ("Pile.QueueName",),
    }


def test_parameters_that_no_resource_gives_are_no_references() -> None:
    app = App("Kitchen", Dev())
    app.stack("Core").add(sns.Topic("News", DisplayName=Ref("ArtifactBucket"), TopicName=Ref("AWS::StackName")))

    assert trace(link(app)).between_resources == ()

"""A small system with all that a drawing can show, and large ones to see how far it carries."""

from __future__ import annotations

import random
from dataclasses import dataclass

from troposphere import GetAtt, Ref, Sub, apigateway, route53, sns, sqs

from ecinfra import App, Value, link
from ecinfra.graph import Graph, trace
from ecinfra.values import named_by_content


@dataclass(frozen=True)
class Dev:
    environment: str = "dev"
    region: str = "eu-west-1"


def kitchen() -> App:
    """Three roots in two regions; a value of every sort, and an order without a value."""
    app = App("Kitchen", Dev())
    names = app.stack("Names", region="us-east-1")
    names.add(route53.HostedZone("Zone", Name="kitchen.example"))
    core = app.stack("Core")
    core.add(sqs.Queue("Orders"))
    core.add(sns.Topic("News", DisplayName=GetAtt("Orders", "QueueName")))
    core.add(apigateway.RestApi("Api", Name="Kitchen"))
    deployment = apigateway.Deployment("Release", RestApiId=Ref("Api"))
    core.add(named_by_content(deployment, {"Api": ["Name"]}))
    back = app.stack("Back")
    back.condition("Busy", {"Fn::Equals": [Ref("Orders"), ""]})
    label = Value("Orders", "Label", Sub("${Orders.QueueName} of ${AWS::Region}"))
    back.add(sns.Topic("Bell", DisplayName=label, TopicName=Ref("Zone"), Condition="Busy"))
    back.add(sqs.Queue("Pile", QueueName=GetAtt("Orders", "QueueName"), DependsOn=["Bell"]))
    back.add(apigateway.Stage("Live", RestApiId=Ref("Api"), DeploymentId=Ref("Release"), StageName="live"))
    watch = app.stack("Watch", region="us-east-1")
    watch.add(sns.Topic("Alarms", DisplayName=GetAtt("Pile", "QueueName")))
    clean = app.stack("Clean")
    clean.add(sqs.Queue("Broom"))
    clean.needs(back)
    return app


def kitchen_graph() -> Graph:
    """The small system as a graph."""
    return trace(link(kitchen()))


def city_graph(count: int) -> Graph:
    """A system of many stacks, always the same."""
    dice = random.Random(7)
    app = App("City", Dev())
    for number in range(count):
        stack = app.stack(f"Quarter{number}", region="us-east-1" if number in (1, count - 1) else None)
        stack.add(sqs.Queue(f"Main{number}"))
        for other in sorted(dice.sample(range(number), min(number, 3))):
            stack.add(sns.Topic(f"From{other}To{number}", DisplayName=GetAtt(f"Main{other}", "QueueName")))
        for topic in range(dice.randint(0, 9)):
            stack.add(sns.Topic(f"Topic{number}x{topic}"))
    return trace(link(app))

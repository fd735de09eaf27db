"""App and Stack: what can be added, and what is said when it cannot."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pytest
from troposphere import AWSObject, Tags
from troposphere.apigatewayv2 import Api
from troposphere.cloudwatch import Dashboard
from troposphere.cognito import UserPool
from troposphere.iam import Policy, PolicyType
from troposphere.route53 import HostedZone
from troposphere.sqs import Queue

from ecinfra import App
from ecinfra.errors import CollisionError, DefinitionError, PropertyError


@dataclass(frozen=True)
class Dev:
    environment: str = "dev"
    region: str = "eu-west-1"


@dataclass(frozen=True)
class Pair:
    title: str
    visible: Any = 30

    def resources(self) -> Iterable[AWSObject]:
        yield Queue(self.title)
        yield Queue(f"{self.title}Other", VisibilityTimeout=self.visible)


def new_app(**options: Any) -> App:
    return App("Shop", Dev(), **options)


def body(app: App, name: str) -> dict[str, Any]:
    return next(stack.resources[name].body for stack in app.stacks.values() if name in stack.resources)


def test_add_returns_what_was_added() -> None:
    stack = new_app().stack("Core")
    pair, queue = Pair("Jobs"), Queue("Plain")
    assert stack.add(pair) is pair
    assert stack.add(queue) is queue
    assert list(stack.resources) == ["Jobs", "JobsOther", "Plain"]


def test_a_refused_property_is_an_error_at_the_users_line(capsys: pytest.CaptureFixture[str]) -> None:
    stack = new_app().stack("Core")
    with pytest.raises(PropertyError) as caught:
        stack.add(Pair("Jobs", visible="soon"))
    assert caught.value.message == "Core.Jobs: Queue.VisibilityTimeout cannot be 'soon'"
    assert caught.value.hint == "'soon' is not a valid integer"
    assert caught.value.place is not None
    assert caught.value.place.file == __file__
    assert capsys.readouterr().err == ""


def test_a_missing_property_is_an_error_at_the_users_line() -> None:
    stack = new_app().stack("Core")
    with pytest.raises(PropertyError) as caught:
        stack.add(PolicyType("Rights", Users=["me"]))
    assert caught.value.message.startswith("Core.Rights: Resource PolicyDocument required in type AWS::IAM::Policy")


def test_what_is_no_construct_is_refused() -> None:
    stack = new_app().stack("Core")
    with pytest.raises(DefinitionError) as caught:
        stack.add(Policy(PolicyName="x", PolicyDocument={}))  # type: ignore[type-var]
    assert caught.value.message == (
        "cannot add Policy to stack Core: it is neither a construct nor a troposphere resource"
    )
    assert caught.value.hint == "a construct has a title and resources()"


def test_two_resources_of_one_construct_may_not_share_an_id() -> None:
    @dataclass(frozen=True)
    class Twins:
        title: str

        def resources(self) -> Iterable[AWSObject]:
            yield Queue(self.title)
            yield Queue(self.title)

    with pytest.raises(CollisionError):
        new_app().stack("Core").add(Twins("Jobs"))


@pytest.mark.parametrize("name", ["", "1st", "with-hyphen", "ünder", "x" * 256])
def test_a_logical_id_is_letters_and_digits(name: str) -> None:
    with pytest.raises(DefinitionError) as caught:
        new_app().stack(name)
    assert caught.value.message == f"'{name}' cannot be a logical id"


def test_no_stack_is_called_as_the_roots_template_is() -> None:
    with pytest.raises(DefinitionError) as caught:
        new_app().stack("Root")
    assert caught.value.message == "no stack can be called Root: the template of its root is"


def test_an_environment_that_cannot_name_a_stack_is_refused() -> None:
    with pytest.raises(DefinitionError) as caught:
        App("Shop", Dev(environment="my env"))
    assert caught.value.message == "'my env' cannot be part of a stack's name"


def test_reserved_ids_are_taken() -> None:
    with pytest.raises(CollisionError):
        new_app().stack("Core").add(Queue("ArtifactBucket"))


def test_every_taggable_type_is_tagged_as_it_spells_tags() -> None:
    app = new_app(tags={"Team": "shop"})
    core = app.stack("Core", tags={"Layer": "Data"})
    for resource in (
        Queue("Jobs"),
        UserPool("Pool"),
        HostedZone("Zone", Name="shop.test"),
        Api("Sockets", Name="x", ProtocolType="WEBSOCKET", RouteSelectionExpression="x"),
        Dashboard("Board", DashboardBody="{}"),
        PolicyType("Rights", PolicyName="x", PolicyDocument={}, Users=["me"]),
    ):
        core.add(resource, tags={"Component": "Test"})
    expected = {
        "Project": "Shop",
        "Environment": "dev",
        "ManagedBy": "ecinfra",
        "Team": "shop",
        "Stack": "Shop-dev-Core",
        "Layer": "Data",
        "Component": "Test",
    }
    pairs = [{"Key": key, "Value": value} for key, value in expected.items()]
    assert body(app, "Jobs")["Properties"]["Tags"] == pairs
    assert body(app, "Board")["Properties"]["Tags"] == pairs
    assert body(app, "Zone")["Properties"]["HostedZoneTags"] == pairs
    assert body(app, "Pool")["Properties"]["UserPoolTags"] == expected
    assert body(app, "Sockets")["Properties"]["Tags"] == expected
    assert "Tags" not in body(app, "Rights")["Properties"]


def test_a_resources_own_tag_wins() -> None:
    app = new_app()
    app.stack("Core").add(Queue("Jobs", Tags=Tags(Project="Other")), tags={"Kind": "Main"})
    tags = {tag["Key"]: tag["Value"] for tag in body(app, "Jobs")["Properties"]["Tags"]}
    assert tags["Project"] == "Other"
    assert tags["Kind"] == "Main"


def test_data_is_kept_both_ways_where_the_app_keeps_it_and_dropped_both_ways_where_not() -> None:
    for keep, deletion, replacement in ((True, "RetainExceptOnCreate", "Retain"), (False, "Delete", "Delete")):
        app = new_app(keep_data=keep)
        app.stack("Core").add(Queue("Jobs"))
        assert body(app, "Jobs")["DeletionPolicy"] == deletion
        assert body(app, "Jobs")["UpdateReplacePolicy"] == replacement


def test_a_resources_own_policy_wins() -> None:
    app = new_app()
    core = app.stack("Core")
    core.add(Queue("Jobs", DeletionPolicy="Snapshot"))
    core.add(Queue("More", DeletionPolicy="Delete"))
    assert body(app, "Jobs")["UpdateReplacePolicy"] == "Snapshot"
    assert body(app, "More")["UpdateReplacePolicy"] == "Delete"


def test_what_holds_no_data_has_no_policy() -> None:
    app = new_app()
    app.stack("Core").add(Dashboard("Board", DashboardBody="{}"))
    assert "DeletionPolicy" not in body(app, "Board")

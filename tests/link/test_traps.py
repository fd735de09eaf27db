"""What is legal and rare, and what is wrong and easily written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from troposphere import And, Condition, Equals, GetAtt, If, Join, Output, Parameter, Ref, Select, Sub
from troposphere.awslambda import Code, Environment, EventSourceMapping, Function
from troposphere.cognito import LambdaConfig, UserPool
from troposphere.iam import Policy, Role
from troposphere.route53 import HostedZone
from troposphere.serverless import Function as ServerlessFunction
from troposphere.sns import Topic
from troposphere.sqs import Queue

from ecinfra import App, Value, link, render
from ecinfra.errors import CircleError, CollisionError, DefinitionError, LinkError
from tests.simulation import deploy


@dataclass(frozen=True)
class Dev:
    environment: str = "dev"
    region: str = "ap-southeast-1"


def new_app() -> App:
    return App("Shop", Dev())


def resources(app: App) -> dict[str, dict[str, Any]]:
    return {stack.name: stack.template["Resources"] for stack in link(app).stacks}


def allowing(action: str, *resource: Any) -> dict[str, Any]:
    return {"Effect": "Allow", "Action": action, "Resource": list(resource) if len(resource) > 1 else resource[0]}


def asked(app: App, *, on: str, policies: Any, pool: str = "Pool", at: str | None = None, **options: Any) -> None:
    """A function in one stack, which a pool in another (or the same) one asks."""
    stack = app.stacks.get(on) or app.stack(on)
    stack.add(Role("Worker", AssumeRolePolicyDocument={}, Policies=policies, **options))
    stack.add(Function("Work", Role=GetAtt("Worker", "Arn"), Code=Code(ZipFile="x"), Handler="x", Runtime="python3.13"))
    home = app.stacks.get(at or on) or app.stack(at or on)
    home.add(UserPool(pool, LambdaConfig=LambdaConfig(PreSignUp=GetAtt("Work", "Arn"))))


def policy(*statements: dict[str, Any]) -> Policy:
    return Policy(PolicyName="P", PolicyDocument={"Statement": list(statements)})


def test_a_policy_with_one_statement_may_say_it_without_a_list() -> None:
    app = new_app()
    whole = Policy(PolicyName="Q", PolicyDocument={"Statement": allowing("sns:Publish", "*")})
    asked(app, on="A", policies=[whole, policy(allowing("cognito-idp:ListUsers", GetAtt("Pool", "Arn")))])
    kept = resources(app)["A"]["Worker"]["Properties"]["Policies"]
    assert kept[0]["PolicyDocument"]["Statement"] == [allowing("sns:Publish", "*")]


def test_conditional_policies_of_a_role_in_a_circle_are_refused() -> None:
    app = new_app()
    app.stack("A").condition("C", Equals("a", "b"))
    closing = policy(allowing("cognito-idp:ListUsers", GetAtt("Pool", "Arn")))
    asked(app, on="A", policies=[If("C", closing, Ref("AWS::NoValue"))])
    with pytest.raises(LinkError) as caught:
        link(app)
    assert caught.value.message == "Worker is in a circle, and its policies depend on a condition"


def test_a_late_policy_is_made_when_its_role_is() -> None:
    app = new_app()
    app.stack("A").condition("C", Equals("a", "b"))
    closing = policy(allowing("cognito-idp:ListUsers", GetAtt("Pool", "Arn")))
    asked(app, on="A", policies=[closing], Condition="C")
    assert resources(app)["A"]["WorkerLatePolicy"]["Condition"] == "C"


def test_late_permissions_go_to_the_stacks_of_what_they_name() -> None:
    app = new_app()
    one = allowing("cognito-idp:ListUsers", GetAtt("Pool", "Arn"), GetAtt("Other", "Arn"), GetAtt("Jobs", "Arn"))
    asked(app, on="A", policies=[policy(one)], at="B")
    later = app.stack("C")
    later.add(UserPool("Other", UserPoolName=Ref("Pool"), LambdaConfig=LambdaConfig(PreSignUp=GetAtt("Work", "Arn"))))
    app.stack("D").add(Queue("Jobs"))
    made = resources(app)
    (here,) = made["A"]["Worker"]["Properties"]["Policies"][0]["PolicyDocument"]["Statement"]
    assert here["Resource"] == [{"Ref": "JobsGetArn"}]
    for stack, title, target in (("B", "WorkerLatePolicyInB", "Pool"), ("C", "WorkerLatePolicyInC", "Other")):
        (late,) = made[stack][title]["Properties"]["PolicyDocument"]["Statement"]
        assert late["Resource"] == [{"Fn::GetAtt": [target, "Arn"]}]


def test_a_mapping_waits_for_a_right_that_comes_late() -> None:
    app = new_app()
    stack = app.stack("A")
    stack.add(Queue("Jobs", QueueName=GetAtt("Work", "Arn")))
    stack.add(
        Role(
            "Worker",
            AssumeRolePolicyDocument={},
            Policies=[policy(allowing("sqs:ReceiveMessage", GetAtt("Jobs", "Arn")))],
        )
    )
    stack.add(Function("Work", Role=GetAtt("Worker", "Arn"), Code=Code(ZipFile="x"), Handler="x", Runtime="python3.13"))
    stack.add(EventSourceMapping("Feed", EventSourceArn=GetAtt("Jobs", "Arn"), FunctionName=Ref("Work")))
    assert resources(app)["A"]["Feed"]["DependsOn"] == "WorkerLatePolicy"


def test_a_variable_of_a_sub_does_not_capture_a_wire() -> None:
    app = new_app()
    app.stack("A").add(Queue("Q"))
    app.stack("B").add(Topic("T", DisplayName=Sub("${Q.Arn}|${QGetArn}", QGetArn="mine")))
    assert deploy(render(link(app)))["B"]["T"]["DisplayName"] == "<Q.Arn>|mine"


def test_an_attribute_that_crosses_stacks_is_written_out() -> None:
    app = new_app()
    first = app.stack("A")
    first.add(Queue("Q"))
    first.add(Parameter("Attribute", Type="String"))
    first.add(Topic("Near", DisplayName=GetAtt("Q", Ref("Attribute"))))
    link(app)
    app.stack("B").add(Topic("Far", DisplayName=GetAtt("Q", Ref("Attribute"))))
    with pytest.raises(LinkError) as caught:
        link(app)
    assert caught.value.message == (
        "Far reads an attribute of Q, which is in another stack, by a name that is not written out"
    )


def test_condition_is_a_word_like_any_other_outside_of_conditions() -> None:
    app = new_app()
    stack = app.stack("A")
    stack.add(Queue("Q", Metadata={"note": {"Condition": "only in dev"}}))
    variables = Environment(Variables={"Condition": "always"})
    stack.add(Function("F", Role="r", Code=Code(ZipFile="x"), Handler="x", Runtime="python3.13", Environment=variables))
    stack.condition("One", Equals("a", "a"))
    stack.condition("Both", And(Condition("One"), Equals("b", "b")))
    app.stack("B").add(Topic("T", Condition="Both"))
    assert set(link(app).stacks[1].template["Conditions"]) == {"One", "Both"}


def test_troposphere_may_say_a_resources_condition_as_an_object() -> None:
    app = new_app()
    stack = app.stack("A")
    stack.condition("C", Equals("a", "b"))
    stack.add(Queue("Q", Condition=Condition("C")))
    assert resources(app)["A"]["Q"]["Condition"] == "C"


def test_what_ssm_is_asked_for_limits_the_name_and_not_the_value() -> None:
    app = new_app()
    stack = app.stack("A")
    stack.add(
        Parameter("P", Type="AWS::SSM::Parameter::Value<String>", Default="/my/x", AllowedPattern="/my/.*", NoEcho=True)
    )
    stack.add(Topic("T", DisplayName=Ref("P")))
    assert link(app).stacks[0].template["Parameters"]["P"] == {"NoEcho": True, "Type": "String"}


def test_outputs_and_values_are_empty_where_what_they_name_is_not_made() -> None:
    app = new_app()
    stack = app.stack("A")
    stack.add(Parameter("Size", Type="String", Default="small"))
    stack.condition("Big", Equals(Ref("Size"), "big"))
    stack.add(Queue("Q", Condition="Big"))
    stack.add(HostedZone("Zone", Name="shop.test"))
    stack.output("QueueUrl", Ref("Q"))
    app.stack("B").add(Topic("T", DisplayName=Value("Zone", "Place", Sub("${Q.Arn}/x"))))
    small, big = (deploy(render(link(app)), {"Size": size}) for size in ("small", "big"))
    assert (small["Outputs of A"]["QueueUrl"], small["B"]["T"]["DisplayName"]) == ("", "")
    assert (big["Outputs of A"]["QueueUrl"], big["B"]["T"]["DisplayName"]) == ("<Q>", "<Q.Arn>/x")


@pytest.mark.parametrize("value", [None, [1, 2], {"a": 1, "b": 2}])
def test_an_output_is_a_text(value: Any) -> None:
    with pytest.raises(DefinitionError) as caught:
        new_app().stack("A").output("Name", value)
    assert caught.value.message == f"output Name of A cannot be {value!r}"


def test_an_output_has_a_logical_id_and_is_no_list() -> None:
    app = new_app()
    stack = app.stack("A")
    with pytest.raises(DefinitionError):
        stack.output("my-name", "x")
    stack.add(HostedZone("Zone", Name="shop.test"))
    stack.output("Servers", GetAtt("Zone", "NameServers"))
    with pytest.raises(LinkError) as caught:
        link(app)
    assert caught.value.message == "output Servers of A is a list, and CloudFormation puts out texts only"


def test_outputs_of_troposphere_are_welcome() -> None:
    app = new_app()
    stack = app.stack("A")
    stack.add(Queue("Q"))
    stack.add(Output("Url", Value=Ref("Q"), Description="Where"))
    assert link(app).stacks[0].template["Outputs"] == {"Url": {"Description": "Where", "Value": {"Ref": "Q"}}}


def test_a_value_over_a_list_arrives_as_a_list_after_two_hops() -> None:
    app = new_app()
    app.stack("A", region="us-east-1").add(HostedZone("Zone", Name="shop.test"))
    app.stack("B").add(Topic("Other"))
    value = Value("Other", "Servers", GetAtt("Zone", "NameServers"))
    app.stack("C").add(Topic("T", DisplayName=Select(1, value), TopicName=Join("+", value)))
    made = deploy(render(link(app)))["C"]["T"]
    assert made["TopicName"] == "<Zone.NameServers.1>+<Zone.NameServers.2>"


def test_serverless_resources_bring_their_transform() -> None:
    app = new_app()
    code = "def handler(event, context): ..."
    app.stack("A").add(ServerlessFunction("F", Handler="x", Runtime="python3.13", InlineCode=code))
    assert link(app).stacks[0].template["Transform"] == "AWS::Serverless-2016-10-31"


def test_a_stack_without_resources_is_not_made_and_may_not_promise_outputs() -> None:
    app = new_app()
    empty = app.stack("Empty")
    empty.add(Parameter("P", Type="String", Default="x"))
    app.stack("A").add(Topic("T", DisplayName=Ref("P")))
    assert [stack.name for stack in link(app).stacks] == ["A"]
    empty.output("Promise", "x")
    with pytest.raises(LinkError) as caught:
        link(app)
    assert caught.value.message == "stack Empty has outputs and no resources, and CloudFormation makes no such stack"


def test_a_stack_stands_after_another_one_of_its_app() -> None:
    app, other = new_app(), new_app()
    stack = app.stack("A")
    with pytest.raises(DefinitionError) as caught:
        stack.needs(stack)
    assert caught.value.message == "stack A cannot stand after itself"
    with pytest.raises(DefinitionError) as caught:
        stack.needs(other.stack("B"))
    assert caught.value.message == "stack A cannot stand after B, a stack of another app"


def test_circles_inside_a_stack_are_found() -> None:
    app = new_app()
    stack = app.stack("A")
    stack.add(Queue("Q", QueueName=Ref("R")))
    stack.add(Queue("R", QueueName=Ref("Q")))
    with pytest.raises(CircleError) as caught:
        link(app)
    assert caught.value.message == "resources of stack A need one another in a circle: Q -> R -> Q"
    alone = new_app()
    alone.stack("A").add(Queue("Q", QueueName=Ref("Q")))
    with pytest.raises(CircleError) as caught:
        link(alone)
    assert caught.value.message == "resources of stack A need one another in a circle: Q -> Q"


def test_tags_and_keys_are_texts() -> None:
    app = new_app()
    with pytest.raises(DefinitionError) as caught:
        app.stack("A", tags={"T": Ref("P")})  # type: ignore[dict-item]
    assert caught.value.message.startswith("the tag T cannot be <troposphere.Ref object")
    stack = app.stack("B")
    with pytest.raises(DefinitionError) as caught:
        stack.add(Queue("Q"), tags={"T": 5})  # type: ignore[dict-item]
    assert caught.value.message == "the tag T cannot be 5"
    with pytest.raises(DefinitionError) as caught:
        App("Shop", Dev(), tags={"T": 5})
    assert caught.value.message == "the tag T cannot be 5"
    with pytest.raises(DefinitionError) as caught:
        stack.mapping("M", {"dev": {1: "a"}})  # type: ignore[dict-item]
    assert caught.value.message == "mapping M has the key 1"


def test_a_construct_is_taken_whole_or_not_at_all() -> None:
    @dataclass(frozen=True)
    class Pair:
        title: str

        def resources(self) -> list[Queue]:
            return [Queue(self.title), Queue("Shared")]

    stack = new_app().stack("A")
    stack.add(Pair("One"))
    with pytest.raises(CollisionError):
        stack.add(Pair("Two"))
    assert list(stack.resources) == ["One", "Shared"]
    stack.add(Queue("Two"))


def test_names_that_are_too_long_to_cross_are_refused_at_their_line() -> None:
    app = new_app()
    app.stack("A").add(Queue("Q" * 250))
    app.stack("B").add(Topic("T", DisplayName=GetAtt("Q" * 250, "QueueName")))
    with pytest.raises(LinkError) as caught:
        link(app)
    assert caught.value.message.endswith("cannot cross stacks: its name would be longer than 255")
    assert caught.value.place is not None


def test_stacks_that_differ_in_case_only_are_refused() -> None:
    app = new_app()
    app.stack("Api")
    with pytest.raises(CollisionError):
        app.stack("API")
    with pytest.raises(DefinitionError):
        app.stack("root")


def test_twenty_regions_are_cut_in_a_moment() -> None:
    app = new_app()
    for number in range(20):
        app.stack(f"S{number}", region=f"region-{number}").add(Queue(f"Q{number}"))
    assert len(link(app).roots) == 20

"""Linking: references across stacks and regions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from troposphere import Equals, FindInMap, GetAtt, If, Join, Parameter, Ref, Sub
from troposphere.iam import Policy, Role
from troposphere.route53 import HostedZone
from troposphere.sns import Topic
from troposphere.sqs import Queue

from ecinfra import App, Value, link, render
from ecinfra.errors import CircleError, CollisionError, LinkError, UnknownNameError
from tests.simulation import deploy


@dataclass(frozen=True)
class Dev:
    environment: str = "dev"
    region: str = "ap-southeast-1"


def new_app() -> App:
    return App("Shop", Dev())


def properties(app: App, stack: str, resource: str, **given_values: str) -> dict[str, Any]:
    """What a resource's properties come to, once everything is deployed."""
    made: dict[str, Any] = deploy(render(link(app)), given_values)[stack][resource]
    return made


def test_a_ref_crosses_stacks_under_one_name() -> None:
    app = new_app()
    app.stack("Core").add(Queue("Jobs"))
    app.stack("Back").add(Topic("News", DisplayName=Ref("Jobs")))
    core, back = link(app).stacks
    assert core.template["Outputs"]["JobsRef"] == {"Value": {"Ref": "Jobs"}}
    assert back.template["Parameters"]["JobsRef"] == {"Type": "String", "Description": "Jobs of Core"}
    assert back.template["Resources"]["News"]["Properties"]["DisplayName"] == {"Ref": "JobsRef"}
    assert back.arguments == {"JobsRef": {"Fn::GetAtt": ["Core", "Outputs.JobsRef"]}}


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        (Ref("Jobs"), "<Jobs>"),
        (GetAtt("Jobs", "Arn"), "<Jobs.Arn>"),
        (Sub("${Jobs}/${Jobs.Arn}/${AWS::Region}/${!Jobs}"), "<Jobs>/<Jobs.Arn>/ap-southeast-1/${!Jobs}"),
        (Sub("${Own}/${Jobs}", Own=GetAtt("Jobs", "QueueName")), "<Jobs.QueueName>/<Jobs>"),
        (Join("-", ["a", Ref("Jobs")]), "a-<Jobs>"),
        ({"deep": [{"er": [Ref("Jobs")]}]}, {"deep": [{"er": ["<Jobs>"]}]}),
    ],
)
def test_every_kind_of_reference_crosses_at_any_depth(expression: Any, expected: Any) -> None:
    app = new_app()
    app.stack("Core").add(Queue("Jobs"))
    app.stack("Back").add(Role("Reader", AssumeRolePolicyDocument={"value": expression}))
    assert properties(app, "Back", "Reader")["AssumeRolePolicyDocument"] == {"value": expected}


def test_a_list_arrives_as_a_list_in_the_same_root_and_in_another() -> None:
    for region in ("ap-southeast-1", "us-east-1"):
        app = new_app()
        app.stack("DNS", region=region).add(HostedZone("Zone", Name="shop.test"))
        back = app.stack("Back")
        back.add(Topic("News", DisplayName=Join("|", GetAtt("Zone", "NameServers"))))
        assert properties(app, "Back", "News")["DisplayName"] == "<Zone.NameServers.1>|<Zone.NameServers.2>"


def test_a_value_is_put_together_where_its_resource_lives() -> None:
    app = new_app()
    app.stack("Core", region="us-east-1").add(Queue("Jobs"))
    whole = Value("Jobs", "Home", Sub("${AWS::Region}/${Jobs.QueueName}"))
    app.stack("Back").add(Topic("News", DisplayName=whole))
    assert properties(app, "Back", "News")["DisplayName"] == "us-east-1/<Jobs.QueueName>"


def test_a_value_read_at_home_stands_there_in_full() -> None:
    app = new_app()
    core = app.stack("Core")
    core.add(Queue("Jobs"))
    core.add(Topic("News", DisplayName=Value("Jobs", "Home", Sub("x/${Jobs}"))))
    assert link(app).stacks[0].template["Resources"]["News"]["Properties"]["DisplayName"] == {"Fn::Sub": "x/${Jobs}"}


def test_a_value_made_of_others_values_crosses_twice() -> None:
    app = new_app()
    app.stack("First").add(Queue("Jobs"))
    app.stack("Second").add(Topic("News"))
    app.stack("Third").add(Topic("Reader", DisplayName=Value("News", "Both", Sub("${News}+${Jobs}"))))
    assert properties(app, "Third", "Reader")["DisplayName"] == "<News>+<Jobs>"


def test_one_value_defined_in_two_ways_is_refused() -> None:
    app = new_app()
    core = app.stack("Core")
    core.add(Queue("Jobs"))
    core.add(Topic("One", DisplayName=Value("Jobs", "Home", "here")))
    core.add(Topic("Two", DisplayName=Value("Jobs", "Home", "there")))
    with pytest.raises(LinkError) as caught:
        link(app)
    assert caught.value.message == "the value Home of Jobs is defined in two ways"


def test_a_parameter_belongs_to_the_root_and_reaches_whoever_reads_it() -> None:
    app = new_app()
    app.stack("Core").add(Parameter("Mail", Type="String", Default="nobody@shop.test"))
    app.stack("Back", region="us-east-1").add(Topic("News", DisplayName=Ref("Mail")))
    assert properties(app, "Back", "News", Mail="me@shop.test")["DisplayName"] == "me@shop.test"
    assert properties(app, "Back", "News")["DisplayName"] == "nobody@shop.test"


def test_list_parameters_are_handed_down_as_lists() -> None:
    app = new_app()
    app.stack("Core").add(Parameter("Zones", Type="AWS::SSM::Parameter::Value<List<String>>"))
    app.stack("Back").add(Topic("News", DisplayName=Join("+", Ref("Zones"))))
    (back,) = link(app).stacks
    assert back.template["Parameters"]["Zones"]["Type"] == "CommaDelimitedList"
    assert back.arguments["Zones"] == {"Fn::Join": [",", {"Ref": "Zones"}]}


def test_conditions_are_repeated_where_they_are_used_with_the_parameters_they_read() -> None:
    app = new_app()
    core = app.stack("Core")
    core.add(Parameter("Size", Type="String", Default="small"))
    core.condition("Big", Equals(Ref("Size"), "big"))
    app.stack("Back").add(Topic("News", DisplayName=If("Big", "large", "little")))
    app.stack("More").add(Topic("Extra", Condition="Big", DisplayName="x"))
    assert properties(app, "Back", "News", Size="big")["DisplayName"] == "large"
    assert properties(app, "Back", "News")["DisplayName"] == "little"
    assert "Extra" not in deploy(render(link(app)))["More"]
    assert "Extra" in deploy(render(link(app)), {"Size": "big"})["More"]


def test_the_output_of_a_resource_that_may_not_be_made_is_empty_then() -> None:
    app = new_app()
    core = app.stack("Core")
    core.add(Parameter("Size", Type="String", Default="small"))
    core.condition("Big", Equals(Ref("Size"), "big"))
    core.add(Queue("Jobs", Condition="Big"))
    app.stack("Back").add(Topic("News", DisplayName=Ref("Jobs")))
    assert properties(app, "Back", "News")["DisplayName"] == ""
    assert properties(app, "Back", "News", Size="big")["DisplayName"] == "<Jobs>"


def test_mappings_are_repeated_where_they_are_used() -> None:
    app = new_app()
    app.stack("Core").mapping("Sizes", {"small": {"memory": "256"}})
    back = app.stack("Back")
    back.add(Topic("News", DisplayName=FindInMap("Sizes", "small", "memory")))
    assert link(app).stacks[0].template["Mappings"] == {"Sizes": {"small": {"memory": "256"}}}


def test_depends_on_another_stack_becomes_an_order_of_stacks() -> None:
    app = new_app()
    app.stack("Core").add(Queue("Jobs"))
    back = app.stack("Back")
    back.add(Topic("First"))
    back.add(Topic("News", DependsOn=["Jobs", "First"]))
    rendered = render(link(app))
    root = rendered.templates[-1].body
    assert root["Resources"]["Back"]["DependsOn"] == ["Core"]
    assert link(app).stacks[1].template["Resources"]["News"]["DependsOn"] == "First"


def test_a_stack_that_needs_another_stands_after_it() -> None:
    app = new_app()
    late = app.stack("Late")
    early = app.stack("Early", region="us-east-1")
    late.add(Topic("News"))
    early.add(Topic("Old"))
    late.needs(early)
    assert [stack.name for stack in link(app).stacks] == ["Early", "Late"]


def test_linking_twice_gives_the_same() -> None:
    app = new_app()
    app.stack("Core").add(Queue("Jobs"))
    app.stack("Back").add(Topic("News", DisplayName=Value("Jobs", "Home", Sub("${Jobs}")), DependsOn="Jobs"))
    assert [t.text for t in render(link(app)).templates] == [t.text for t in render(link(app)).templates]


def test_outputs_are_repeated_on_the_root() -> None:
    app = new_app()
    core = app.stack("Core")
    core.add(Queue("Jobs"))
    core.output("JobsUrl", Ref("Jobs"), "Where jobs go")
    root = render(link(app)).templates[-1].body
    assert root["Outputs"] == {
        "JobsUrl": {"Description": "Where jobs go", "Value": {"Fn::GetAtt": ["Core", "Outputs.JobsUrl"]}}
    }


def test_a_wire_never_takes_an_id_of_the_reader() -> None:
    app = new_app()
    app.stack("Core").add(Queue("Jobs"))
    back = app.stack("Back")
    back.add(Topic("JobsRef", DisplayName=Ref("Jobs")))
    assert set(link(app).stacks[1].template["Parameters"]) == {"JobsRef0"}


def test_a_name_that_nobody_defines_is_an_error_with_the_nearest() -> None:
    app = new_app()
    app.stack("Core").add(Queue("Jobs"))
    app.stack("Back").add(Topic("News", DisplayName=Ref("Jobz")))
    with pytest.raises(UnknownNameError) as caught:
        link(app)
    assert caught.value.message == "News refers to Jobz, and no resource or parameter is called Jobz"
    assert caught.value.hint == "did you mean 'Jobs'?"
    assert caught.value.place is not None
    assert caught.value.place.file == __file__


def test_a_condition_that_nobody_defines_is_an_error() -> None:
    app = new_app()
    app.stack("Core").add(Queue("Jobs", Condition="Big"))
    with pytest.raises(UnknownNameError) as caught:
        link(app)
    assert caught.value.message == "Jobs refers to Big, and no condition is called Big"


def test_a_circle_is_printed_whole_with_its_values_and_the_edge_to_cut() -> None:
    app = new_app()
    one, two = app.stack("One"), app.stack("Two")
    one.add(Queue("A", QueueName=Ref("B")))
    two.add(Queue("B", QueueName=GetAtt("A", "QueueName")))
    two.add(Queue("C", QueueName=Ref("A")))
    with pytest.raises(CircleError) as caught:
        link(app)
    text = caught.value.message.replace(__file__, "here").splitlines()
    assert text[0] == "stacks need one another in a circle: One -> Two -> One"
    assert text[1].startswith("  One needs of Two: B for A (here:")
    assert text[2].startswith("  Two needs of One: A.QueueName for B (here:")
    assert "; A for C (here:" in text[2]
    assert caught.value.hint == (
        "cut One -> Two, which carries one value: move what reads it, or what it reads, to the other stack"
    )


def test_ids_are_unique_in_an_app() -> None:
    app = new_app()
    app.stack("Core").add(Queue("Jobs"))
    with pytest.raises(CollisionError) as caught:
        app.stack("Back").add(Queue("Jobs"))
    assert caught.value.message.startswith("the logical id Jobs is taken, by ")


def test_two_stacks_of_one_name_are_refused() -> None:
    app = new_app()
    app.stack("Core")
    with pytest.raises(CollisionError) as caught:
        app.stack("Core")
    assert caught.value.message.startswith("two stacks are called Core; the other one is at ")


def test_a_stack_and_a_parameter_of_one_name_are_refused() -> None:
    app = new_app()
    app.stack("Core").add(Parameter("Core", Type="String"))
    with pytest.raises(CollisionError) as caught:
        link(app)
    assert caught.value.message == "a parameter is called Core too"


def test_a_permission_on_what_stands_on_the_role_becomes_a_policy_after_both() -> None:
    app = new_app()
    first, second = app.stack("First"), app.stack("Second")
    closing = {"Effect": "Allow", "Action": "sqs:SendMessage", "Resource": GetAtt("Jobs", "Arn")}
    open_ = {"Effect": "Allow", "Action": "sns:Publish", "Resource": Ref("News")}
    first.add(Topic("News"))
    first.add(
        Role(
            "Worker",
            AssumeRolePolicyDocument={},
            Policies=[Policy(PolicyName="P", PolicyDocument={"Statement": [closing, open_]})],
        )
    )
    second.add(Queue("Jobs", QueueName=GetAtt("Worker", "RoleId")))
    here, there = (stack.template["Resources"] for stack in link(app).stacks)
    kept = here["Worker"]["Properties"]["Policies"][0]["PolicyDocument"]["Statement"]
    assert [statement["Action"] for statement in kept] == ["sns:Publish"]
    late = there["WorkerLatePolicyInSecond"]["Properties"]
    assert late["Roles"] == [{"Ref": "WorkerRef"}]
    assert late["PolicyDocument"]["Statement"][0]["Resource"] == {"Fn::GetAtt": ["Jobs", "Arn"]}


def test_a_tag_may_be_a_parameter_and_then_stands_on_the_nested_stacks() -> None:
    app = App("Shop", Dev(), tags={"Contact": Ref("Mail")})
    core = app.stack("Core")
    core.add(Queue("Jobs"))
    core.add(Parameter("Mail", Type="String"))
    app.stack("Edge", region="us-east-1").add(Queue("More"))
    for root in render(link(app)).templates[1::2]:
        (nested,) = root.body["Resources"].values()
        assert {"Key": "Contact", "Value": {"Ref": "Mail"}} in nested["Properties"]["Tags"]
        assert "Mail" in root.body["Parameters"]
    app.stack_tags["Other"] = {"Ref": "Male"}
    with pytest.raises(UnknownNameError) as caught:
        link(app)
    assert str(caught.value) == (
        "a tag of the app refers to Male, and no parameter is called Male\n  did you mean 'Mail'?"
    )


REGIONS = ("ap-southeast-1", "us-east-1", "eu-west-1")


@st.composite
def plans(draw: st.DrawFn, circles: bool) -> list[tuple[str, list[tuple[str, int]]]]:
    """Stacks: each a region, and what it reads from which stacks."""
    count = draw(st.integers(1, 9))
    return [
        (
            draw(st.sampled_from(REGIONS)),
            draw(
                st.lists(
                    st.tuples(st.sampled_from(("ref", "arn", "list", "value", "wait")), st.integers(0, count - 1)),
                    max_size=5,
                )
                if circles
                else st.lists(
                    st.tuples(
                        st.sampled_from(("ref", "arn", "list", "value", "wait")), st.integers(0, max(number - 1, 0))
                    ),
                    max_size=5 if number else 0,
                )
            ),
        )
        for number in range(count)
    ]


def build(plan: list[tuple[str, list[tuple[str, int]]]], order: list[int]) -> tuple[App, dict[str, Any]]:
    """An app after a plan, its stacks defined in an order, and what every reader must come to."""
    app = new_app()
    expected: dict[str, Any] = {}
    for number in order:
        region, reads = plan[number]
        stack = app.stack(f"Stack{number}", region=region)
        stack.add(HostedZone(f"Zone{number}", Name="shop.test"))
        for index, (kind, other) in enumerate(reads):
            title = f"Reader{number}x{index}"
            name = f"Zone{other}"
            match kind:
                case "ref":
                    value: Any = Ref(name)
                    expected[title] = f"<{name}>"
                case "arn":
                    value = Sub(f"x/${{{name}.Id}}")
                    expected[title] = f"x/<{name}.Id>"
                case "list":
                    value = Join("+", GetAtt(name, "NameServers"))
                    expected[title] = f"<{name}.NameServers.1>+<{name}.NameServers.2>"
                case "value":
                    value = Value(name, "Home", Sub(f"${{AWS::Region}}/${{{name}}}"))
                    expected[title] = f"{plan[other][0]}/<{name}>"
                case _:
                    value = "nothing"
                    expected[title] = "nothing"
            waits: dict[str, Any] = {"DependsOn": name} if kind == "wait" else {}
            stack.add(Topic(title, DisplayName=value, **waits))
    return app, expected


@settings(max_examples=150, deadline=None)
@given(plans(circles=False), st.randoms(use_true_random=False))
def test_every_reference_resolves_and_no_stack_reads_what_is_deployed_after_it(plan: Any, random: Any) -> None:
    order = list(range(len(plan)))
    random.shuffle(order)
    app, expected = build(plan, order)
    system = link(app)
    made = deploy(render(system))  # refuses whatever is not there yet
    found = {
        name: body["DisplayName"]
        for stack, resources in made.items()
        if not stack.startswith("Outputs of ")
        for name, body in resources.items()
        if name.startswith("Reader")
    }
    assert found == expected
    assert all(len({stack.region for stack in root.stacks}) == 1 for root in system.roots)
    assert len({root.name for root in system.roots}) == len(system.roots)


@settings(max_examples=100, deadline=None)
@given(plans(circles=True))
def test_circles_and_nothing_else_are_refused(plan: Any) -> None:
    app, _ = build(plan, list(range(len(plan))))
    needs = {number: {other for _, other in reads} - {number} for number, (_, reads) in enumerate(plan)}
    left = dict(needs)
    while free := [number for number in left if not left[number] & set(left)]:
        for number in free:
            del left[number]
    if left:
        with pytest.raises(CircleError):
            link(app)
    else:
        deploy(render(link(app)))

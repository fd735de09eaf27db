from __future__ import annotations

from troposphere import AWSObject, Equals, GetAtt, Ref, Sub

from ecinfra import App
from ecinfra.lint.estate import Estate, Located
from ecinfra.lint.literals import references, text
from ecinfra.values import Value
from tests.lint.faults import new_app, rendered, resource


def reader(value: object) -> AWSObject:
    return resource("AWS::SSM::Parameter", "Reader", Value=value)


def read(app: App) -> tuple[Estate, Located]:
    estate = Estate(rendered(app))
    return estate, estate.all("AWS::SSM::Parameter")[0]


def owners(app: App) -> list[tuple[str, str]]:
    """The resources that the reader's value mentions, each with its stack."""
    estate, found = read(app)
    return [(item.template.name, item.id) for item in estate.inside(found.template, found.properties["Value"])]


def two_stacks(value: object, *, region: str | None = None) -> App:
    app = new_app()
    mail = app.stack("Mail", region=region)
    mail.add(resource("AWS::SQS::Queue", "Inbox"))
    mail.add(resource("AWS::SQS::Queue", "Outbox"))
    app.stack("Desk").add(reader(value))
    return app


def test_a_value_is_followed_to_the_stack_that_it_comes_from() -> None:
    app = two_stacks(GetAtt("Inbox", "Arn"))
    estate, found = read(app)
    source = estate.source(found.template, found.properties["Value"])

    assert found.properties["Value"] == {"Ref": "InboxGetArn"}
    assert (source.template.name, source.value) == ("Mail", {"Fn::GetAtt": ["Inbox", "Arn"]})
    assert owners(app) == [("Mail", "Inbox")]


def test_a_value_is_followed_to_another_region() -> None:
    app = two_stacks(GetAtt("Inbox", "Arn"), region="us-east-1")

    assert owners(app) == [("Mail", "Inbox")]
    assert [Estate(rendered(app)).region(template) for template in rendered(app).templates] == [
        "us-east-1",
        "us-east-1",
        "eu-west-1",
        "eu-west-1",
    ]


def test_a_composed_value_is_looked_into_where_it_is_composed() -> None:
    address = Value("Inbox", "Address", Sub("https://x/${Inbox}/${Other}", Other="plain"))

    assert owners(two_stacks(address)) == [("Mail", "Inbox")]


def test_every_resource_that_an_expression_mentions_is_found_once() -> None:
    value = Sub("${Inbox.Arn}/${Inbox}/${Box}/${!Nothing}/${AWS::Region}", Box=Ref("Outbox"))

    assert sorted(owners(two_stacks(value))) == [("Mail", "Inbox"), ("Mail", "Outbox")]


def test_a_resource_that_may_not_be_made_is_still_itself() -> None:
    app = new_app()
    mail = app.stack("Mail")
    mail.condition("Wanted", Equals(Ref("AWS::Region"), "eu-west-1"))
    mail.add(resource("AWS::SQS::Queue", "Inbox", Condition="Wanted"))
    app.stack("Desk").add(reader(GetAtt("Inbox", "Arn")))

    assert owners(app) == [("Mail", "Inbox")]


def test_a_list_is_followed_whole() -> None:
    app = new_app()
    app.stack("Net").add(resource("AWS::EC2::VPC", "Net"))
    app.stack("Desk").add(reader(GetAtt("Net", "CidrBlockAssociations")))

    assert owners(app) == [("Net", "Net")]


def test_a_value_of_nowhere_is_what_it_is() -> None:
    estate, found = read(two_stacks("plain"))

    assert estate.source(found.template, "plain").value == "plain"
    assert estate.resource(found.template, {"Ref": "AWS::Region"}) is None
    assert estate.resource(found.template, {"Fn::ImportValue": "x"}) is None


def test_a_value_is_text_as_far_as_it_is_written_down() -> None:
    assert text({"Fn::Join": ["/", ["a", {"Ref": "B"}, {"Fn::GetAtt": ["C", "Arn"]}, {"Fn::Sub": ["${d}", {}]}]]}) == (
        "a/${B}/${C.Arn}/${d}"
    )
    assert text({"Fn::ImportValue": "x"}) == "${}"
    assert text(3) == "3"


def test_references_are_found_wherever_they_stand() -> None:
    value = {"a": [{"Ref": "A"}, {"Fn::Sub": "${B}-${C.Arn}"}], "b": {"Fn::Sub": ["${D}${E}", {"D": {"Ref": "F"}}]}}

    assert list(references(value)) == [
        {"Ref": "A"},
        {"Ref": "B"},
        {"Fn::GetAtt": ["C", "Arn"]},
        {"Ref": "F"},
        {"Ref": "E"},
    ]

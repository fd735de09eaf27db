from __future__ import annotations

from troposphere import AWSObject, GetAtt, Ref

from tests.lint.faults import faults, faults_of, new_app, resource


def worker(**properties: object) -> AWSObject:
    return resource("AWS::Lambda::Function", "Worker", **properties)


def pile(**properties: object) -> AWSObject:
    return resource("AWS::SQS::Queue", "Pile", **properties)


def waking(name: object = GetAtt("Worker", "Arn"), **properties: object) -> AWSObject:
    source = GetAtt("Pile", "Arn")
    return resource("AWS::Lambda::EventSourceMapping", "Waking", FunctionName=name, EventSourceArn=source, **properties)


def test_a_queue_of_another_stack_hides_messages_for_as_long_as_the_function_may_take() -> None:
    app = new_app()
    mail, desk = app.stack("Mail"), app.stack("Desk")
    mail.add(pile(VisibilityTimeout=30))
    desk.add(worker(Timeout=60))
    desk.add(waking())

    assert faults(app) == [
        "EC101 Mail Pile.Properties.VisibilityTimeout: visibility 30 s behind a timeout of 60 s of Worker: "
        "Lambda refuses Waking"
    ]


def test_what_cfn_lint_sees_in_one_template_is_not_said_twice() -> None:
    assert faults_of(pile(VisibilityTimeout=30), worker(Timeout=60), waking()) == []
    assert [fault[:5] for fault in faults_of(pile(VisibilityTimeout="30"), worker(Timeout=60), waking())] == ["EC101"]


def test_a_queue_hides_messages_for_six_timeouts_and_the_window() -> None:
    assert faults_of(pile(VisibilityTimeout=60), worker(Timeout=60), waking(MaximumBatchingWindowInSeconds=5)) == [
        "EC102 Desk Pile.Properties.VisibilityTimeout: visibility 60 s behind a timeout of 60 s of Worker: "
        "365 s would give every message its tries, where Lambda is throttled"
    ]
    assert faults_of(pile(VisibilityTimeout=365), worker(Timeout=60), waking(MaximumBatchingWindowInSeconds=5)) == []


def test_what_is_not_written_down_has_its_default() -> None:
    assert faults_of(pile(), worker(), waking()) == []
    assert [fault[:5] for fault in faults_of(pile(), worker(Timeout=6), waking())] == ["EC102"]


def test_an_alias_stands_for_its_function_and_an_unknown_figure_for_nothing() -> None:
    alias = resource("AWS::Lambda::Alias", "Live", FunctionName=Ref("Worker"), FunctionVersion="1", Name="live")

    assert [fault[:5] for fault in faults_of(pile(), worker(Timeout=6), alias, waking(Ref("Live")))] == ["EC102"]
    assert faults_of(pile(), worker(Timeout={"Fn::ImportValue": "Timeout"}), waking()) == []

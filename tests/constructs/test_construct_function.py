"""Functions, layers and queues."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ecinfra.assets import Asset
from ecinfra.constructs import Function, Key, Layer, Queue, guests
from ecinfra.frozen import replace
from ecinfra.parts import Construct
from ecinfra.retention import Keeping
from ecinfra.units import days, minutes, seconds
from tests.constructs.rendering import properties, resources


@pytest.fixture
def code(tmp_path: Path) -> Asset:
    folder = tmp_path / "reader"
    folder.mkdir()
    (folder / "handler.py").write_text("def handler(event, context):\n    return event\n")
    return Asset(folder)


def reader(code: Asset, **case: Any) -> Function:
    return Function("Reader", code=code, handler="reader.handler.handler", **case)


def test_a_function_has_a_log_and_a_role_of_its_own(code: Asset) -> None:
    made = properties(reader(code, name="shop-dev-reader", log_days=7, memory=512, timeout=seconds(20)))
    assert list(made) == ["ReaderLog", "ReaderRole", "Reader"]
    assert made["ReaderLog"] == {"LogGroupName": "/aws/lambda/shop-dev-reader", "RetentionInDays": 7}
    function = made["Reader"]
    assert function["FunctionName"] == "shop-dev-reader"
    assert function["Role"] == {"Fn::GetAtt": ["ReaderRole", "Arn"]}
    assert function["LoggingConfig"] == {"LogGroup": {"Ref": "ReaderLog"}}
    assert (function["MemorySize"], function["Timeout"]) == (512, 20)
    assert (function["Runtime"], function["Architectures"]) == ("python3.13", ["arm64"])
    assert function["TracingConfig"] == {"Mode": "PassThrough"}
    assert function["Code"] == {"S3Bucket": {"Ref": "ArtifactBucket"}, "S3Key": code.key}


def statements(*constructs: Construct) -> list[dict[str, Any]]:
    policy = properties(*constructs)["ReaderRole"]["Policies"][0]["PolicyDocument"]
    return [{**statement, "Action": sorted(statement["Action"])} for statement in policy["Statement"]]


LOGGING = {
    "Effect": "Allow",
    "Action": ["logs:CreateLogStream", "logs:PutLogEvents"],
    "Resource": [{"Fn::GetAtt": ["ReaderLog", "Arn"]}],
}


def test_without_any_permission_a_function_may_write_its_log_and_nothing_else(code: Asset) -> None:
    assert statements(reader(code)) == [LOGGING]


def test_what_is_allowed_twice_is_written_once(code: Asset) -> None:
    inbox = Queue("Inbox")
    assert statements(inbox, reader(code, may=[inbox.send, inbox.send])) == [
        LOGGING,
        {"Effect": "Allow", "Action": ["sqs:SendMessage"], "Resource": [{"Fn::GetAtt": ["Inbox", "Arn"]}]},
    ]


def test_a_queue_wakes_a_function_which_may_then_take_its_messages(code: Asset) -> None:
    inbox = Queue("Inbox")
    woken = reader(code, on=[inbox.messages(batch=5, window=seconds(2))])
    assert properties(inbox, woken)["ReaderOnInbox"] == {
        "EventSourceArn": {"Fn::GetAtt": ["Inbox", "Arn"]},
        "FunctionName": {"Fn::GetAtt": ["Reader", "Arn"]},
        "BatchSize": 5,
        "MaximumBatchingWindowInSeconds": 2,
        "FunctionResponseTypes": ["ReportBatchItemFailures"],
    }
    assert statements(inbox, woken)[1] == {
        "Effect": "Allow",
        "Action": ["sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"],
        "Resource": [{"Fn::GetAtt": ["Inbox", "Arn"]}],
    }


def test_a_batch_may_fail_as_a_whole(code: Asset) -> None:
    inbox = Queue("Inbox")
    woken = reader(code, on=[inbox.messages(partial_failures=False)])
    assert "FunctionResponseTypes" not in properties(inbox, woken)["ReaderOnInbox"]


def test_a_function_may_be_traced_limited_and_have_dead_letters(code: Asset) -> None:
    lost = Queue("Lost")
    case = reader(code, traced=True, at_most=5, dead_letters=lost.arn)
    function = properties(lost, case)["Reader"]
    assert function["TracingConfig"] == {"Mode": "Active"}
    assert function["ReservedConcurrentExecutions"] == 5
    assert function["DeadLetterConfig"] == {"TargetArn": {"Fn::GetAtt": ["Lost", "Arn"]}}
    said = statements(lost, case)
    assert said[1] == {
        "Effect": "Allow",
        "Action": ["xray:PutTelemetryRecords", "xray:PutTraceSegments"],
        "Resource": ["*"],
    }
    assert said[2] == {
        "Effect": "Allow",
        "Action": ["sqs:SendMessage"],
        "Resource": [{"Fn::GetAtt": ["Lost", "Arn"]}],
    }


def test_logs_may_be_under_a_key_and_may_go_with_the_function(code: Asset) -> None:
    key = Key("LogKey", "shop-logs", "Encrypts logs", used_by=(guests.LOGS,))
    made = resources(key, reader(code, log_key=key, keep_logs=Keeping.NEVER))
    assert made["ReaderLog"]["Properties"]["KmsKeyId"] == {"Fn::GetAtt": ["LogKey", "Arn"]}
    assert made["ReaderLog"]["DeletionPolicy"] == "Delete"
    assert resources(reader(code))["ReaderLog"]["DeletionPolicy"] == "RetainExceptOnCreate"


@pytest.mark.parametrize(
    ("case", "message"),
    [
        (
            {"env": {"AWS_REGION": "x", "TABLE": "y", "_HANDLER": "z"}},
            "env: AWS_REGION, _HANDLER is set by Lambda itself",
        ),
        ({"timeout": seconds(901)}, "timeout: 901 is not between 1 and 900 seconds"),
        ({"timeout": seconds(0)}, "timeout: 0 is not between 1 and 900 seconds"),
        ({"memory": 127}, "memory: 127 is not between 128 and 10240 MB"),
    ],
)
def test_what_lambda_refuses_is_refused_here(code: Asset, case: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError) as caught:
        reader(code, **case)
    assert str(caught.value) == message


def test_a_function_over_a_layer_runs_where_the_layer_does(code: Asset) -> None:
    layer = Layer("Shared", code, runtime="python3.12", architecture="x86_64", name="shop-shared")
    made = resources(layer, reader(code, layer=layer))
    function = made["Reader"]["Properties"]
    assert function["Layers"] == [{"Ref": "Shared"}]
    assert (function["Runtime"], function["Architectures"]) == ("python3.12", ["x86_64"])
    assert made["Shared"] == {
        "Type": "AWS::Lambda::LayerVersion",
        "Properties": {
            "LayerName": "shop-shared",
            "Content": {"S3Bucket": {"Ref": "ArtifactBucket"}, "S3Key": code.key},
            "CompatibleRuntimes": ["python3.12"],
            "CompatibleArchitectures": ["x86_64"],
        },
        "DeletionPolicy": "Delete",
        "UpdateReplacePolicy": "Retain",
    }


def test_a_queue_has_a_place_for_what_cannot_be_handled() -> None:
    queue = Queue(
        "Inbox",
        "shop-inbox",
        visible_after=minutes(2),
        kept=days(4),
        tries=3,
        dead_name="shop-inbox-dlq",
        dead_tags={"Kind": "Dead"},
    )
    made = resources(queue)
    assert list(made) == ["InboxDead", "Inbox"]
    assert made["Inbox"]["Properties"] == {
        "QueueName": "shop-inbox",
        "VisibilityTimeout": 120,
        "MessageRetentionPeriod": 345600,
        "KmsMasterKeyId": "alias/aws/sqs",
        "RedrivePolicy": {"deadLetterTargetArn": {"Fn::GetAtt": ["InboxDead", "Arn"]}, "maxReceiveCount": 3},
    }
    assert made["InboxDead"]["Properties"] == {
        "QueueName": "shop-inbox-dlq",
        "VisibilityTimeout": 300,
        "MessageRetentionPeriod": 1209600,
        "KmsMasterKeyId": "alias/aws/sqs",
    }
    assert set(replace(queue, name=None).metric("NumberOfMessagesSent").dimensions) == {"QueueName"}

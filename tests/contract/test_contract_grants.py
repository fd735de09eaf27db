from __future__ import annotations

from typing import Any

import pytest
from awacs import dynamodb as action
from awacs import kms, s3
from troposphere import GetAtt, Ref, awslambda, iam

from ecinfra.constructs import Bucket, Key, Table
from ecinfra.grants import allow, policy
from ecinfra.units import minutes
from tests.contract.shop import HANDLER, Shop

GETTING = 'import boto3\n\n\ndef handler(event, context):\n    boto3.client("dynamodb").get_item()\n'
PUTTING = GETTING.replace("get_item", "put_item")


def test_what_is_allowed_is_used(shop: Shop) -> None:
    shop.clerk(may=[shop.books.scan], code=HANDLER)

    assert shop.findings() == [
        "EC206 ClerkRole.Policies.0.PolicyDocument.Statement.1.Action: "
        "allows dynamodb:Scan, and no call that Clerk can reach needs that"
    ]


def test_of_a_grant_each_action_is_looked_at(shop: Shop) -> None:
    shop.clerk(GETTING, may=[allow([action.GetItem, action.Scan, action.DeleteTable], shop.books.arn)])

    assert shop.findings() == [
        "EC206 ClerkRole.Policies.0.PolicyDocument.Statement.1.Action: "
        "allows dynamodb:Scan, dynamodb:DeleteTable, and no call that Clerk can reach needs that"
    ]


def test_reading_a_table_is_one_right_and_writing_is_another(shop: Shop) -> None:
    shop.clerk(GETTING, may=[shop.books.read, shop.notes.write])

    assert shop.findings() == [
        "EC206 ClerkRole.Policies.0.PolicyDocument.Statement.3.Action: "
        "allows dynamodb:BatchWriteItem, dynamodb:DeleteItem, dynamodb:PutItem, dynamodb:UpdateItem, "
        "and no call that Clerk can reach needs that"
    ]


def test_a_key_goes_with_what_it_encrypts(shop: Shop) -> None:
    key = shop.data.add(Key("Lock", "shop", "Encrypts the safe"))
    safe = shop.data.add(Table("Safe", key=key))
    shop.clerk(PUTTING, may=[safe.write])

    assert shop.findings() == []


def test_a_key_alone_is_used_by_nobody(shop: Shop) -> None:
    key = shop.data.add(Key("Lock", "shop", "Encrypts the safe"))
    shop.clerk(HANDLER, may=[allow([kms.Decrypt], key.arn)])

    assert [finding[:5] for finding in shop.findings()] == ["EC206"]


def test_lambda_itself_uses_what_it_wakes_traces_and_logs_with(shop: Shop) -> None:
    shop.clerk(HANDLER, on=[shop.mail.messages()], traced=True, dead_letters=shop.mail.arn, timeout=5)

    assert shop.findings() == []


def test_what_lambda_would_need_for_a_queue_is_unused_without_one(shop: Shop) -> None:
    shop.clerk(HANDLER, may=[shop.mail.consume])

    assert shop.findings() == [
        "EC206 ClerkRole.Policies.0.PolicyDocument.Statement.1.Action: "
        "allows sqs:ReceiveMessage, sqs:DeleteMessage, sqs:GetQueueAttributes, "
        "and no call that Clerk can reach needs that"
    ]


def test_the_right_to_list_goes_with_the_right_to_read(shop: Shop) -> None:
    reading = 'import boto3\n\n\ndef handler(event, context):\n    boto3.client("s3").get_object()\n'
    shop.clerk(reading, may=[shop.scans.read])

    assert shop.findings() == []


def test_the_right_to_read_does_not_go_with_the_right_to_list(shop: Shop) -> None:
    listing = 'import boto3\n\n\ndef handler(event, context):\n    boto3.client("s3").list_objects_v2()\n'
    shop.clerk(listing, may=[shop.scans.read])

    assert shop.findings() == [
        "EC206 ClerkRole.Policies.0.PolicyDocument.Statement.1.Action: "
        "allows s3:GetObject, and no call that Clerk can reach needs that"
    ]


def test_a_right_that_is_given_later_counts(shop: Shop) -> None:
    shop.clerk(GETTING)
    document = policy([allow([action.GetItem], shop.books.arn)])
    shop.data.add(iam.PolicyType("Late", PolicyName="late", PolicyDocument=document, Roles=[Ref("ClerkRole")]))

    assert shop.findings() == []


def test_a_right_that_is_given_later_and_unused_is_said_where_it_is_given(shop: Shop) -> None:
    shop.clerk(HANDLER)
    document = policy([allow([action.GetItem], shop.books.arn)])
    shop.data.add(iam.RolePolicy("Late", PolicyName="late", PolicyDocument=document, RoleName=Ref("ClerkRole")))

    assert shop.findings() == [
        "EC206 Late.PolicyDocument.Statement.0.Action: "
        "allows dynamodb:GetItem, and no call that Clerk can reach needs that"
    ]


def other(shop: Shop, **properties: object) -> None:
    """A function in plain troposphere, with sources of the project."""
    code = awslambda.Code(S3Bucket="artifacts", S3Key=shop.handlers.handler("clerk").key)
    given: dict[str, Any] = {"Handler": "clerk.handler.handler", "Runtime": "python3.13", "Role": "arn", **properties}
    shop.desk.add(awslambda.Function("Other", Code=code, **given))


def test_functions_that_share_a_role_use_its_rights_together(shop: Shop) -> None:
    shop.clerk(GETTING, may=[shop.books.read, shop.books.scan])
    shop.write(clerk__second=GETTING.replace("get_item", "scan"))
    other(shop, Role=GetAtt("ClerkRole", "Arn"), Handler="clerk.second.handler")

    assert shop.findings() == []


def test_a_role_from_elsewhere_is_not_judged(shop: Shop) -> None:
    shop.clerk(GETTING, may=[shop.books.read])
    other(shop)

    assert shop.findings() == [
        "EC208 Other.Role: what its role may do is not all written in the system: "
        "whether that covers its calls was not checked"
    ]


def test_a_role_that_others_take_on_too_may_be_allowed_more(shop: Shop) -> None:
    trusted = {"Service": ["lambda.amazonaws.com", "states.amazonaws.com"]}
    statement = {"Effect": "Allow", "Principal": trusted, "Action": "sts:AssumeRole"}
    shop.write(clerk__handler=HANDLER)
    shop.desk.add(
        iam.Role(
            "Shared",
            AssumeRolePolicyDocument={"Statement": [statement]},
            Policies=[iam.Policy(PolicyName="all", PolicyDocument=policy([shop.books.scan]))],
        )
    )
    other(shop, Role=GetAtt("Shared", "Arn"))

    assert shop.findings() == []


@pytest.mark.parametrize("managed", ["arn:aws:iam::aws:policy/AmazonDynamoDBReadOnlyAccess"])
def test_what_aws_manages_is_not_judged(shop: Shop, managed: str) -> None:
    statement = {"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}
    shop.write(clerk__handler=GETTING)
    shop.desk.add(iam.Role("Wide", AssumeRolePolicyDocument={"Statement": [statement]}, ManagedPolicyArns=[managed]))
    other(shop, Role=GetAtt("Wide", "Arn"))

    assert [finding[:17] for finding in shop.findings()] == ["EC208 Other.Role:"]


def test_a_policy_of_the_system_counts(shop: Shop) -> None:
    statement = {"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}
    shop.write(clerk__handler=GETTING)
    shop.desk.add(iam.ManagedPolicy("Reading", PolicyDocument=policy([allow([action.GetItem], shop.books.arn)])))
    shop.desk.add(
        iam.Role("Wide", AssumeRolePolicyDocument={"Statement": [statement]}, ManagedPolicyArns=[Ref("Reading")])
    )
    other(shop, Role=GetAtt("Wide", "Arn"))

    assert shop.findings() == []


def test_what_cannot_be_told_of_a_service_leaves_its_rights_alone(shop: Shop) -> None:
    code = 'import boto3\n\n\ndef handler(event, context):\n    boto3.client("dynamodb").execute_statement()\n'
    shop.clerk(code, may=[shop.books.read, allow([s3.PutObject], shop.data.add(Bucket("Attic")).object_arns)])

    assert [finding.partition(",")[0] for finding in shop.findings()] == [
        "EC206 ClerkRole.Policies.0.PolicyDocument.Statement.3.Action: allows s3:PutObject",
        "EC208 Clerk: calls execute_statement of dynamodb: which actions that needs only the running code knows "
        "[clerk/handler.py:5]",
    ]


@pytest.mark.parametrize(
    "call",
    ["event.client.scan()", "context[0].scan()", "made(event)[0].scan()", "importlib.import_module(event)"],
)
def test_a_right_that_may_be_used_where_nobody_can_tell_is_left_alone(shop: Shop, call: str) -> None:
    code = f"import importlib\n\n\ndef handler(event, context):\n    {call}\n\n\ndef made(of):\n    return [of]\n"
    shop.clerk(code, may=[shop.books.scan])

    assert [finding[:5] for finding in shop.findings()] in ([], ["EC208"])


def holding(shop: Shop, *actions: str) -> None:
    """A role that may do some things, for functions in plain troposphere."""
    statement = {"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}
    document = {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": [*actions], "Resource": "*"}}
    shop.write(clerk__handler=HANDLER)
    shop.desk.add(
        iam.Role(
            "Holder",
            AssumeRolePolicyDocument={"Statement": [statement]},
            Policies=[iam.Policy(PolicyName="all", PolicyDocument=document)],
        )
    )


@pytest.mark.parametrize(
    ("action", "properties"),
    [
        ("ec2:CreateNetworkInterface", {"VpcConfig": awslambda.VPCConfig(SecurityGroupIds=["a"], SubnetIds=["b"])}),
        (
            "elasticfilesystem:ClientMount",
            {"FileSystemConfigs": [awslambda.FileSystemConfig(Arn="arn", LocalMountPath="/mnt/books")]},
        ),
        ("sns:Publish", {"DeadLetterConfig": awslambda.DeadLetterConfig(TargetArn="arn")}),
        ("xray:PutTraceSegments", {"TracingConfig": awslambda.TracingConfig(Mode="Active")}),
    ],
)
def test_what_lambda_does_as_the_function_is_used(shop: Shop, action: str, properties: dict[str, Any]) -> None:
    holding(shop, action)
    other(shop, Role=GetAtt("Holder", "Arn"), **properties)

    assert shop.findings() == []


@pytest.mark.parametrize(
    "action", ["ec2:CreateNetworkInterface", "elasticfilesystem:ClientMount", "sns:Publish", "xray:PutTraceSegments"]
)
def test_what_lambda_would_do_as_another_function_is_not(shop: Shop, action: str) -> None:
    holding(shop, action)
    other(shop, Role=GetAtt("Holder", "Arn"))

    assert shop.findings() == [
        f"EC206 Holder.Policies.0.PolicyDocument.Statement.Action: "
        f"allows {action}, and no call that Other can reach needs that"
    ]


def test_lambda_reads_streams_and_hands_on_what_failed(shop: Shop) -> None:
    holding(shop, "kinesis:GetRecords", "dynamodb:GetRecords", "sqs:SendMessage", "events:PutEvents")
    other(shop, Role=GetAtt("Holder", "Arn"))
    stream = "arn:aws:kinesis:eu-west-1:123456789012:stream/books"
    shop.desk.add(awslambda.EventSourceMapping("Waking", EventSourceArn=stream, FunctionName=Ref("Other")))
    shop.desk.add(
        awslambda.EventInvokeConfig("Failing", FunctionName=Ref("Other"), Qualifier="$LATEST", MaximumRetryAttempts=0)
    )

    assert shop.findings() == []


def test_a_function_has_the_time_that_its_queue_leaves_it(shop: Shop) -> None:
    shop.clerk(HANDLER, on=[shop.mail.messages()], timeout=minutes(5))

    assert [finding[:10] for finding in shop.findings()] == ["EC101 Mail"]
    assert [finding[:10] for finding in shop.findings("Clerk")] == ["EC101 Mail"]

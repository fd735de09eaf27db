from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import cfnlint
import pytest
from troposphere import AWSObject, GetAtt, Join, Ref, Sub

from ecinfra.lint.checks.permissions import UNSCOPED
from tests.lint.faults import TRUST, faults_of, resource


def role(action: Any, on: Any, **statement: Any) -> AWSObject:
    said = {"Effect": "Allow", "Action": action, "Resource": on, **statement}
    policy = {"PolicyName": "may", "PolicyDocument": {"Statement": [said]}}
    return resource("AWS::IAM::Role", "Clerk", AssumeRolePolicyDocument=TRUST, Policies=[policy])


def test_what_is_allowed_is_allowed_on_resources_by_name() -> None:
    assert faults_of(role(["dynamodb:GetItem", "xray:PutTraceSegments"], "*")) == [
        "EC124 Desk Clerk.Properties.Policies.0.PolicyDocument.Statement.0.Resource: allows dynamodb:getitem on *: "
        "name the resources"
    ]
    assert faults_of(role("dynamodb:GetItem", "*", Effect="Deny")) == []


@pytest.mark.parametrize(
    "arn",
    [
        "arn:aws:s3:::*",
        Sub("arn:${AWS::Partition}:dynamodb:${AWS::Region}:${AWS::AccountId}:table/*"),
        Sub("arn:${AWS::Partition}:dynamodb:${AWS::Region}:${AWS::AccountId}:table/*/index/*"),
        Join(":", ["arn", Ref("AWS::Partition"), "lambda", Ref("AWS::Region"), Ref("AWS::AccountId"), "function:*"]),
        "arn:aws:sqs:*:*:*",
        Sub("arn:aws:apigateway:${AWS::Region}::/restapis/*"),
    ],
)
def test_an_arn_that_means_everything_of_a_kind_is_no_name(arn: Any) -> None:
    assert [fault[:5] for fault in faults_of(role("x:Get", arn))] == ["EC124"]


@pytest.mark.parametrize(
    "arn",
    [
        "arn:aws:s3:::box/*",
        Sub("${Table}/index/*", Table="arn:aws:dynamodb:eu-west-1:123456789012:table/orders"),
        Sub("arn:aws:dynamodb:${AWS::Region}:${AWS::AccountId}:table/orders/index/*"),
        Sub("arn:aws:execute-api:${AWS::Region}:${AWS::AccountId}:abc/live/POST/@connections/*"),
        "arn:aws:bedrock:*::foundation-model/anthropic.claude-3-haiku-20240307-v1:0",
        "arn:aws:logs:eu-west-1:123456789012:log-group:/aws/lambda/clerk:*",
        Sub("arn:aws:sqs:${AWS::Region}:${AWS::AccountId}:pile"),
    ],
)
def test_an_arn_that_ends_wide_below_a_name_is_one(arn: Any) -> None:
    assert faults_of(role("x:Get", arn)) == []


@pytest.mark.parametrize("action", sorted(UNSCOPED))
def test_what_the_service_scopes_to_nothing_is_allowed_on_everything(action: str) -> None:
    assert faults_of(role(action, "*")) == []


def test_every_action_without_a_scope_is_one() -> None:
    """cfn-lint brings what IAM knows; the exceptions have resources that no system names before the call."""
    path = Path(cfnlint.__file__).parent / "data" / "AdditionalSpecs" / "Policies.json"
    services = json.loads(path.read_text("utf-8"))
    scoped = set()
    for action in UNSCOPED:
        service, _, name = action.partition(":")
        if services[service]["Actions"][name].get("Resources"):
            scoped.add(action)

    assert scoped == {
        "cloudwatch:getmetricdata",
        "cloudwatch:listmetrics",
        "cloudwatch:putmetricdata",
        "ec2:assignprivateipaddresses",
        "ec2:createnetworkinterface",
        "ec2:deletenetworkinterface",
        "ec2:unassignprivateipaddresses",
    }


def test_the_role_that_api_gateway_logs_with_may_log_everywhere() -> None:
    everywhere = "arn:aws:logs:eu-west-1:123456789012:*"
    account = resource("AWS::ApiGateway::Account", "Account", CloudWatchRoleArn=GetAtt("Clerk", "Arn"))

    assert [fault[:5] for fault in faults_of(role("logs:PutLogEvents", everywhere))] == ["EC124"]
    assert faults_of(role("logs:PutLogEvents", everywhere), account) == []
    assert [fault[:5] for fault in faults_of(role("logs:*", everywhere), account)] == ["EC125"]


def test_what_is_allowed_is_allowed_action_by_action() -> None:
    assert faults_of(role(["s3:*", "s3:Get*"], "arn:aws:s3:::box")) == [
        "EC125 Desk Clerk.Properties.Policies.0.PolicyDocument.Statement.0.Action: allows s3:*: name the actions"
    ]
    assert [fault[:5] for fault in faults_of(role("*", "arn:aws:s3:::box"))] == ["EC125"]
    assert faults_of(role("s3:Get*", "arn:aws:s3:::box")) == []


def test_an_account_may_do_everything_with_its_own_keys() -> None:
    def key(principal: Any) -> AWSObject:
        statement = {"Effect": "Allow", "Principal": principal, "Action": "kms:*", "Resource": "*"}
        return resource("AWS::KMS::Key", "Lock", KeyPolicy={"Statement": statement})

    assert faults_of(key({"AWS": Sub("arn:${AWS::Partition}:iam::${AWS::AccountId}:root")})) == []
    assert faults_of(key({"AWS": Ref("AWS::AccountId")})) == []
    assert faults_of(key({"Service": "logs.amazonaws.com"})) == [
        "EC125 Desk Lock.Properties.KeyPolicy.Statement.Action: allows kms:*: name the actions"
    ]


def test_policies_of_resources_name_their_actions_too() -> None:
    statement = {"Effect": "Allow", "Principal": "*", "Action": "sqs:*", "Resource": "*"}
    policy = resource("AWS::SQS::QueuePolicy", "Door", Queues=["x"], PolicyDocument={"Statement": [statement]})

    assert [fault[:5] for fault in faults_of(policy)] == ["EC125"]


def test_what_is_allowed_is_what_is_named() -> None:
    statement = {"Effect": "Allow", "NotAction": ["iam:*"], "Resource": "arn:aws:s3:::box"}
    policy = resource("AWS::IAM::Policy", "May", PolicyDocument={"Statement": [statement]})
    denied = resource("AWS::IAM::Policy", "May", PolicyDocument={"Statement": [{**statement, "Effect": "Deny"}]})

    assert faults_of(policy) == [
        "EC126 Desk May.Properties.PolicyDocument.Statement.0.NotAction: allows everything but what NotAction names: "
        "say what is meant"
    ]
    assert faults_of(denied) == []


def test_no_policy_of_awss_own_decides() -> None:
    def clerk(arn: Any) -> AWSObject:
        return resource("AWS::IAM::Role", "Clerk", AssumeRolePolicyDocument=TRUST, ManagedPolicyArns=[arn])

    aws = Sub("arn:${AWS::Partition}:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole")
    assert faults_of(clerk(aws)) == [
        "EC127 Desk Clerk.Properties.ManagedPolicyArns.0: holds service-role/AWSLambdaBasicExecutionRole, which AWS "
        "writes and changes: say what it may do"
    ]
    assert faults_of(clerk("arn:aws:iam::123456789012:policy/ours")) == []

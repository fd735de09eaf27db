"""ApiAccount: the account's leave to log."""

from __future__ import annotations

from ecinfra.constructs import ApiAccount
from tests.constructs.rendering import resources

LOGS = {"Fn::Sub": "arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:*"}


def test_api_gateway_may_write_logs_of_this_account_and_region() -> None:
    made = resources(ApiAccount("ApiAccount"))
    assert made["ApiAccount"]["Properties"] == {"CloudWatchRoleArn": {"Fn::GetAtt": ["ApiAccountRole", "Arn"]}}
    role = made["ApiAccountRole"]["Properties"]
    assert role["AssumeRolePolicyDocument"]["Statement"] == [
        {
            "Effect": "Allow",
            "Principal": {"Service": ["apigateway.amazonaws.com"]},
            "Action": ["sts:AssumeRole"],
        }
    ]
    assert role["Policies"][0]["PolicyDocument"]["Statement"] == [
        {
            "Effect": "Allow",
            "Action": [
                "logs:CreateLogGroup",
                "logs:CreateLogStream",
                "logs:DescribeLogGroups",
                "logs:DescribeLogStreams",
                "logs:FilterLogEvents",
                "logs:GetLogEvents",
                "logs:PutLogEvents",
            ],
            "Resource": [LOGS],
        }
    ]


def test_it_outlives_a_system_that_keeps_nothing() -> None:
    made = resources(ApiAccount("ApiAccount"), keep_data=False)
    assert {name: (body["DeletionPolicy"], body["UpdateReplacePolicy"]) for name, body in made.items()} == {
        "ApiAccount": ("RetainExceptOnCreate", "Retain"),
        "ApiAccountRole": ("RetainExceptOnCreate", "Retain"),
    }

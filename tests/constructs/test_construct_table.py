"""Table: its protection, its indexes, its grants, and what scales it."""

from __future__ import annotations

import pytest
from troposphere import encode_to_dict, iam

from ecinfra.constructs import Capacity, Index, Key, Table, guests
from ecinfra.grants import policy
from ecinfra.units import minutes
from tests.constructs.rendering import linked, new_app, properties, resources, rights

FIVE = tuple(Index(f"GSI{number}", f"GSI{number}PK", f"GSI{number}SK") for number in range(1, 6))
TABLE_ARN = {"Fn::GetAtt": ["Main", "Arn"]}
INDEX_ARNS = {"Fn::Sub": "${Main.Arn}/index/*"}


def new_key() -> Key:
    return Key("TableKey", "everyonecook-dynamodb-dev", "Encrypts the table", used_by=(guests.DYNAMODB,))


def test_a_table_is_by_default_on_demand_encrypted_recoverable_and_protected() -> None:
    assert properties(Table("Main")) == {
        "Main": {
            "AttributeDefinitions": [
                {"AttributeName": "PK", "AttributeType": "S"},
                {"AttributeName": "SK", "AttributeType": "S"},
            ],
            "KeySchema": [
                {"AttributeName": "PK", "KeyType": "HASH"},
                {"AttributeName": "SK", "KeyType": "RANGE"},
            ],
            "BillingMode": "PAY_PER_REQUEST",
            "PointInTimeRecoverySpecification": {"PointInTimeRecoveryEnabled": True},
            "DeletionProtectionEnabled": True,
            "SSESpecification": {"SSEEnabled": True, "SSEType": "KMS"},
        }
    }


def test_everything_that_can_be_said_of_a_table_is_said() -> None:
    table = Table(
        "Main",
        "EveryoneCook-dev-v2",
        partition_key="id",
        sort_key=None,
        indexes=(Index("ByUser", "user", "at"), Index("ByState", "state")),
        ttl="ttl",
        key=new_key(),
        recovery=False,
        protected=False,
        stream="NEW_AND_OLD_IMAGES",
    )
    assert properties(new_key(), table)["Main"] == {
        "TableName": "EveryoneCook-dev-v2",
        "AttributeDefinitions": [
            {"AttributeName": "id", "AttributeType": "S"},
            {"AttributeName": "user", "AttributeType": "S"},
            {"AttributeName": "at", "AttributeType": "S"},
            {"AttributeName": "state", "AttributeType": "S"},
        ],
        "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
        "GlobalSecondaryIndexes": [
            {
                "IndexName": "ByUser",
                "KeySchema": [
                    {"AttributeName": "user", "KeyType": "HASH"},
                    {"AttributeName": "at", "KeyType": "RANGE"},
                ],
                "Projection": {"ProjectionType": "ALL"},
            },
            {
                "IndexName": "ByState",
                "KeySchema": [{"AttributeName": "state", "KeyType": "HASH"}],
                "Projection": {"ProjectionType": "ALL"},
            },
        ],
        "BillingMode": "PAY_PER_REQUEST",
        "PointInTimeRecoverySpecification": {"PointInTimeRecoveryEnabled": False},
        "DeletionProtectionEnabled": False,
        "SSESpecification": {
            "SSEEnabled": True,
            "SSEType": "KMS",
            "KMSMasterKeyId": {"Fn::GetAtt": ["TableKey", "Arn"]},
        },
        "TimeToLiveSpecification": {"AttributeName": "ttl", "Enabled": True},
        "StreamSpecification": {"StreamViewType": "NEW_AND_OLD_IMAGES"},
    }


def test_capacity_scales_the_table_and_every_index_in_both_directions() -> None:
    made = resources(Table("Main", indexes=FIVE, capacity=Capacity(read=2, write=3, most=10, at=70)))
    units = {"ReadCapacityUnits": 2, "WriteCapacityUnits": 3}
    table = made["Main"]["Properties"]
    assert table["BillingMode"] == "PROVISIONED"
    assert table["ProvisionedThroughput"] == units
    assert [index["ProvisionedThroughput"] for index in table["GlobalSecondaryIndexes"]] == [units] * 5
    types = [body["Type"] for body in made.values()]
    assert types.count("AWS::ApplicationAutoScaling::ScalableTarget") == 12
    assert types.count("AWS::ApplicationAutoScaling::ScalingPolicy") == 12
    assert made["MainReadTarget"]["Properties"] == {
        "ServiceNamespace": "dynamodb",
        "ResourceId": {"Fn::Sub": "table/${Main}"},
        "ScalableDimension": "dynamodb:table:ReadCapacityUnits",
        "MinCapacity": 2,
        "MaxCapacity": 10,
    }
    assert made["MainGSI5WriteTarget"]["Properties"] == {
        "ServiceNamespace": "dynamodb",
        "ResourceId": {"Fn::Sub": "table/${Main}/index/GSI5"},
        "ScalableDimension": "dynamodb:index:WriteCapacityUnits",
        "MinCapacity": 3,
        "MaxCapacity": 10,
    }
    assert made["MainGSI5WriteScaling"]["Properties"] == {
        "PolicyName": "MainGSI5Write",
        "PolicyType": "TargetTrackingScaling",
        "ScalingTargetId": {"Ref": "MainGSI5WriteTarget"},
        "TargetTrackingScalingPolicyConfiguration": {
            "PredefinedMetricSpecification": {"PredefinedMetricType": "DynamoDBWriteCapacityUtilization"},
            "TargetValue": 70,
        },
    }


def test_reading_goes_by_keys_and_indexes_and_never_scans() -> None:
    table = Table("Main", indexes=FIVE)
    assert rights(table.read, table) == [
        (
            [
                "dynamodb:BatchGetItem",
                "dynamodb:ConditionCheckItem",
                "dynamodb:DescribeTable",
                "dynamodb:GetItem",
            ],
            [TABLE_ARN],
        ),
        (["dynamodb:Query"], [TABLE_ARN, INDEX_ARNS]),
    ]


def test_scanning_is_a_right_of_its_own() -> None:
    table = Table("Main", indexes=FIVE)
    assert rights(table.scan, table) == [(["dynamodb:Scan"], [TABLE_ARN, INDEX_ARNS])]


def test_a_table_without_indexes_grants_nothing_on_them() -> None:
    table = Table("Main")
    assert rights(table.scan, table) == [(["dynamodb:Scan"], [TABLE_ARN])]


def test_writing_is_done_to_the_table_itself() -> None:
    table = Table("Main", indexes=FIVE)
    assert rights(table.write, table) == [
        (
            [
                "dynamodb:BatchWriteItem",
                "dynamodb:DeleteItem",
                "dynamodb:DescribeTable",
                "dynamodb:PutItem",
                "dynamodb:UpdateItem",
            ],
            [TABLE_ARN],
        )
    ]


def test_every_grant_drags_the_key_along() -> None:
    key = new_key()
    table = Table("Main", key=key)
    arn = {"Fn::GetAtt": ["TableKey", "Arn"]}
    assert rights(table.read, key, table)[-1] == (["kms:Decrypt", "kms:DescribeKey"], [arn])
    assert rights(table.scan, key, table)[-1] == (["kms:Decrypt", "kms:DescribeKey"], [arn])
    assert rights(table.write, key, table)[-1] == (
        [
            "kms:Decrypt",
            "kms:DescribeKey",
            "kms:Encrypt",
            "kms:GenerateDataKey",
            "kms:GenerateDataKeyWithoutPlaintext",
            "kms:ReEncryptFrom",
            "kms:ReEncryptTo",
        ],
        [arn],
    )


def test_the_pattern_of_its_indexes_is_put_together_where_it_lives() -> None:
    app = new_app()
    table = app.stack("Core").add(Table("Main", indexes=FIVE))
    reader = iam.PolicyType("Rights", PolicyName="Rights", PolicyDocument=policy([table.scan]), Roles=["holder"])
    app.stack("Backend").add(reader)
    (statement,) = linked(app)["Backend"]["Rights"]["Properties"]["PolicyDocument"]["Statement"]
    assert statement["Resource"] == [{"Ref": "MainGetArn"}, {"Ref": "MainHasIndexArns"}]


def test_its_names_are_its_attributes() -> None:
    table = Table("Main", stream="KEYS_ONLY")
    assert encode_to_dict([table.arn, table.table_name, table.stream_arn]) == [
        {"Fn::GetAtt": ["Main", "Arn"]},
        {"Ref": "Main"},
        {"Fn::GetAtt": ["Main", "StreamArn"]},
    ]


def test_its_metrics_know_the_table_and_the_operation() -> None:
    table = Table("Main")
    assert encode_to_dict({**table.metric("ReadThrottleEvents").dimensions}) == {"TableName": {"Ref": "Main"}}
    latency = table.metric("SuccessfulRequestLatency", "p99", operation="Query", period=minutes(1))
    assert (latency.namespace, latency.name, latency.statistic, latency.period) == (
        "AWS/DynamoDB",
        "SuccessfulRequestLatency",
        "p99",
        60,
    )
    assert latency.dimensions["Operation"] == "Query"


@pytest.mark.parametrize(
    ("keep_data", "policies"),
    [(True, ("RetainExceptOnCreate", "Retain")), (False, ("Delete", "Delete"))],
)
def test_it_stays_or_goes_with_the_data(keep_data: bool, policies: tuple[str, str]) -> None:
    made = resources(Table("Main"), keep_data=keep_data)["Main"]
    assert (made["DeletionPolicy"], made["UpdateReplacePolicy"]) == policies


def test_two_indexes_of_one_name_are_refused() -> None:
    with pytest.raises(ValueError) as caught:
        Table("Main", indexes=(Index("ByUser", "user"), Index("ByUser", "owner")))
    assert str(caught.value) == "indexes: ByUser is defined twice"


def test_more_indexes_than_dynamodb_allows_are_refused() -> None:
    with pytest.raises(ValueError) as caught:
        Table("Main", indexes=tuple(Index(f"By{number}", "user") for number in range(21)))
    assert str(caught.value) == "indexes: 21 are more than the 20 that a table can have"


@pytest.mark.parametrize(
    ("capacity", "message"),
    [
        ({"read": 0, "write": 1, "most": 10}, "read: 0 is not between 1 and most, which is 10"),
        ({"read": 1, "write": 11, "most": 10}, "write: 11 is not between 1 and most, which is 10"),
        ({"read": 1, "write": 1, "most": 10, "at": 19}, "at: 19 is not between 20 and 90 per cent"),
        ({"read": 1, "write": 1, "most": 10, "at": 91}, "at: 91 is not between 20 and 90 per cent"),
    ],
)
def test_capacity_that_cannot_follow_is_refused(capacity: dict[str, int], message: str) -> None:
    with pytest.raises(ValueError) as caught:
        Capacity(**capacity)
    assert str(caught.value) == message

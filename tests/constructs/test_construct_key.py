"""Key: what it is, and who may use it."""

from __future__ import annotations

import pytest

from ecinfra.constructs import Key, guests
from tests.constructs.rendering import properties, resources, rights

ROOT_STATEMENT = {
    "Effect": "Allow",
    "Principal": {"AWS": {"Fn::Sub": "arn:${AWS::Partition}:iam::${AWS::AccountId}:root"}},
    "Action": ["kms:*"],
    "Resource": ["*"],
}
OF_THIS_ACCOUNT = {"StringEquals": {"aws:SourceAccount": {"Ref": "AWS::AccountId"}}}


def statement(guest: guests.Guest) -> dict[str, object]:
    """What the policy of a key says of a guest, after what it says of the account."""
    made = properties(Key("TableKey", "everyonecook-dynamodb-dev", "Encrypts the table", used_by=(guest,)))
    first, second = made["TableKey"]["KeyPolicy"]["Statement"]
    assert first == ROOT_STATEMENT
    found: dict[str, object] = second
    return found


def test_a_key_rotates_under_an_alias_and_belongs_to_the_account() -> None:
    made = properties(Key("TableKey", "everyonecook-dynamodb-dev", "Encrypts the table", pending_days=7))
    assert made == {
        "TableKey": {
            "Description": "Encrypts the table",
            "EnableKeyRotation": True,
            "PendingWindowInDays": 7,
            "KeyPolicy": {"Version": "2012-10-17", "Statement": [ROOT_STATEMENT]},
        },
        "TableKeyAlias": {"AliasName": "alias/everyonecook-dynamodb-dev", "TargetKeyId": {"Ref": "TableKey"}},
    }


def test_dynamodb_uses_it_through_itself_only() -> None:
    assert statement(guests.DYNAMODB) == {
        "Effect": "Allow",
        "Principal": {"Service": "dynamodb.amazonaws.com"},
        "Action": ["kms:Decrypt", "kms:DescribeKey", "kms:CreateGrant"],
        "Resource": ["*"],
        "Condition": {"StringEquals": {"kms:ViaService": {"Fn::Sub": "dynamodb.${AWS::Region}.amazonaws.com"}}},
    }


def test_logs_use_it_for_log_groups_of_the_account_and_region_only() -> None:
    assert statement(guests.LOGS) == {
        "Effect": "Allow",
        "Principal": {"Service": {"Fn::Sub": "logs.${AWS::Region}.amazonaws.com"}},
        "Action": [
            "kms:Encrypt",
            "kms:Decrypt",
            "kms:ReEncryptFrom",
            "kms:ReEncryptTo",
            "kms:GenerateDataKey",
            "kms:GenerateDataKeyWithoutPlaintext",
            "kms:CreateGrant",
            "kms:DescribeKey",
        ],
        "Resource": ["*"],
        "Condition": {
            "ArnLike": {
                "kms:EncryptionContext:aws:logs:arn": {
                    "Fn::Sub": "arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:*"
                }
            }
        },
    }


def test_alarms_use_it_for_the_account_only() -> None:
    assert statement(guests.ALARMS) == {
        "Effect": "Allow",
        "Principal": {"Service": "cloudwatch.amazonaws.com"},
        "Action": ["kms:Decrypt", "kms:GenerateDataKey", "kms:GenerateDataKeyWithoutPlaintext"],
        "Resource": ["*"],
        "Condition": OF_THIS_ACCOUNT,
    }


def test_s3_uses_it_for_the_account_only() -> None:
    assert statement(guests.S3) == {
        "Effect": "Allow",
        "Principal": {"Service": "s3.amazonaws.com"},
        "Action": ["kms:Decrypt", "kms:GenerateDataKey"],
        "Resource": ["*"],
        "Condition": OF_THIS_ACCOUNT,
    }


def test_cloudfront_uses_it_for_any_distribution_of_the_account() -> None:
    assert statement(guests.CLOUDFRONT) == {
        "Effect": "Allow",
        "Principal": {"Service": "cloudfront.amazonaws.com"},
        "Action": ["kms:Decrypt", "kms:DescribeKey"],
        "Resource": ["*"],
        "Condition": {
            "ArnLike": {
                "AWS:SourceArn": {"Fn::Sub": "arn:${AWS::Partition}:cloudfront::${AWS::AccountId}:distribution/*"}
            }
        },
    }


def test_its_grants_name_every_action_and_the_key() -> None:
    key = Key("TableKey", "everyonecook-dynamodb-dev", "Encrypts the table")
    arn = {"Fn::GetAtt": ["TableKey", "Arn"]}
    assert rights(key.decrypt, key) == [(["kms:Decrypt", "kms:DescribeKey"], [arn])]
    assert rights(key.use, key) == [
        (
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
    ]


@pytest.mark.parametrize(
    ("keep_data", "policies"),
    [(True, ("RetainExceptOnCreate", "Retain")), (False, ("Delete", "Delete"))],
)
def test_it_stays_or_goes_with_the_data(keep_data: bool, policies: tuple[str, str]) -> None:
    made = resources(Key("TableKey", "mine", "Encrypts the table"), keep_data=keep_data)["TableKey"]
    assert (made["DeletionPolicy"], made["UpdateReplacePolicy"]) == policies


@pytest.mark.parametrize("alias", ["alias/mine", "aws/sns"])
def test_an_alias_of_aws_is_refused(alias: str) -> None:
    with pytest.raises(ValueError) as caught:
        Key("TableKey", alias, "Encrypts the table")
    assert str(caught.value) == f"alias: '{alias}' must be a name of its own, without 'alias/' or 'aws/' before it"


@pytest.mark.parametrize("days", [6, 31])
def test_a_window_that_kms_does_not_know_is_refused(days: int) -> None:
    with pytest.raises(ValueError) as caught:
        Key("TableKey", "mine", "Encrypts the table", pending_days=days)
    assert str(caught.value) == f"pending_days: {days} is not between 7 and 30"

"""What stands around the handlers in AWS, in its real shape, and what a test puts there."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

import boto3

TABLE = "EveryoneCook-test-v2"
BUCKET = "everyonecook-content-test"
REGION = "ap-southeast-1"

ALICE = "aaaaaaaa-0000-4000-8000-000000000001"
BOB = "bbbbbbbb-0000-4000-8000-000000000002"
CAROL = "cccccccc-0000-4000-8000-000000000003"

# 2026-03-04 05:06:07.089 UTC, a Wednesday
NOW = 1_772_600_767_089


@cache
def client(service: str) -> Any:
    """A client of a service, made once: moto forgets boto3's session between tests, and a new one is dear."""
    return boto3.client(service, region_name=REGION)


def make_table() -> None:
    """The single table with its five indexes."""
    indexes = [f"GSI{number}" for number in range(1, 6)]
    names = ["PK", "SK", *(f"{index}{part}" for index in indexes for part in ("PK", "SK"))]
    client("dynamodb").create_table(
        TableName=TABLE,
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": name, "AttributeType": "S"} for name in names],
        KeySchema=_keys("PK", "SK"),
        GlobalSecondaryIndexes=[
            {
                "IndexName": index,
                "KeySchema": _keys(f"{index}PK", f"{index}SK"),
                "Projection": {"ProjectionType": "ALL"},
            }
            for index in indexes
        ],
    )


def make_bucket() -> None:
    """The content bucket."""
    client("s3").create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": REGION})


def items() -> list[dict[str, Any]]:
    """Everything in the table, keys only: what a refused request must not change."""
    found = client("dynamodb").scan(TableName=TABLE)["Items"]
    return sorted(({"PK": item["PK"]["S"], "SK": item["SK"]["S"]} for item in found), key=str)


def item(partition: str, sort: str) -> dict[str, Any] | None:
    """One item as it lies in the table, in plain values."""
    from kitchen import table

    return table.get({"PK": partition, "SK": sort}, consistent=True)


def put(values: Mapping[str, Any]) -> None:
    """Put an item into the table."""
    from kitchen import changes

    changes.put(values)


def objects() -> list[str]:
    """The keys of everything in the bucket."""
    listed = client("s3").list_objects_v2(Bucket=BUCKET)
    return [entry["Key"] for entry in listed.get("Contents", ())]


def put_object(key: str, body: bytes = b"picture", content_type: str = "image/jpeg") -> None:
    """Put an object into the bucket."""
    client("s3").put_object(Bucket=BUCKET, Key=key, Body=body, ContentType=content_type)


def sign_up(user_id: str, username: str, **profile: Any) -> None:
    """A user with a profile, as the confirmation of a sign-up leaves one."""
    from kitchen import changes, users
    from kitchen.keys import people

    assert users.create(user_id, username, f"{username}@example.test", username.title(), NOW)
    if profile:
        changes.update(people.profile(user_id), profile)


def befriend(one: str, other: str, status: str = "accepted", both: bool = True) -> None:
    """A friendship record of one user, and of the other where it counts for both."""
    from kitchen import changes
    from kitchen.keys import people

    for owner, friend in [(one, other), (other, one)][: 2 if both else 1]:
        keys = {**people.friendship(owner, friend), **people.friendship_index(owner, friend)}
        changes.put({**keys, "userId": owner, "friendId": friend, "status": status, "requestedBy": one})


def _keys(partition: str, sort: str) -> list[Any]:
    return [{"AttributeName": partition, "KeyType": "HASH"}, {"AttributeName": sort, "KeyType": "RANGE"}]

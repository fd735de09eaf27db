"""Changing the one table: conditional writes, and transactions where two requests may race."""

from __future__ import annotations

import random
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from boto3.dynamodb.conditions import ConditionBase
from botocore.exceptions import ClientError

from kitchen.errors import TooLarge
from kitchen.marshal import pack_item, unpack_item
from kitchen.steps import ABSENT, PRESENT, Check, Delete, Put, Step, Update, arguments
from kitchen.table import TABLE, Item, client

__all__ = [
    "ABSENT",
    "PRESENT",
    "Check",
    "ConditionFailed",
    "Delete",
    "Put",
    "Step",
    "Update",
    "delete",
    "delete_many",
    "put",
    "put_many",
    "transact",
    "update",
]

BATCH = 25
TRIES = 6


class ConditionFailed(Exception):
    """A write's condition did not hold; `old` is what stood there, `at` the number of the transaction's step."""

    def __init__(self, old: Item | None, at: int = 0) -> None:
        super().__init__("the condition of a write did not hold")
        self.old = old
        self.at = at


def put(item: Mapping[str, Any], when: ConditionBase | None = None) -> None:
    """Write an item, if the condition holds."""
    with _refusals():
        client.put_item(**arguments(Put(item, when), TABLE))


def update(
    key: Mapping[str, str],
    values: Mapping[str, Any] | None = None,
    *,
    once: Mapping[str, Any] | None = None,
    add: Mapping[str, int | float] | None = None,
    remove: Iterable[str] = (),
    when: ConditionBase | None = None,
) -> Item:
    """Change an item as `Update` says, if the condition holds, and return it as it is then."""
    step = Update(key, values or {}, once or {}, add or {}, remove, when)
    with _refusals():
        answer = client.update_item(**arguments(step, TABLE), ReturnValues="ALL_NEW")
    return unpack_item(answer["Attributes"])


def delete(key: Mapping[str, str], when: ConditionBase | None = None) -> Item | None:
    """Remove an item, if the condition holds, and return what it was."""
    with _refusals():
        answer = client.delete_item(**arguments(Delete(key, when), TABLE), ReturnValues="ALL_OLD")
    return unpack_item(answer["Attributes"]) if answer.get("Attributes") else None


def transact(*steps: Step) -> None:
    """Do all steps (at most 100) or none; a clash with another writer is tried again."""
    items = [{_word(step): arguments(step, TABLE)} for step in steps]
    for left in reversed(range(TRIES)):
        try:
            with _refusals():
                client.transact_write_items(TransactItems=items)
        except ClientError as error:
            if not left or not _clashed(error):
                raise
            time.sleep(random.uniform(0.01, 0.1))
        else:
            return


def put_many(items: Iterable[Mapping[str, Any]]) -> None:
    """Write items without conditions, 25 at a time."""
    _write_many([{"PutRequest": {"Item": pack_item(item)}} for item in items])


def delete_many(keys: Iterable[Mapping[str, Any]]) -> int:
    """Remove items without conditions, 25 at a time, and return how many were named."""
    pairs = dict.fromkeys((key["PK"], key["SK"]) for key in keys)
    _write_many([{"DeleteRequest": {"Key": pack_item({"PK": one, "SK": two})}} for one, two in pairs])
    return len(pairs)


def _write_many(requests: list[dict[str, Any]]) -> None:
    for at in range(0, len(requests), BATCH):
        left = requests[at : at + BATCH]
        for tries in range(10):
            answer = client.batch_write_item(RequestItems={TABLE: left})
            left = answer.get("UnprocessedItems", {}).get(TABLE, [])
            if not left:
                break
            time.sleep(min(0.05 * 2**tries, 1.0))
        else:
            raise RuntimeError(f"the table left {len(left)} writes undone")


def _word(step: Step) -> str:
    match step:
        case Put():
            return "Put"
        case Update():
            return "Update"
        case Delete():
            return "Delete"
        case Check():
            return "ConditionCheck"


@contextmanager
def _refusals() -> Iterator[None]:
    try:
        yield
    except ClientError as error:
        code = error.response["Error"]["Code"]
        if code == "ConditionalCheckFailedException":
            raise ConditionFailed(_old(error.response)) from None
        for at, reason in enumerate(error.response.get("CancellationReasons", ())):
            if reason.get("Code") == "ConditionalCheckFailed":
                raise ConditionFailed(_old(reason), at) from None
        if code == "ValidationException" and "size" in str(error):
            raise TooLarge("this is more than can be kept") from None
        raise


def _old(reason: Mapping[str, Any]) -> Item | None:
    return unpack_item(reason["Item"]) if reason.get("Item") else None


def _clashed(error: ClientError) -> bool:
    code = error.response["Error"]["Code"]
    reasons = {reason.get("Code") for reason in error.response.get("CancellationReasons", ())}
    return code == "TransactionInProgressException" or "TransactionConflict" in reasons

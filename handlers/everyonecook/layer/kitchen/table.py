"""Reading the one table: gets and queries, never scans."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import boto3
from boto3.dynamodb.conditions import ConditionBase, ConditionExpressionBuilder, Key

from kitchen.clients import PATIENT
from kitchen.marshal import pack_item, unpack_item

TABLE = os.environ["DYNAMODB_TABLE"]
client: Any = boto3.client("dynamodb", config=PATIENT)

Item = dict[str, Any]
BATCH = 100
# How many pages a filtered list reads before it hands back what it has, with a token to go on.
ROUNDS = 10


@dataclass(frozen=True)
class Page:
    """Some items of a partition, and where the next page begins (None behind the last one)."""

    items: list[Item]
    next: Item | None


def get(key: Mapping[str, str], consistent: bool = False) -> Item | None:
    """One item, or None."""
    answer = client.get_item(TableName=TABLE, Key=pack_item(key), ConsistentRead=consistent)
    return unpack_item(answer["Item"]) if "Item" in answer else None


def get_many(keys: Iterable[Mapping[str, str]], consistent: bool = False) -> dict[tuple[str, str], Item]:
    """The items there are of those asked for, by (PK, SK)."""
    wanted = list({(key["PK"], key["SK"]): {"PK": key["PK"], "SK": key["SK"]} for key in keys}.values())
    found: dict[tuple[str, str], Item] = {}
    for at in range(0, len(wanted), BATCH):
        left = [pack_item(key) for key in wanted[at : at + BATCH]]
        tries = 0
        while left:
            answer = client.batch_get_item(RequestItems={TABLE: {"Keys": left, "ConsistentRead": consistent}})
            for item in map(unpack_item, answer["Responses"].get(TABLE, ())):
                found[item["PK"], item["SK"]] = item
            left = answer.get("UnprocessedKeys", {}).get(TABLE, {}).get("Keys", [])
            tries = _pause(tries) if left else 0
    return found


def query(
    partition: str,
    *,
    prefix: str = "",
    between: tuple[str, str] | None = None,
    index: str = "",
    newest: bool = False,
    limit: int | None = None,
    start: Mapping[str, Any] | None = None,
    where: ConditionBase | None = None,
    consistent: bool = False,
) -> Page:
    """One page of a partition, of the table or of one of its indexes (GSI1 to GSI5)."""
    arguments = _query(partition, prefix, between, index, where)
    arguments |= {"ScanIndexForward": not newest}
    if consistent and not index:
        arguments["ConsistentRead"] = True
    if limit is not None:
        arguments["Limit"] = limit
    if start:
        arguments["ExclusiveStartKey"] = pack_item(start)
    answer = client.query(**arguments)
    last = answer.get("LastEvaluatedKey")
    return Page([unpack_item(item) for item in answer["Items"]], unpack_item(last) if last else None)


def every(partition: str, **how: Any) -> Iterator[Item]:
    """All items of a partition, page by page; `how` as for `query`."""
    start: Item | None = None
    while True:
        page = query(partition, start=start, **how)
        yield from page.items
        start = page.next
        if not start:
            return


def fill(
    partition: str,
    want: int,
    keep: Callable[[Item], bool],
    *,
    start: Mapping[str, Any] | None = None,
    index: str = "",
    **how: Any,
) -> Page:
    """The next `want` items that are worth keeping; `next` goes on right behind the last one looked at."""
    kept: list[Item] = []
    at: Mapping[str, Any] | None = start
    for _ in range(ROUNDS):
        page = query(partition, start=at, index=index, limit=max(want, 20), **how)
        for number, item in enumerate(page.items, 1):
            if not keep(item):
                continue
            kept.append(item)
            if len(kept) == want:
                more = number < len(page.items) or page.next is not None
                return Page(kept, position(item, index) if more else None)
        at = page.next
        if at is None:
            return Page(kept, None)
    return Page(kept, dict(at) if at else None)


def count(
    partition: str,
    *,
    prefix: str = "",
    between: tuple[str, str] | None = None,
    index: str = "",
    where: ConditionBase | None = None,
) -> int:
    """How many items a partition holds, read page by page."""
    arguments = _query(partition, prefix, between, index, where) | {"Select": "COUNT"}
    total = 0
    while True:
        answer = client.query(**arguments)
        total += int(answer["Count"])
        if "LastEvaluatedKey" not in answer:
            return total
        arguments["ExclusiveStartKey"] = answer["LastEvaluatedKey"]


def position(item: Mapping[str, Any], index: str = "") -> Item:
    """The key by which a query goes on behind an item."""
    return {name: item[name] for name in key_names(index)}


def key_names(index: str = "") -> tuple[str, ...]:
    """The attributes that make a position in the table or in an index."""
    return ("PK", "SK", f"{index}PK", f"{index}SK") if index else ("PK", "SK")


def _query(
    partition: str, prefix: str, between: tuple[str, str] | None, index: str, where: ConditionBase | None
) -> dict[str, Any]:
    condition: ConditionBase = Key(f"{index}PK").eq(partition)
    if prefix:
        condition &= Key(f"{index}SK").begins_with(prefix)
    elif between:
        condition &= Key(f"{index}SK").between(*between)
    builder = ConditionExpressionBuilder()
    built = builder.build_expression(condition, is_key_condition=True)
    arguments: dict[str, Any] = {"TableName": TABLE, "KeyConditionExpression": built.condition_expression}
    names, values = dict(built.attribute_name_placeholders), dict(built.attribute_value_placeholders)
    if where is not None:
        filtered = builder.build_expression(where)
        arguments["FilterExpression"] = filtered.condition_expression
        names |= filtered.attribute_name_placeholders
        values |= filtered.attribute_value_placeholders
    if index:
        arguments["IndexName"] = index
    return arguments | {"ExpressionAttributeNames": names, "ExpressionAttributeValues": pack_item(values)}


def _pause(tries: int) -> int:
    time.sleep(min(0.05 * 2**tries, 1.0))
    return tries + 1

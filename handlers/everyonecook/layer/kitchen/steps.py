"""The steps that writes and transactions are made of, and the form DynamoDB wants them in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from boto3.dynamodb.conditions import Attr, ConditionBase, ConditionExpressionBuilder

from kitchen.marshal import pack, pack_item

ABSENT: ConditionBase = Attr("PK").not_exists()
PRESENT: ConditionBase = Attr("PK").exists()


@dataclass(frozen=True)
class Put:
    """Write a whole item."""

    item: Mapping[str, Any]
    when: ConditionBase | None = None


@dataclass(frozen=True)
class Update:
    """Change attributes: set `values`, set them `once` where absent, `add` to numbers, `append` to lists, `remove`.

    A dot in a name leads into a map.
    """

    key: Mapping[str, str]
    values: Mapping[str, Any] = field(default_factory=dict)
    once: Mapping[str, Any] = field(default_factory=dict)
    add: Mapping[str, int | float] = field(default_factory=dict)
    remove: Iterable[str] = ()
    when: ConditionBase | None = None
    append: Mapping[str, list[Any]] = field(default_factory=dict)


@dataclass(frozen=True)
class Delete:
    """Remove an item."""

    key: Mapping[str, str]
    when: ConditionBase | None = None


@dataclass(frozen=True)
class Check:
    """Hold a transaction to a condition on an item that it does not write."""

    key: Mapping[str, str]
    when: ConditionBase


Step = Put | Update | Delete | Check


def arguments(step: Step, table: str) -> dict[str, Any]:
    """What DynamoDB's call for one step is given."""
    names: dict[str, str] = {}
    values: dict[str, Any] = {}
    given: dict[str, Any] = {"TableName": table, "ReturnValuesOnConditionCheckFailure": "ALL_OLD"}
    match step:
        case Put():
            given["Item"] = pack_item(step.item)
        case Update():
            given["Key"] = pack_item(step.key)
            given["UpdateExpression"] = _assignments(step, names, values)
        case Delete() | Check():
            given["Key"] = pack_item(step.key)
    if step.when is not None:
        built = ConditionExpressionBuilder().build_expression(step.when)
        given["ConditionExpression"] = built.condition_expression
        names |= built.attribute_name_placeholders
        values |= pack_item(built.attribute_value_placeholders)
    if names:
        given["ExpressionAttributeNames"] = names
    if values:
        given["ExpressionAttributeValues"] = values
    return given


def _assignments(step: Update, names: dict[str, str], values: dict[str, Any]) -> str:
    def path(name: str) -> str:
        parts = []
        for part in name.split("."):
            parts.append(f"#s{len(names)}")
            names[parts[-1]] = part
        return ".".join(parts)

    def value(held: Any) -> str:
        placeholder = f":s{len(values)}"
        values[placeholder] = pack(held)
        return placeholder

    sets = [f"{path(name)} = {value(held)}" for name, held in step.values.items()]
    for name, held in step.once.items():
        at = path(name)
        sets.append(f"{at} = if_not_exists({at}, {value(held)})")
    for name, more in step.append.items():
        at = path(name)
        sets.append(f"{at} = list_append(if_not_exists({at}, {value([])}), {value(more)})")
    adds = [f"{path(name)} {value(by)}" for name, by in step.add.items()]
    removes = [path(name) for name in step.remove]
    clauses = (("SET", sets), ("ADD", adds), ("REMOVE", removes))
    return " ".join(f"{word} {', '.join(parts)}" for word, parts in clauses if parts)

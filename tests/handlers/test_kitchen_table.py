from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import world
from boto3.dynamodb.conditions import Attr
from faults import answered, refused
from hypothesis import given
from hypothesis import strategies as st
from kitchen import changes, table
from kitchen.errors import TooLarge
from kitchen.marshal import pack, unpack

pytestmark = pytest.mark.usefixtures("aws")
KEY = {"PK": "USER#u", "SK": "THING"}

plain = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.text()
    | st.floats(allow_nan=False, allow_infinity=False, width=32).filter(lambda number: not number.is_integer()),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=10,
)


@given(plain)
def test_a_value_comes_back_as_it_was(value: Any) -> None:
    assert unpack(pack(value)) == value


@pytest.mark.parametrize("value", [float("nan"), float("inf"), {1, 2}, b"bytes", object()])
def test_what_the_table_cannot_hold_is_refused(value: Any) -> None:
    with pytest.raises(TypeError, match=r"^the table cannot hold "):
        pack(value)


def test_an_item_is_put_and_read_and_deleted() -> None:
    changes.put({**KEY, "n": 1, "f": 2.5, "status": "active", "list": ["a", {"b": None}]})
    assert table.get(KEY) == {**KEY, "n": 1, "f": 2.5, "status": "active", "list": ["a", {"b": None}]}
    assert changes.delete(KEY) == {**KEY, "n": 1, "f": 2.5, "status": "active", "list": ["a", {"b": None}]}
    assert table.get(KEY) is None
    assert changes.delete(KEY) is None


def test_an_update_sets_sets_once_adds_and_removes() -> None:
    changes.put({**KEY, "ttl": 5, "count": 1, "map": {"a": 1}, "createdAt": 7})
    assert changes.update(
        KEY, {"status": "x", "map.a": 2}, once={"createdAt": 9, "size": 3}, add={"count": 4}, remove=["ttl"]
    ) == {**KEY, "status": "x", "map": {"a": 2}, "createdAt": 7, "size": 3, "count": 5}


def test_a_condition_that_fails_tells_what_stood_there() -> None:
    changes.put({**KEY, "n": 1})
    with pytest.raises(changes.ConditionFailed) as failed:
        changes.put({**KEY, "n": 2}, changes.ABSENT)
    assert failed.value.old == {**KEY, "n": 1}
    with pytest.raises(changes.ConditionFailed):
        changes.update({"PK": "USER#u", "SK": "NONE"}, {"n": 1}, when=changes.PRESENT)
    assert world.items() == [KEY]


def test_a_transaction_does_all_or_nothing() -> None:
    changes.put({**KEY, "n": 1})
    other = {"PK": "USER#u", "SK": "OTHER"}
    with pytest.raises(changes.ConditionFailed) as failed:
        changes.transact(changes.Put(other), changes.Update(KEY, {"n": 2}, when=Attr("n").eq(5)))
    assert failed.value.at == 1
    assert failed.value.old == {**KEY, "n": 1}
    assert table.get(other) is None
    changes.transact(changes.Put(other), changes.Check(KEY, Attr("n").eq(1)))
    changes.transact(changes.Delete(other), changes.Update(KEY, {"n": 3}))
    assert world.items() == [KEY]
    assert (table.get(KEY) or {})["n"] == 3


def test_a_transaction_that_clashes_is_tried_again() -> None:
    clash = {
        "Error": {"Code": "TransactionCanceledException", "Message": "cancelled"},
        "CancellationReasons": [{"Code": "TransactionConflict"}],
    }
    with answered(table.client, "TransactWriteItems", clash, 400) as sent, pytest.raises(Exception, match="cancelled"):
        changes.transact(changes.Put({**KEY}))
    assert len(sent) == 6


def test_an_item_that_is_too_large_is_the_callers_fault() -> None:
    too_large = "Item size to update has exceeded the maximum allowed size"
    with refused(table.client, "PutItem", "ValidationException", too_large), pytest.raises(TooLarge):
        changes.put({**KEY})


def test_a_query_reads_a_part_of_a_partition_in_either_order() -> None:
    changes.put_many({"PK": "P", "SK": f"A#{number}", "GSI1PK": "I", "GSI1SK": f"{9 - number}"} for number in range(5))
    changes.put({"PK": "P", "SK": "B#1"})
    assert [item["SK"] for item in table.query("P", prefix="A#").items] == ["A#0", "A#1", "A#2", "A#3", "A#4"]
    assert [item["SK"] for item in table.query("P", newest=True, limit=2).items] == ["B#1", "A#4"]
    assert [item["SK"] for item in table.query("I", index="GSI1").items] == ["A#4", "A#3", "A#2", "A#1", "A#0"]
    assert [item["SK"] for item in table.query("P", between=("A#1", "A#2")).items] == ["A#1", "A#2"]
    assert [item["SK"] for item in table.query("P", where=Attr("SK").eq("A#3")).items] == ["A#3"]
    assert table.count("P", prefix="A#") == 5


def test_a_query_goes_on_where_it_stopped() -> None:
    changes.put_many({"PK": "P", "SK": f"A#{number}"} for number in range(3))
    first = table.query("P", limit=2)
    assert first.next == {"PK": "P", "SK": "A#1"}
    assert [item["SK"] for item in table.query("P", start=first.next).items] == ["A#2"]
    assert [item["SK"] for item in table.every("P", limit=1)] == ["A#0", "A#1", "A#2"]


def test_a_filtered_list_is_filled_and_goes_on_behind_the_last_one_shown() -> None:
    changes.put_many({"PK": "P", "SK": f"A#{number:02d}"} for number in range(50))

    def even(item: dict[str, Any]) -> bool:
        return int(item["SK"][2:]) % 2 == 0

    seen: list[str] = []
    start = None
    for _ in range(10):
        page = table.fill("P", 7, even, start=start)
        seen += [item["SK"] for item in page.items]
        start = page.next
        if start is None:
            break
    assert seen == [f"A#{number:02d}" for number in range(0, 50, 2)]
    assert start is None


def test_many_items_are_read_written_and_deleted_in_batches() -> None:
    keys = [{"PK": f"P{number}", "SK": "S"} for number in range(130)]
    changes.put_many(keys)
    assert len(table.get_many([*keys, keys[0], {"PK": "none", "SK": "S"}])) == 130
    assert changes.delete_many([*keys, keys[0]]) == 130
    assert world.items() == []


def test_what_a_batch_leaves_undone_is_asked_for_again() -> None:
    left = {"UnprocessedItems": {"EveryoneCook-test-v2": [{"PutRequest": {"Item": pack_key(KEY)}}]}}
    with answered(table.client, "BatchWriteItem", left) as sent, pytest.MonkeyPatch.context() as patched:
        patched.setattr("kitchen.changes.time.sleep", lambda _: None)
        with pytest.raises(RuntimeError, match=r"^the table left 1 writes undone$"):
            changes.put_many([KEY])
    assert len(sent) == 10


def test_of_two_who_take_the_last_place_one_gets_it() -> None:
    changes.put({**KEY, "n": 1})

    def take(_: int) -> bool:
        try:
            changes.update(KEY, add={"n": -1}, when=Attr("n").gt(0))
        except changes.ConditionFailed:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(take, range(16))) == 1


def pack_key(key: dict[str, str]) -> dict[str, Any]:
    return {name: pack(value) for name, value in key.items()}

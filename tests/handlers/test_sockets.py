"""A WebSocket from its first word to its last, through the three functions behind the gateway."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
import socket_connect.handler
import socket_disconnect.handler
import socket_ping.handler
import world
from faults import unreachable
from front import CLIENT, CONTEXT, published, token
from kitchen import clock, table, tokens
from world import ALICE, BOB, NOW
from written import log

ID = "L0SM9cOFvHcCIhw="
PONG = {"action": "pong"}


@pytest.fixture(autouse=True)
def _pool(aws: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tokens, "RING", tokens.KeyRing(published))
    at(monkeypatch, NOW)


def at(monkeypatch: pytest.MonkeyPatch, moment: int) -> None:
    monkeypatch.setattr(clock, "now", lambda: moment)


def event(kind: str, connection: str = ID, query: dict[str, str] | None = None) -> dict[str, Any]:
    context = {"routeKey": kind, "eventType": "MESSAGE", "connectionId": connection, "stage": "live"}
    return {"requestContext": context, "queryStringParameters": query, "isBase64Encoded": False}


def connect(query: dict[str, str] | None, connection: str = ID) -> dict[str, Any]:
    return socket_connect.handler.handler(event("$connect", connection, query), CONTEXT)


def ping(connection: str = ID) -> dict[str, Any]:
    return socket_ping.handler.handler({**event("ping", connection), "body": '{"action":"ping"}'}, CONTEXT)


def disconnect(connection: str = ID) -> dict[str, Any]:
    return socket_disconnect.handler.handler(event("$disconnect", connection), CONTEXT)


@pytest.mark.parametrize("claims", [{}, {"token_use": "access", "aud": None, "client_id": CLIENT}])
def test_a_connection_is_noted_by_its_user_and_by_itself(claims: dict[str, Any]) -> None:
    assert connect({"token": token(ALICE, **claims)}) == {"statusCode": 200}
    # 2026-03-04 07:21:07 UTC, two hours and a quarter later
    noted = {"connectionId": ID, "userId": ALICE, "connectedAt": 1_772_600_767_089, "ttl": 1_772_608_867}
    assert world.item(f"USER#{ALICE}", f"CONNECTION#{ID}") == {
        "PK": f"USER#{ALICE}",
        "SK": f"CONNECTION#{ID}",
        **noted,
    }
    assert world.item(f"CONNECTION#{ID}", "METADATA") == {"PK": f"CONNECTION#{ID}", "SK": "METADATA", **noted}


@pytest.mark.parametrize(
    "query",
    [
        None,
        {},
        {"token": ""},
        {"token": "no.to.ken"},
        {"token": "eyJ" + "x" * 20_000},
        {"Token": token(ALICE)},
        {"token": token(ALICE, exp=int(time.time()) - 1)},
        {"token": token(ALICE, aud="another")},
        {"token": token(ALICE, token_use="refresh")},
        {"token": token(ALICE) + "x"},
        {"token": f"Bearer {token(ALICE)}"},
    ],
)
def test_without_a_good_token_no_connection_is_opened(query: dict[str, str] | None) -> None:
    assert connect(query) == {"statusCode": 401, "body": "the token is invalid or has expired"}
    assert world.items() == []


def test_keys_out_of_reach_are_our_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    def lost() -> dict[str, Any]:
        raise OSError

    monkeypatch.setattr(tokens, "RING", tokens.KeyRing(lost))
    assert connect({"token": token(ALICE)}) == {"statusCode": 500, "body": "something went wrong on our side"}


def test_no_token_stands_in_the_log() -> None:
    good = token(ALICE)
    with log() as written:
        connect({"token": good})
        with unreachable(table.client, "TransactWriteItems"):
            assert connect({"token": good})["statusCode"] == 500
        connect({"token": good + "x"})
    assert "a connection could not be opened" in written.getvalue()
    assert good.split(".")[1] not in written.getvalue()


def test_a_ping_is_answered_and_renews_the_time_to_live(monkeypatch: pytest.MonkeyPatch) -> None:
    connect({"token": token(ALICE)})
    at(monkeypatch, NOW + clock.HOUR)
    answer = ping()
    assert answer["statusCode"] == 200
    assert json.loads(answer["body"]) == PONG
    for key in ((f"USER#{ALICE}", f"CONNECTION#{ID}"), (f"CONNECTION#{ID}", "METADATA")):
        noted = world.item(*key)
        assert noted is not None
        assert (noted["ttl"], noted["connectedAt"]) == (1_772_612_467, 1_772_600_767_089)


def test_a_ping_of_an_unknown_connection_says_so_and_writes_nothing() -> None:
    answer = ping()
    assert answer["statusCode"] == 410
    assert json.loads(answer["body"]) == {"action": "reconnect"}
    assert world.items() == []


def test_a_ping_after_its_user_was_deleted_makes_no_item() -> None:
    connect({"token": token(ALICE)})
    table.client.delete_item(TableName=world.TABLE, Key={"PK": {"S": f"USER#{ALICE}"}, "SK": {"S": f"CONNECTION#{ID}"}})
    assert ping()["statusCode"] == 410
    assert world.items() == [{"PK": f"CONNECTION#{ID}", "SK": "METADATA"}]


def test_a_ping_that_fails_tells_nothing() -> None:
    with unreachable(table.client, "UpdateItem"):
        assert ping() == {"statusCode": 500, "body": '{"message": "something went wrong on our side"}'}


def test_a_closed_connection_is_forgotten_and_others_are_not() -> None:
    connect({"token": token(ALICE)})
    connect({"token": token(ALICE)}, "second")
    connect({"token": token(BOB)}, "third")
    assert disconnect() == {"statusCode": 200}
    assert world.items() == [
        {"PK": "CONNECTION#second", "SK": "METADATA"},
        {"PK": "CONNECTION#third", "SK": "METADATA"},
        {"PK": f"USER#{ALICE}", "SK": "CONNECTION#second"},
        {"PK": f"USER#{BOB}", "SK": "CONNECTION#third"},
    ]


def test_a_connection_may_be_closed_twice() -> None:
    connect({"token": token(ALICE)})
    assert disconnect() == disconnect() == {"statusCode": 200}
    assert world.items() == []


def test_a_table_out_of_reach_is_told_to_the_gateway() -> None:
    with unreachable(table.client, "GetItem"):
        assert disconnect() == {"statusCode": 500}

from __future__ import annotations

from typing import Any

import pytest
import world
from faults import unreachable
from front import CONTEXT
from kitchen import clock, table
from kitchen.keys import moderation, people
from post_authentication.handler import handler
from world import ALICE, NOW

LATER = NOW + 100 * clock.DAY


@pytest.fixture(autouse=True)
def _now(aws: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: LATER)


def signed_in(**request: Any) -> dict[str, Any]:
    return {
        "triggerSource": "PostAuthentication_Authentication",
        "userName": "alice",
        "request": {"userAttributes": {"sub": ALICE}, "newDeviceUsed": False, **request},
        "response": {},
    }


def profile() -> dict[str, Any]:
    found = world.item(f"USER#{ALICE}", "PROFILE")
    assert found is not None
    return found


def banned(ends: int | None) -> dict[str, Any]:
    return {
        **people.banned_index(ALICE, NOW),
        "isBanned": True,
        "isActive": False,
        "banReason": "spam",
        "bannedAt": NOW,
        "bannedBy": "admin",
        "banDuration": 1,
        "banDurationUnit": "days",
        "banDurationDisplay": "1 day",
        "banExpiresAt": ends,
    }


def test_a_sign_in_is_noted() -> None:
    world.sign_up(ALICE, "alice")
    before = profile()
    assert handler(signed_in(), CONTEXT) == signed_in()
    assert profile() == {**before, "lastLoginAt": LATER}


def test_who_comes_back_after_long_is_not_deleted() -> None:
    world.sign_up(ALICE, "alice", ttl=LATER // 1_000 + 60)
    handler(signed_in(), CONTEXT)
    assert "ttl" not in profile()


def test_a_ban_that_is_over_is_lifted() -> None:
    world.sign_up(ALICE, "alice", **banned(LATER - 1), ttl=5)
    world.put({**moderation.ban_schedule(ALICE), "banExpiresAt": LATER - 1})
    handler(signed_in(), CONTEXT)
    left = profile()
    assert (left["isBanned"], left["isActive"], left["lastLoginAt"]) == (False, True, LATER)
    gone = {"banReason", "bannedAt", "bannedBy", "banDuration", "banDurationUnit", "banDurationDisplay"}
    assert not left.keys() & (gone | {"GSI4PK", "GSI4SK", "ttl"})
    assert left.get("banExpiresAt") is None
    assert world.item(f"BAN_SCHEDULE#{ALICE}", "UNBAN_TASK") is None


@pytest.mark.parametrize("ends", [None, LATER + 1])
def test_a_ban_that_holds_stays(ends: int | None) -> None:
    world.sign_up(ALICE, "alice", **banned(ends))
    handler(signed_in(), CONTEXT)
    left = profile()
    assert (left["isBanned"], left["isActive"], left["banExpiresAt"]) == (True, False, ends)


def test_a_ban_that_was_renewed_meanwhile_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    world.sign_up(ALICE, "alice", **banned(LATER - 1))
    read = table.get

    def get(key: dict[str, str], consistent: bool = False) -> Any:
        found = read(key, consistent)
        world.put({**profile(), "banExpiresAt": LATER + clock.DAY})
        return found

    with monkeypatch.context() as patched:
        patched.setattr(table, "get", get)
        patched.setattr(world, "item", lambda *key: read(dict(zip(("PK", "SK"), key, strict=True)), True))
        handler(signed_in(), CONTEXT)
    left = profile()
    assert (left["isBanned"], left["banExpiresAt"], left["lastLoginAt"]) == (True, LATER + clock.DAY, LATER)


def test_no_profile_is_made_of_a_sign_in() -> None:
    handler(signed_in(), CONTEXT)
    assert world.items() == []


@pytest.mark.parametrize("operation", ["GetItem", "UpdateItem"])
def test_a_table_that_cannot_be_reached_keeps_nobody_out(operation: str, capsys: pytest.CaptureFixture[str]) -> None:
    world.sign_up(ALICE, "alice")
    with unreachable(table.client, operation):
        assert handler(signed_in(), CONTEXT) == signed_in()
    assert '"TriggerFailures":[1.0]' in capsys.readouterr().out


def test_an_event_without_a_sub_is_passed_on() -> None:
    assert handler(signed_in(userAttributes={}), CONTEXT) == signed_in(userAttributes={})

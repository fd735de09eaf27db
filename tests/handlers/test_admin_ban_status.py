from __future__ import annotations

from typing import Any

import office
import pytest
import world
from faults import refused
from front import Front
from kitchen import changes, clock, pool
from kitchen.keys import people
from office import asked, ban, is_enabled
from world import ALICE, BOB

FREE = {
    "isBanned": False,
    "banReason": None,
    "bannedAt": None,
    "banExpiresAt": None,
    "banDurationDisplay": None,
    "remainingTime": None,
    "canAppeal": False,
}
PUBLIC = "/users/ban-status"


@pytest.fixture(autouse=True)
def client(front: Front, monkeypatch: pytest.MonkeyPatch) -> Any:
    return office.opened(monkeypatch)


def public(front: Front, name: str | None, **how: Any) -> Any:
    return front.get(PUBLIC, query={"username": name} if name is not None else None, **how)


def test_who_is_not_banned_is_told_so(front: Front) -> None:
    answer = front.get("/users/me/ban-status", who=BOB)
    assert (answer.status, answer.body["data"]) == (200, FREE)
    assert asked(front, "GET", f"/admin/users/{BOB}/ban-status") == FREE
    assert asked(front, "GET", "/admin/users/nobody/ban-status") == FREE


def test_a_banned_user_learns_why_and_how_long(front: Front) -> None:
    ban(front, BOB, 2, "days", "posts spam")
    told = front.get("/users/me/ban-status", who=BOB).body["data"]
    assert told == asked(front, "GET", f"/admin/users/{BOB}/ban-status") | {"remainingTime": told["remainingTime"]}
    assert told["isBanned"] is True
    assert told["banReason"] == "posts spam"
    assert told["banExpiresAt"] - told["bannedAt"] == 172_800_000
    assert told["banDurationDisplay"] == "2 days"
    assert 172_700_000 < told["remainingTime"] <= 172_800_000
    assert told["canAppeal"] is True


def test_a_ban_for_good_has_no_remaining_time(front: Front) -> None:
    ban(front, BOB, 0)
    told = front.get("/users/me/ban-status", who=BOB).body["data"]
    assert (told["isBanned"], told["banExpiresAt"], told["remainingTime"]) == (True, None, None)


def test_the_status_of_others_is_for_administrators(front: Front) -> None:
    assert front.get(f"/admin/users/{BOB}/ban-status", who=ALICE).status == 403
    assert front.get(f"/admin/users/{BOB}/ban-status").status == 401
    assert front.get("/users/me/ban-status").status == 401


def test_anybody_learns_of_a_ban_by_name_and_of_nothing_else(front: Front) -> None:
    ban(front, BOB, 2, "days", "posts spam")
    changes.update(people.profile(BOB), {"birthday": "2000-01-01", "violationCount": 3})
    answer = public(front, " BOB ")
    assert answer.status == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.body["data"].keys() == {*FREE, "userId", "appealStatus"}
    assert answer.body["data"]["userId"] == BOB
    assert answer.body["data"]["appealStatus"] is None


def test_who_is_free_looks_like_who_does_not_exist(front: Front) -> None:
    for name in ("alice", "nobody", "", None, "a#b", "x" * 256):
        answer = public(front, name)
        assert (answer.status, answer.body["data"]) == (200, FREE)


def test_the_public_status_tells_how_the_appeal_stands(front: Front) -> None:
    ban(front, BOB, 2)
    front.post("/appeals/submit", {"userId": BOB, "reason": "I will behave"})
    told = public(front, "bob").body["data"]
    assert (told["appealStatus"], told["canAppeal"]) == ("pending", False)


@pytest.mark.parametrize("path", [PUBLIC, "/users/me/ban-status"])
def test_a_ban_that_is_over_is_lifted_by_asking(front: Front, client: Any, path: str) -> None:
    ban(front, BOB, 1, "minutes")
    changes.update(people.profile(BOB), {"banExpiresAt": clock.now() - 1})
    answer = front.get(path, who=None if path == PUBLIC else BOB, query={"username": "bob"})
    assert (answer.status, answer.body["data"]) == (200, FREE)
    assert is_enabled(client, "bob")
    held = world.item(f"USER#{BOB}", "PROFILE") or {}
    assert (held["isBanned"], held["isActive"]) == (False, True)
    assert world.item(f"BAN_SCHEDULE#{BOB}", "UNBAN_TASK") is None


def test_a_ban_that_is_over_and_cannot_be_lifted_is_tried_again(front: Front, client: Any) -> None:
    ban(front, BOB, 1, "minutes")
    changes.update(people.profile(BOB), {"banExpiresAt": clock.now() - 1})
    with refused(pool.client, "AdminEnableUser", "InternalErrorException", status=500):
        assert public(front, "bob").body["data"] == FREE
    assert (world.item(f"USER#{BOB}", "PROFILE") or {})["isBanned"] is True
    assert public(front, "bob").body["data"] == FREE
    assert is_enabled(client, "bob")


def test_the_public_status_is_limited_whatever_address_is_made_up(front: Front) -> None:
    for number in range(30):
        assert public(front, "bob", headers={"X-Forwarded-For": f"198.51.100.{number}"}).status == 200
    answer = public(front, "bob", headers={"X-Forwarded-For": "198.51.100.99"})
    assert answer.status == 429
    assert answer.body["error"]["code"] == "RATE_LIMIT_EXCEEDED"
    assert int(answer.headers["Retry-After"]) <= 60

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import office
import pytest
import world
from faults import refused, unreachable
from front import Front
from kitchen import clock, pool, table, users
from kitchen.keys import moderation
from office import ADMIN, ask, asked, ban, code, is_enabled
from world import ALICE, BOB


@pytest.fixture(autouse=True)
def client(front: Front, monkeypatch: pytest.MonkeyPatch) -> Any:
    return office.opened(monkeypatch)


def profile(user_id: str) -> dict[str, Any]:
    return world.item(f"USER#{user_id}", "PROFILE") or {}


def unban(front: Front, user_id: str, **more: Any) -> Any:
    return ask(front, "POST", "/admin/users/unban", {"targetUserId": user_id, **more})


def test_a_ban_for_a_while_shuts_the_user_out_everywhere(front: Front, client: Any) -> None:
    before = clock.now()
    answer = ban(front, BOB, 2, "hours", "posts spam")
    assert answer.status == 200
    said = answer.body["data"]
    assert said["userId"] == BOB
    assert (said["banType"], said["banDuration"]) == ("temporary", 2)
    held = profile(BOB)
    assert held["isBanned"] is True
    assert held["isActive"] is False
    assert held["banReason"] == "posts spam"
    assert held["bannedBy"] == ADMIN
    assert held["banDurationDisplay"] == "2 hours"
    assert held["banExpiresAt"] == held["bannedAt"] + 7_200_000
    assert held["bannedAt"] >= before
    schedule = world.item(f"BAN_SCHEDULE#{BOB}", "UNBAN_TASK")
    assert schedule
    assert schedule["banExpiresAt"] == held["banExpiresAt"]
    assert schedule["ttl"] == held["banExpiresAt"] // 1_000
    assert not is_enabled(client, "bob")
    assert asked(front, "GET", f"/admin/users/{BOB}/ban-status")["isBanned"] is True
    assert ("account_banned", None) in _news(front, BOB)


def test_a_ban_for_good_has_no_schedule(front: Front, client: Any) -> None:
    assert ban(front, BOB, 0).body["data"]["banType"] == "permanent"
    assert profile(BOB)["banExpiresAt"] is None
    assert profile(BOB)["banDurationDisplay"] == "permanent"
    assert world.item(f"BAN_SCHEDULE#{BOB}", "UNBAN_TASK") is None
    assert not is_enabled(client, "bob")


@pytest.mark.parametrize("duration", [0, 1])
def test_an_unban_undoes_all_of_it(front: Front, client: Any, duration: int) -> None:
    before = profile(BOB)
    ban(front, BOB, duration)
    answer = unban(front, BOB, unbanReason="it was a mistake")
    assert answer.status == 200
    assert answer.body["data"]["userId"] == BOB
    after = profile(BOB)
    assert after.pop("banCount") == 1
    assert {**after, "updatedAt": 0} == {**before, "updatedAt": 0}
    assert world.item(f"BAN_SCHEDULE#{BOB}", "UNBAN_TASK") is None
    assert is_enabled(client, "bob")
    assert ("account_unbanned", None) in _news(front, BOB)
    (history,) = asked(front, "GET", f"/admin/users/{BOB}")["banHistory"]
    assert history["banReason"] == "spam again"
    assert history["unbanReason"] == "it was a mistake"
    assert history["unbannedBy"] == ADMIN
    assert office.actions(front)[:2] == ["UNBAN_USER", "BAN_USER"]


def test_what_was_done_is_noted_with_who_and_whom(front: Front) -> None:
    ask(
        front,
        "POST",
        "/admin/users/ban",
        {"targetUserId": BOB, "banReason": "posts spam", "banDuration": 3},
        headers={"X-Forwarded-For": "198.51.100.7, 10.0.0.1"},
    )
    (noted,) = asked(front, "GET", "/admin/activity", query={"actionType": "BAN_USER"})["activities"]
    assert noted["adminUserId"] == ADMIN
    assert noted["targetUserId"] == BOB
    assert noted["targetUsername"] == "bob"
    assert noted["reason"] == "posts spam"
    assert noted["ipAddress"] == "198.51.100.7"
    assert noted["metadata"]["banDuration"] == 3
    assert not {"PK", "SK", "GSI1PK", "GSI2PK", "GSI3PK"} & noted.keys()


def test_activities_come_newest_first_in_parts(front: Front) -> None:
    ban(front, ALICE)
    ban(front, BOB)
    unban(front, ALICE)
    all_of_them = asked(front, "GET", "/admin/activity")
    assert [item["action"] for item in all_of_them["activities"]] == ["UNBAN_USER", "BAN_USER", "BAN_USER"]
    assert (all_of_them["count"], all_of_them["total"], all_of_them["hasMore"]) == (3, 3, False)
    part = asked(front, "GET", "/admin/activity", query={"limit": "1", "actionType": "BAN_USER"})
    assert [item["targetUserId"] for item in part["activities"]] == [BOB]
    assert (part["count"], part["total"], part["hasMore"]) == (1, 2, True)
    assert asked(front, "GET", "/admin/activity", query={"actionType": "NOTHING"})["activities"] == []
    assert ask(front, "GET", "/admin/activity", query={"limit": "101"}).status == 400


def test_nobody_is_banned_twice_or_unbanned_without_a_ban(front: Front) -> None:
    assert code(unban(front, BOB)) == (400, "NOT_BANNED")
    ban(front, BOB)
    held = profile(BOB)
    again = ban(front, BOB, 0, reason="something else")
    assert again.body["error"]["message"] == "the user is banned already"
    assert code(again) == (400, "ALREADY_BANNED")
    assert profile(BOB) == held


def test_a_ban_that_is_over_may_be_followed_by_another(front: Front) -> None:
    ban(front, BOB, 1, "minutes")
    _move_end(BOB, clock.now() - 1)
    assert ban(front, BOB, 0, reason="once more").status == 200
    assert profile(BOB)["banReason"] == "once more"
    assert len(asked(front, "GET", f"/admin/users/{BOB}")["banHistory"]) == 2


def test_who_is_not_there_cannot_be_banned(front: Front) -> None:
    nobody = "99999999-0000-4000-8000-000000000009"
    before = office.written()
    assert code(ban(front, nobody)) == (404, "TARGET_USER_NOT_FOUND")
    assert code(unban(front, nobody)) == (404, "TARGET_USER_NOT_FOUND")
    added = [item for item in office.written() if item not in before]
    assert [item["SK"] for item in added] == ["ADMIN_ACTIONS"]


def test_administrators_do_not_ban_themselves(front: Front) -> None:
    answer = ban(front, ADMIN)
    assert code(answer) == (400, "ADMIN_100")
    assert answer.body["error"]["message"] == "nobody bans himself"
    assert profile(ADMIN)["isBanned"] is False


@pytest.mark.parametrize(
    "changed",
    [
        {"targetUserId": "bob"},
        {"targetUserId": None},
        {"banReason": "spam"},
        {"banReason": "x" * 501},
        {"banDuration": -1},
        {"banDuration": 1.5},
        {"banDuration": "1"},
        {"banDurationUnit": "years"},
        {"silently": True},
    ],
)
def test_a_malformed_ban_is_refused_and_does_nothing(front: Front, changed: dict[str, Any]) -> None:
    before = office.written()
    body = {"targetUserId": BOB, "banReason": "spam again", "banDuration": 1, **changed}
    assert code(ask(front, "POST", "/admin/users/ban", body)) == (400, "ADMIN_100")
    assert office.written() == before


def test_a_malformed_unban_is_refused(front: Front) -> None:
    assert code(unban(front, BOB, unbanReason="short")) == (400, "ADMIN_100")
    assert code(unban(front, BOB, unbanReason="x" * 501)) == (400, "ADMIN_100")


def test_a_ban_that_the_pool_refuses_leaves_nothing(front: Front, client: Any) -> None:
    before, held = office.written(), profile(BOB)
    with refused(pool.client, "AdminDisableUser", "InternalErrorException", "secret detail", 500):
        answer = ban(front, BOB)
    assert code(answer) == (500, "BAN_OPERATION_FAILED")
    assert answer.body["error"]["message"] == "the ban could not be placed"
    added = [item for item in office.written() if item not in before]
    assert [item["SK"] for item in added] == ["ADMIN_ACTIONS"]
    left = profile(BOB)
    assert left.pop("banCount") == 0
    assert left == held
    assert is_enabled(client, "bob")
    assert office.actions(front) == []


def test_a_ban_that_the_table_refuses_never_reaches_the_pool(front: Front, client: Any) -> None:
    held = profile(BOB)
    with unreachable(table.client, "TransactWriteItems"):
        assert code(ban(front, BOB)) == (500, "BAN_OPERATION_FAILED")
    assert profile(BOB) == held
    assert is_enabled(client, "bob")


def test_a_ban_over_an_older_one_is_taken_back_to_that(front: Front) -> None:
    ban(front, BOB, 1, "minutes")
    _move_end(BOB, clock.now() - 1)
    held = profile(BOB)
    with refused(pool.client, "AdminDisableUser", "TooManyRequestsException"):
        assert code(ban(front, BOB, 5)) == (500, "BAN_OPERATION_FAILED")
    assert profile(BOB) == held
    assert (world.item(f"BAN_SCHEDULE#{BOB}", "UNBAN_TASK") or {})["banExpiresAt"] == held["banExpiresAt"]


def test_an_unban_that_the_table_refuses_shuts_the_user_out_again(front: Front, client: Any) -> None:
    ban(front, BOB)
    held = profile(BOB)
    with unreachable(table.client, "TransactWriteItems"):
        answer = unban(front, BOB)
    assert code(answer) == (500, "UNBAN_OPERATION_FAILED")
    assert answer.body["error"]["message"] == "the ban could not be lifted"
    assert profile(BOB) == held
    assert not is_enabled(client, "bob")


def test_an_unban_that_the_pool_refuses_leaves_the_ban(front: Front) -> None:
    ban(front, BOB)
    held = profile(BOB)
    with refused(pool.client, "AdminEnableUser", "InternalErrorException", status=500):
        assert code(unban(front, BOB)) == (500, "UNBAN_OPERATION_FAILED")
    assert profile(BOB) == held


def test_who_is_only_in_the_table_can_be_banned_all_the_same(front: Front, client: Any) -> None:
    client.admin_delete_user(UserPoolId=pool.USER_POOL_ID, Username="bob")
    assert ban(front, BOB).status == 200
    assert unban(front, BOB).status == 200


def test_of_two_administrators_one_places_the_ban(front: Front, client: Any) -> None:
    ends = [1, 2, 3, 4]
    with ThreadPoolExecutor(4) as workers:
        answers = list(workers.map(lambda days: _place(days), ends))
    assert sorted(answers) == ["ALREADY_BANNED", "ALREADY_BANNED", "ALREADY_BANNED", "placed"]
    assert len(asked(front, "GET", f"/admin/users/{BOB}")["banHistory"]) == 1
    assert profile(BOB)["banCount"] == 1
    assert not is_enabled(client, "bob")


def test_a_hundred_bans_and_unbans_an_hour_are_the_end(front: Front) -> None:
    now = clock.now()
    world.put({"PK": f"RATE_LIMIT#{ADMIN}", "SK": "ADMIN_ACTIONS", "count": 99, "windowStart": now - 1_000})
    assert ban(front, BOB).status == 200
    answer = unban(front, BOB)
    assert code(answer) == (429, "RATE_LIMIT_EXCEEDED")
    assert 3_590 <= int(answer.headers["Retry-After"]) == answer.body["error"]["retryAfter"] <= 3_600
    assert profile(BOB)["isBanned"] is True


def test_a_lift_by_time_does_not_undo_a_ban_that_followed(front: Front) -> None:
    from admin.people import lifting

    ban(front, BOB, 1, "minutes")
    _move_end(BOB, clock.now() - 1)
    old = profile(BOB)
    ban(front, BOB, 0, reason="once more")
    lifting.let_in(old, clock.now())
    assert users.is_banned(profile(BOB), clock.now())


def _place(days: int) -> str:
    from admin.audit import Actor
    from admin.people.banning import Ban, place
    from kitchen.errors import BadRequest

    try:
        place(Actor(ADMIN, "root", ""), BOB, Ban("spam again", days, "days"), clock.now() + days)
    except BadRequest as error:
        return error.code
    return "placed"


def _move_end(user_id: str, ends: int) -> None:
    from kitchen import changes
    from kitchen.keys import people

    changes.update(people.profile(user_id), {"banExpiresAt": ends})
    changes.update(moderation.ban_schedule(user_id), {"banExpiresAt": ends})


def _news(front: Front, who: str) -> list[tuple[str, str | None]]:
    import society

    return society.news(front, who)


def test_a_refusal_is_logged_by_its_code(front: Front) -> None:
    from written import log

    with log() as lines:
        unban(front, BOB)
    assert '"refusal":"NOT_BANNED"' in lines.getvalue()

from __future__ import annotations

from typing import Any

import office
import pytest
import society
import world
from faults import refused
from front import Front
from kitchen import changes, clock, pool, users
from kitchen.keys import people
from office import ADMIN, ask, asked, ban, code
from society import DAVE
from world import ALICE, BOB, CAROL

DAY = 86_400_000


@pytest.fixture(autouse=True)
def client(front: Front, monkeypatch: pytest.MonkeyPatch) -> Any:
    return office.opened(monkeypatch)


def listed(front: Front, **query: str) -> list[str]:
    found = asked(front, "GET", "/admin/users", query=query)
    assert found["count"] == len(found["users"])
    return sorted(user["username"] for user in found["users"])


def test_all_users_are_listed_but_administrators(front: Front) -> None:
    found = asked(front, "GET", "/admin/users")
    assert sorted(user["username"] for user in found["users"]) == ["alice", "bob", "carol", "dave"]
    assert {name: found[name] for name in ("count", "total", "page", "totalPages", "hasMore")} == {
        "count": 4,
        "total": 4,
        "page": 1,
        "totalPages": 1,
        "hasMore": False,
    }


def test_a_user_is_listed_with_what_is_counted(front: Front) -> None:
    post = society.write(front, BOB)
    society.cook(BOB)
    ask(front, "POST", f"/admin/posts/{post['postId']}/action", {"action": "warn", "reason": "mind the rules"})
    ask(front, "POST", f"/admin/posts/{post['postId']}/action", {"action": "hide_post", "reason": "too much"})
    ban(front, BOB, 1, "days", "and out")
    (row,) = asked(front, "GET", "/admin/users", query={"search": "bob"})["users"]
    held = world.item(f"USER#{BOB}", "PROFILE") or {}
    assert row == {
        "userId": BOB,
        "username": "bob",
        "email": "bob@example.test",
        "displayName": "Bob",
        "avatarUrl": "https://cdn.everyonecook.cloud/defaults/avatar.png",
        "isActive": False,
        "isBanned": True,
        "banReason": "and out",
        "bannedAt": held["bannedAt"],
        "createdAt": world.NOW,
        "lastLoginAt": world.NOW,
        "violationCount": 2,
        "warningCount": 1,
        "deletedPostCount": 1,
        "deletedCommentCount": 0,
        "banCount": 1,
        "postCount": 1,
        "recipeCount": 1,
    }


def test_users_are_listed_page_by_page(front: Front) -> None:
    first = asked(front, "GET", "/admin/users", query={"limit": "3"})
    second = asked(front, "GET", "/admin/users", query={"limit": "3", "page": "2"})
    third = asked(front, "GET", "/admin/users", query={"limit": "3", "page": "3"})
    assert [page["count"] for page in (first, second, third)] == [3, 1, 0]
    assert [page["hasMore"] for page in (first, second, third)] == [True, False, False]
    assert {page["totalPages"] for page in (first, second, third)} == {2}
    shown = [user["userId"] for page in (first, second) for user in page["users"]]
    assert sorted(shown) == sorted([ALICE, BOB, CAROL, DAVE])


def test_users_are_chosen_by_state_and_text(front: Front) -> None:
    ban(front, BOB)
    changes.update(people.profile(CAROL), {"fullName": "Cường Đỗ"})
    assert listed(front, status="banned") == ["bob"]
    assert listed(front, status="active") == ["alice", "carol", "dave"]
    assert listed(front, status="all", search="ALI") == ["alice"]
    assert listed(front, search="cuong do") == ["carol"]
    assert listed(front, search="dave@example") == ["dave"]
    assert listed(front, search="nobody") == []
    changes.update(people.profile(BOB), {"banExpiresAt": clock.now() - 1})
    assert listed(front, status="banned") == []
    assert "bob" in listed(front, status="active")


@pytest.mark.parametrize(
    "query", [{"limit": "0"}, {"limit": "101"}, {"page": "0"}, {"status": "gone"}, {"search": "x" * 201}]
)
def test_a_malformed_list_is_refused(front: Front, query: dict[str, str]) -> None:
    assert code(ask(front, "GET", "/admin/users", query=query)) == (400, "ADMIN_100")


def test_a_list_does_without_a_pool_that_does_not_answer(front: Front) -> None:
    with refused(pool.client, "ListUsersInGroup", "AccessDeniedException"):
        assert listed(front) == ["alice", "bob", "carol", "dave"]


def test_banned_users_are_listed_the_newest_ban_first(front: Front) -> None:
    ban(front, ALICE, 0)
    ban(front, BOB, 3)
    ban(front, CAROL, 1, "minutes")
    changes.update(people.profile(CAROL), {"banExpiresAt": clock.now() - 1})
    found = asked(front, "GET", "/admin/users/banned")
    assert [user["username"] for user in found["users"]] == ["bob", "alice"]
    assert [user["banType"] for user in found["users"]] == ["temporary", "permanent"]
    assert [user["daysRemaining"] for user in found["users"]] == [3, None]
    assert (found["count"], found["hasMore"], found["lastEvaluatedKey"]) == (2, False, None)
    for kind, name in (("temporary", "bob"), ("permanent", "alice")):
        chosen = asked(front, "GET", "/admin/users/banned", query={"banType": kind})
        assert [user["username"] for user in chosen["users"]] == [name]


def test_banned_users_are_listed_page_by_page(front: Front) -> None:
    for user_id in (ALICE, BOB, CAROL):
        ban(front, user_id)
    first = asked(front, "GET", "/admin/users/banned", query={"limit": "2"})
    assert first["hasMore"] is True
    query = {"limit": "2", "lastEvaluatedKey": first["lastEvaluatedKey"]}
    second = asked(front, "GET", "/admin/users/banned", query=query)
    shown = [user["username"] for page in (first, second) for user in page["users"]]
    assert shown == ["carol", "bob", "alice"]
    assert code(ask(front, "GET", "/admin/users/banned", query={"lastEvaluatedKey": "e30="})) == (400, "ADMIN_100")


def test_one_user_is_shown_with_violations_and_bans(front: Front) -> None:
    post = society.write(front, BOB)
    ask(front, "POST", f"/admin/posts/{post['postId']}/action", {"action": "warn", "reason": "mind the rules"})
    ban(front, BOB)
    found = asked(front, "GET", f"/admin/users/{BOB}")
    assert found["profile"]["email"] == "bob@example.test"
    assert not {"PK", "SK", "GSI4PK"} & found["profile"].keys()
    assert [item["reason"] for item in found["violations"]] == ["mind the rules"]
    assert [item["banReason"] for item in found["banHistory"]] == ["spam again"]
    assert found["stats"] == {"totalViolations": 1, "totalBans": 1, "currentlyBanned": True}
    assert code(ask(front, "GET", "/admin/users/nobody")) == (404, "TARGET_USER_NOT_FOUND")


def test_who_has_long_not_been_there_is_listed_and_left(front: Front) -> None:
    _here()
    _away(ALICE, 91)
    _away(BOB, 89)
    before = world.item(f"USER#{ALICE}", "PROFILE")
    found = asked(front, "POST", "/admin/users/cleanup-inactive")
    assert (found["dryRun"], found["inactiveDays"], found["count"], found["markedCount"]) == (True, 90, 1, 0)
    assert [user["userId"] for user in found["users"]] == [ALICE]
    assert world.item(f"USER#{ALICE}", "PROFILE") == before


def test_who_has_long_not_been_there_gets_a_week_and_a_warning(front: Front) -> None:
    _here()
    _away(ALICE, 91)
    _away(CAROL, 200, lastActivityAt=clock.now() - DAY)
    _away(DAVE, 200, ttl=1)
    _away(ADMIN, 200)
    now = clock.now() // 1_000
    found = asked(front, "POST", "/admin/users/cleanup-inactive", {"dryRun": False})
    assert (found["count"], found["markedCount"], found["hasMore"]) == (1, 1, False)
    ttl = (world.item(f"USER#{ALICE}", "PROFILE") or {})["ttl"]
    assert 7 * 86_400 - 1 <= ttl - now <= 7 * 86_400 + 60
    assert society.news(front, ALICE) == [("WARNING", None)]
    for user_id in (BOB, CAROL, ADMIN):
        assert "ttl" not in (world.item(f"USER#{user_id}", "PROFILE") or {})
    assert office.actions(front) == ["CLEANUP_INACTIVE_USERS"]
    assert asked(front, "POST", "/admin/users/cleanup-inactive", {"dryRun": False})["count"] == 0


@pytest.mark.parametrize("body", [{"inactiveDays": 89}, {"inactiveDays": 366}, {"dryRun": "no"}])
def test_a_malformed_clean_up_is_refused(front: Front, body: Any) -> None:
    assert code(ask(front, "POST", "/admin/users/cleanup-inactive", body)) == (400, "ADMIN_100")


def test_pool_and_table_are_compared_and_left(front: Front, client: Any) -> None:
    _orphans(client)
    before = office.written()
    found = asked(front, "POST", "/admin/users/sync")
    assert found["tableOrphans"] == [{"userId": BOB, "username": "bob"}]
    assert found["cognitoOrphans"] == [{"userId": "ffffffff-0000-4000-8000-00000000000f", "username": "frank"}]
    assert (found["cognitoUsers"], found["tableUsers"]) == (6, 5)
    assert (found["deleted"], found["errors"]) == ({"table": 0, "cognito": 0}, [])
    assert office.written() == before
    assert "frank" in office.names(client)


def test_what_belongs_to_nobody_is_taken_away(front: Front, client: Any) -> None:
    _orphans(client)
    world.put_object(f"avatars/{BOB}/avatar.jpg")
    found = asked(front, "POST", "/admin/users/sync", {"dryRun": False})
    assert found["deleted"] == {"table": 1, "cognito": 0}
    assert users.find(BOB) is None
    assert users.by_username("bob") is None
    assert world.objects() == [f"avatars/{BOB}/avatar.jpg"]
    assert "frank" in office.names(client)
    body = {"dryRun": False, "deleteCognitoOrphans": True}
    assert asked(front, "POST", "/admin/users/sync", body)["deleted"] == {"table": 0, "cognito": 1}
    # a young sign-up that is not confirmed yet is nobody's orphan
    assert office.names(client) == ["alice", "carol", "dave", "root", "young"]
    assert office.actions(front) == ["SYNC_USERS", "SYNC_USERS"]


def test_files_go_only_where_that_is_asked_for(front: Front, client: Any) -> None:
    _orphans(client)
    world.put_object(f"avatars/{BOB}/avatar.jpg")
    asked(front, "POST", "/admin/users/sync", {"dryRun": False, "deleteS3": True})
    assert world.objects() == []


def test_what_cannot_be_deleted_is_told(front: Front, client: Any) -> None:
    _orphans(client)
    body = {"dryRun": False, "deleteCognitoOrphans": True}
    with refused(pool.client, "AdminDeleteUser", "TooManyRequestsException"):
        found = asked(front, "POST", "/admin/users/sync", body)
    assert found["deleted"] == {"table": 1, "cognito": 0}
    assert [error["username"] for error in found["errors"]] == ["frank"]


def test_no_user_of_the_pool_is_deleted_while_administrators_are_unknown(front: Front, client: Any) -> None:
    _orphans(client)
    with refused(pool.client, "ListUsersInGroup", "AccessDeniedException"):
        answer = ask(front, "POST", "/admin/users/sync", {"dryRun": False, "deleteCognitoOrphans": True})
    assert code(answer) == (500, "ADMIN_500")
    assert "frank" in office.names(client)


def test_a_user_is_deleted_with_everything(front: Front, client: Any) -> None:
    post = society.write(front, BOB)
    comment = society.say(front, BOB, society.write(front, ALICE)["postId"])
    front.post(f"/posts/{comment['postId']}/like", who=BOB)
    society.cook(BOB)
    world.put_object(f"avatars/{BOB}/avatar.jpg")
    answer = ask(front, "DELETE", f"/admin/users/{BOB}", query={"cascade": "true", "reason": "asked for it"})
    assert answer.status == 200
    said = answer.body["data"]
    assert said["userId"] == BOB
    counted = {name: said["stats"][name] for name in ("posts", "comments", "reactions", "recipes", "friendships")}
    assert counted == {"posts": 1, "comments": 1, "reactions": 1, "recipes": 1, "friendships": 2}
    assert said["stats"]["cognitoUsers"] == 1
    left = [item for item in office.written() if BOB in item["PK"] + item["SK"] or post["postId"] in item["PK"]]
    assert left == []
    assert world.objects() == []
    assert "bob" not in office.names(client)
    assert code(ask(front, "GET", f"/admin/users/{BOB}")) == (404, "TARGET_USER_NOT_FOUND")
    (noted,) = asked(front, "GET", "/admin/activity")["activities"]
    assert (noted["action"], noted["reason"], noted["targetUserId"]) == ("DELETE_USER_CASCADE", "asked for it", BOB)


def test_a_deletion_is_tried_dry(front: Front, client: Any) -> None:
    society.write(front, BOB)
    before = office.written()
    found = asked(front, "DELETE", f"/admin/users/{BOB}", query={"cascade": "true", "dryRun": "true"})
    assert found["dryRun"] is True
    assert found["stats"]["posts"] == 1
    assert office.written() == before
    assert "bob" in office.names(client)


@pytest.mark.parametrize("query", [None, {"cascade": "false"}, {"cascade": "yes"}, {"cascade": ""}])
def test_a_deletion_must_be_confirmed(front: Front, query: Any) -> None:
    before = office.written()
    assert code(ask(front, "DELETE", f"/admin/users/{BOB}", query=query)) == (400, "ADMIN_100")
    assert office.written() == before


def test_administrators_do_not_delete_themselves_or_nobody(front: Front, client: Any) -> None:
    query = {"cascade": "true"}
    assert code(ask(front, "DELETE", f"/admin/users/{ADMIN}", query=query)) == (400, "ADMIN_100")
    assert code(ask(front, "DELETE", "/admin/users/nobody", query=query)) == (404, "TARGET_USER_NOT_FOUND")
    assert "root" in office.names(client)


def _here() -> None:
    for user_id in (ALICE, BOB, CAROL, DAVE, ADMIN):
        _away(user_id, 0)


def _away(user_id: str, days: int, **more: Any) -> None:
    then = clock.now() - days * DAY
    changes.update(people.profile(user_id), {"lastLoginAt": then, "GSI3SK": f"{then:013d}#{user_id}", **more})


def _orphans(client: Any) -> None:
    """Bob is in the table alone, Frank in the pool alone, and young has only just signed up."""
    client.admin_delete_user(UserPoolId=pool.USER_POOL_ID, Username="bob")
    office.enrol(client, "ffffffff-0000-4000-8000-00000000000f", "frank")
    made = client.create_user_pool_client(UserPoolId=pool.USER_POOL_ID, ClientName="web")["UserPoolClient"]
    client.sign_up(ClientId=made["ClientId"], Username="young", Password="Correct-Horse-9")

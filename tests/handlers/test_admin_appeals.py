from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import office
import pytest
import society
import world
from faults import refused
from front import Front, Response
from kitchen import changes, clock, pool
from kitchen.keys import people, posts
from office import ADMIN, ask, asked, ban, code, is_enabled
from world import ALICE, BOB, CAROL

DAY = 86_400_000
REASON = "I will not do it again"


@pytest.fixture(autouse=True)
def client(front: Front, monkeypatch: pytest.MonkeyPatch) -> Any:
    return office.opened(monkeypatch)


def appeal(front: Front, user_id: str = BOB, **more: Any) -> Response:
    return front.post("/appeals/submit", {"userId": user_id, "reason": REASON, **more})


def appealed(front: Front, **more: Any) -> str:
    answer = appeal(front, **more)
    assert answer.status == 201, answer.body
    assert answer.body["data"]["status"] == "pending"
    appeal_id: str = answer.body["data"]["appealId"]
    return appeal_id


def hidden(front: Front, kind: str = "post") -> str:
    """A post or comment of Bob's that is hidden."""
    post_id: str = society.write(front, BOB if kind == "post" else ALICE, privacyLevel="public")["postId"]
    content_id: str = post_id if kind == "post" else society.say(front, BOB, post_id, "Rubbish")["commentId"]
    body = {"action": f"hide_{kind}", "reason": "against the rules"}
    asked(front, "POST", f"/admin/{kind}s/{content_id}/action", body)
    return content_id


def about(kind: str, content_id: str, **more: Any) -> dict[str, Any]:
    return {"appealType": "content", "contentType": kind, "contentId": content_id, **more}


def review(front: Front, appeal_id: str, action: str = "approve", notes: str = "that is fair") -> Response:
    return ask(front, "POST", f"/admin/appeals/{appeal_id}/review", {"action": action, "notes": notes})


def listed(front: Front, status: str = "pending", **query: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = asked(front, "GET", "/admin/appeals", query={"status": status, **query})["appeals"]
    return found


def held(post_id: str) -> dict[str, Any]:
    return world.item(f"POST#{post_id}", "METADATA") or {}


def test_a_banned_user_appeals_and_is_let_in(front: Front, client: Any) -> None:
    ban(front, BOB, 2, "days", "posts spam")
    appeal_id = appealed(front)
    (waiting,) = listed(front)
    assert {
        name: waiting[name] for name in ("appealId", "userId", "username", "appealType", "reason", "banReason")
    } == {
        "appealId": appeal_id,
        "userId": BOB,
        "username": "bob",
        "appealType": "ban",
        "reason": REASON,
        "banReason": "posts spam",
    }
    answer = review(front, appeal_id)
    assert answer.status == 200
    assert answer.body["data"]["status"] == "approved"
    assert front.get("/users/me/ban-status", who=BOB).body["data"]["isBanned"] is False
    assert is_enabled(client, "bob")
    assert society.news(front, BOB)[-1] == ("APPEAL_APPROVED", None)
    assert listed(front) == []
    (done,) = listed(front, "approved")
    assert (done["reviewedBy"], done["reviewNotes"]) == (ADMIN, "that is fair")
    assert office.actions(front) == ["UNBAN_USER", "BAN_USER"]


def test_a_rejected_appeal_changes_nothing_and_may_be_followed_by_another(front: Front, client: Any) -> None:
    ban(front, BOB, 2)
    appeal_id = appealed(front)
    assert review(front, appeal_id, "reject").body["data"]["status"] == "rejected"
    assert front.get("/users/me/ban-status", who=BOB).body["data"]["isBanned"] is True
    assert not is_enabled(client, "bob")
    assert society.news(front, BOB)[-1] == ("APPEAL_REJECTED", None)
    assert front.get("/users/ban-status", query={"username": "bob"}).body["data"]["appealStatus"] == "rejected"
    assert office.actions(front)[0] == "REJECT_APPEAL"
    again = appealed(front)
    (waiting,) = listed(front)
    assert (waiting["appealId"], waiting["appealCount"]) == (again, 2)
    assert [item["appealId"] for item in waiting["previousAppeals"]] == [appeal_id]


@pytest.mark.parametrize("kind", ["post", "comment"])
def test_hidden_content_comes_back_by_its_appeal(front: Front, kind: str) -> None:
    content_id = hidden(front, kind)
    appeal_id = appealed(front, **about(kind, content_id))
    (waiting,) = listed(front)
    assert (waiting["contentType"], waiting["contentId"]) == (kind, content_id)
    assert waiting["contentText"] == ("Pho" if kind == "post" else "Rubbish")
    assert review(front, appeal_id).status == 200
    found = asked(front, "GET", f"/admin/{kind}s/{content_id}")[kind]
    assert (found["status"], found["restoredBy"], found["restoredReason"]) == ("active", ADMIN, "that is fair")
    assert not {"hiddenAt", "hiddenBy", "hiddenReason", "canAppeal", "appealDeadline", "ttl"} & found.keys()
    assert society.news(front, BOB)[-1] == ("CONTENT_APPEAL_APPROVED", None)
    assert office.actions(front)[0] == "RESTORE_CONTENT"


def test_content_stays_as_long_as_somebody_may_still_decide(front: Front) -> None:
    post_id = hidden(front)
    deadline = held(post_id)["appealDeadline"]
    appeal_id = appealed(front, **about("post", post_id))
    assert held(post_id)["ttl"] == (deadline + 7 * DAY) // 1_000
    review(front, appeal_id, "reject")
    assert held(post_id)["ttl"] == deadline // 1_000
    assert held(post_id)["status"] == "hidden"


@pytest.mark.parametrize(("duration", "days"), [(2, 9), (0, 90)])
def test_an_appeal_against_a_ban_is_kept_a_week_longer_than_the_ban(front: Front, duration: int, days: int) -> None:
    ban(front, BOB, duration)
    item = world.item(f"USER#{BOB}", f"APPEAL#{appealed(front)}") or {}
    assert 0 <= item["ttl"] - (clock.now() // 1_000 + days * 86_400) + 60 <= 60


def test_an_appeal_without_a_deadline_is_kept_a_month(front: Front) -> None:
    post_id = hidden(front)
    changes.update(posts.post(post_id), remove=["appealDeadline", "ttl"])
    item = world.item(f"USER#{BOB}", f"APPEAL#{appealed(front, **about('post', post_id))}") or {}
    assert 0 <= item["ttl"] - (clock.now() // 1_000 + 30 * 86_400) + 60 <= 60


def test_only_the_author_appeals(front: Front) -> None:
    post_id = hidden(front)
    before = office.written()
    assert code(appeal(front, CAROL, **about("post", post_id))) == (403, "NOT_THE_AUTHOR")
    body = {"userId": BOB, "reason": REASON, **about("post", post_id)}
    assert code(front.post("/appeals/submit", body, who=CAROL)) == (403, "NOT_THE_OWNER")
    assert office.written() == before
    assert front.post("/appeals/submit", body, who=BOB).status == 201


def test_one_appeal_waits_at_a_time(front: Front) -> None:
    ban(front, BOB)
    post_id = hidden(front)
    for more in ({}, about("post", post_id)):
        first = appealed(front, **more)
        answer = appeal(front, **more)
        assert code(answer) == (400, "APPEAL_PENDING")
        assert answer.body["error"]["details"] == {"existingAppealId": first}
    assert len(listed(front)) == 2


def test_of_two_appeals_at_once_one_waits(front: Front) -> None:
    from admin.appeals.models import SubmitAppealRequest
    from admin.appeals.submission import submit
    from kitchen.errors import BadRequest

    ban(front, BOB)
    wanted = SubmitAppealRequest(userId=BOB, reason=REASON)

    def try_it(_: int) -> str:
        try:
            return str(submit(wanted, clock.now())["status"])
        except BadRequest as error:
            return error.code

    with ThreadPoolExecutor(4) as workers:
        found = sorted(workers.map(try_it, range(4)))
    assert found == ["APPEAL_PENDING", "APPEAL_PENDING", "APPEAL_PENDING", "pending"]
    assert len(listed(front)) == 1


def test_an_appeal_that_expired_unread_is_in_nobodys_way(front: Front) -> None:
    ban(front, BOB)
    changes.delete({"PK": f"USER#{BOB}", "SK": f"APPEAL#{appealed(front)}"})
    assert appeal(front).status == 201


def test_there_must_be_something_to_appeal_against(front: Front) -> None:
    visible = society.write(front, BOB)["postId"]
    assert code(appeal(front)) == (400, "NOT_BANNED")
    assert code(appeal(front, **about("post", visible))) == (400, "CONTENT_NOT_HIDDEN")
    assert code(appeal(front, **about("post", "nothing"))) == (404, "POST_NOT_FOUND")
    assert code(appeal(front, **about("comment", "nothing"))) == (404, "COMMENT_NOT_FOUND")
    assert code(appeal(front, "99999999-0000-4000-8000-000000000009")) == (404, "TARGET_USER_NOT_FOUND")


@pytest.mark.parametrize("changed", [{"canAppeal": False}, {"appealDeadline": 1}])
def test_what_is_final_is_not_appealed_against(front: Front, changed: dict[str, Any]) -> None:
    post_id = hidden(front)
    changes.update(posts.post(post_id), changed)
    assert code(appeal(front, **about("post", post_id))) == (400, "NOT_APPEALABLE")


@pytest.mark.parametrize(
    "changed",
    [
        {"appealType": "content"},
        {"appealType": "content", "contentType": "post"},
        {"appealType": "content", "contentId": "x"},
        {"appealType": "other"},
        {"contentType": "user"},
        {"reason": "short"},
        {"reason": "x" * 1_001},
        {"reason": "<b></b><i></i><u></u>"},
        {"userId": "bob"},
    ],
)
def test_a_malformed_appeal_is_refused(front: Front, changed: dict[str, Any]) -> None:
    ban(front, BOB)
    before = office.written()
    assert code(appeal(front, **changed)) == (400, "ADMIN_100")
    assert office.written() == before


def test_only_an_own_violation_is_taken_into_an_appeal(front: Front) -> None:
    post_id = hidden(front)
    (violation,) = asked(front, "GET", f"/admin/users/{BOB}")["violations"]
    ban(front, ALICE)
    appealed(front, user_id=ALICE, violationId=violation["violationId"])
    appealed(front, **about("post", post_id, violationId=violation["violationId"]))
    assert [item["violationId"] for item in listed(front)] == [violation["violationId"], None]


def test_appeals_against_bans_that_are_over_settle_themselves(front: Front) -> None:
    ban(front, BOB, 1, "minutes")
    ban(front, ALICE)
    first, second = appealed(front), appealed(front, user_id=ALICE)
    changes.update(people.profile(BOB), {"banExpiresAt": clock.now() - 1})
    found = asked(front, "GET", "/admin/appeals")
    assert [item["appealId"] for item in found["appeals"]] == [second]
    assert (found["count"], found["autoResolved"]) == (1, 1)
    assert [item["appealId"] for item in listed(front, "auto_resolved")] == [first]
    assert asked(front, "GET", "/admin/appeals")["autoResolved"] == 0
    assert code(review(front, first)) == (404, "APPEAL_NOT_FOUND")


def test_an_appeal_against_an_earlier_ban_does_not_lift_the_next(front: Front) -> None:
    ban(front, BOB)
    old = appealed(front)
    asked(front, "POST", "/admin/users/unban", {"targetUserId": BOB})
    ban(front, BOB)
    assert appeal(front).status == 201
    assert review(front, old).status == 200
    assert front.get("/users/me/ban-status", who=BOB).body["data"]["isBanned"] is True


def test_appeals_are_listed_page_by_page(front: Front) -> None:
    for user_id in (ALICE, BOB, CAROL):
        ban(front, user_id)
        appealed(front, user_id=user_id)
    first = asked(front, "GET", "/admin/appeals", query={"limit": "2"})
    assert (first["count"], first["hasMore"]) == (2, True)
    second = asked(front, "GET", "/admin/appeals", query={"limit": "2", "lastKey": first["lastKey"]})
    assert [item["userId"] for page in (first, second) for item in page["appeals"]] == [CAROL, BOB, ALICE]
    assert (second["hasMore"], second["lastKey"]) == (False, None)
    query = {"status": "approved", "lastKey": first["lastKey"]}
    assert code(ask(front, "GET", "/admin/appeals", query=query)) == (400, "ADMIN_100")
    for wrong in ({"status": "all"}, {"limit": "101"}, {"lastKey": "%%%"}):
        assert code(ask(front, "GET", "/admin/appeals", query=wrong)) == (400, "ADMIN_100")


def test_an_appeal_is_decided_once(front: Front) -> None:
    ban(front, BOB)
    appeal_id = appealed(front)
    review(front, appeal_id, "reject")
    answer = review(front, appeal_id)
    assert code(answer) == (404, "APPEAL_NOT_FOUND")
    assert answer.body["error"]["message"] == "there is no such appeal that waits"
    assert code(review(front, "nothing")) == (404, "APPEAL_NOT_FOUND")


def test_of_two_decisions_at_once_one_holds(front: Front, client: Any) -> None:
    from admin.appeals.review import decide
    from admin.audit import Actor
    from kitchen.errors import ApiError

    ban(front, BOB)
    appeal_id = appealed(front)

    def try_it(action: str) -> str:
        try:
            return str(decide(Actor(ADMIN, "root", ""), appeal_id, action, "that is fair", clock.now())["status"])
        except ApiError as error:
            return error.code

    with ThreadPoolExecutor(2) as workers:
        found = set(workers.map(try_it, ["approve", "reject"]))
    held_now = front.get("/users/me/ban-status", who=BOB).body["data"]["isBanned"]
    assert len(found & {"approved", "rejected"}) == 1
    assert held_now is ("rejected" in found)
    assert is_enabled(client, "bob") is not held_now


@pytest.mark.parametrize(
    "body", [{"action": "approve"}, {"action": "maybe", "notes": "hm hm"}, {"action": "reject", "notes": "no"}]
)
def test_a_malformed_decision_is_refused(front: Front, body: Any) -> None:
    ban(front, BOB)
    appeal_id = appealed(front)
    assert code(ask(front, "POST", f"/admin/appeals/{appeal_id}/review", body)) == (400, "ADMIN_100")
    assert len(listed(front)) == 1


def test_a_decision_that_the_pool_refuses_leaves_the_appeal_waiting(front: Front) -> None:
    ban(front, BOB)
    appeal_id = appealed(front)
    with refused(pool.client, "AdminEnableUser", "InternalErrorException", status=500):
        assert code(review(front, appeal_id)) == (500, "UNBAN_OPERATION_FAILED")
    assert [item["appealId"] for item in listed(front)] == [appeal_id]
    assert review(front, appeal_id).status == 200


def test_content_that_is_gone_does_not_stop_a_decision(front: Front) -> None:
    post_id = hidden(front)
    one = appealed(front, **about("post", post_id))
    changes.delete(posts.post(post_id))
    assert review(front, one).status == 200
    assert world.item(f"POST#{post_id}", "METADATA") is None


def test_content_that_was_taken_down_meanwhile_stays_down(front: Front) -> None:
    post_id = hidden(front)
    appeal_id = appealed(front, **about("post", post_id))
    asked(front, "DELETE", f"/admin/posts/{post_id}", {"reason": "worse than thought"})
    assert review(front, appeal_id).status == 200
    assert held(post_id)["status"] == "deleted"

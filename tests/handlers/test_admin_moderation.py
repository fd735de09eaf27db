from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import office
import pytest
import society
import world
from faults import refused, unreachable
from front import Front, Response
from kitchen import changes, clock, pool, table
from kitchen.keys import posts
from office import ADMIN, ask, asked, code, is_enabled, report
from society import DAVE
from world import ALICE, BOB, CAROL

WEEK = 604_800_000


@pytest.fixture(autouse=True)
def client(front: Front, monkeypatch: pytest.MonkeyPatch) -> Any:
    return office.opened(monkeypatch)


def reported(front: Front, *reporters: str, title: str = "Pho") -> str:
    """A post of Bob's, reported by some."""
    post_id: str = society.write(front, BOB, title, privacyLevel="public")["postId"]
    for who in reporters or (ALICE,):
        report(front, who, f"/posts/{post_id}")
    return post_id


def commented(front: Front, *reporters: str) -> tuple[str, str]:
    """A comment of Bob's on Alice's post, reported by some: the ids of post and comment."""
    post_id = society.write(front, ALICE, privacyLevel="public")["postId"]
    comment_id = society.say(front, BOB, post_id, "Rubbish")["commentId"]
    for who in reporters or (CAROL,):
        report(front, who, f"/posts/{post_id}/comments/{comment_id}", "harassment", "rude")
    return post_id, comment_id


def act(front: Front, path: str, action: str, reason: str | None = "against the rules", **more: Any) -> Response:
    return ask(front, "POST", f"{path}/action", {"action": action, **({"reason": reason} if reason else {}), **more})


def post_of(post_id: str) -> dict[str, Any]:
    return world.item(f"POST#{post_id}", "METADATA") or {}


def comment_of(front: Front, comment_id: str) -> dict[str, Any]:
    found: dict[str, Any] = asked(front, "GET", f"/admin/comments/{comment_id}")["comment"]
    return found


def test_reported_posts_are_listed_the_most_reported_first(front: Front) -> None:
    less = reported(front, ALICE, title="Less")
    more = reported(front, ALICE, CAROL, title="More " + "x" * 120)
    society.write(front, BOB)
    found = asked(front, "GET", "/admin/posts/reported")
    assert [item["postId"] for item in found["reports"]] == [more, less]
    assert found["posts"] == found["reports"]
    assert (found["count"], found["hasMore"]) == (2, False)
    assert found["filters"] == {"minReports": 1, "status": "all", "limit": 50}
    first = found["reports"][0]
    assert first["reportId"] == f"post-{more}"
    assert (first["authorId"], first["authorUsername"]) == (BOB, "bob")
    assert (first["reportCount"], first["pendingReportCount"], first["status"]) == (2, 2, "pending")
    assert (first["reason"], first["postStatus"], first["severity"]) == ("spam", "active", "normal")
    assert first["preview"] == "More " + "x" * 95


def test_reported_posts_are_chosen_by_number_and_state(front: Front) -> None:
    one, two = reported(front, ALICE), reported(front, ALICE, CAROL)
    act(front, f"/admin/posts/{one}", "hide_post")

    def chosen(**query: str) -> list[str]:
        return [item["postId"] for item in asked(front, "GET", "/admin/posts/reported", query=query)["reports"]]

    assert chosen(minReports="2") == [two]
    assert chosen(status="hidden") == [one]
    assert chosen(status="under_review") == []
    assert chosen(limit="1") == [two]
    (hidden,) = asked(front, "GET", "/admin/posts/reported", query={"status": "hidden"})["reports"]
    assert (hidden["status"], hidden["pendingReportCount"]) == ("action_taken", 0)
    for query in ({"minReports": "-1"}, {"status": "gone"}, {"limit": "101"}):
        assert code(ask(front, "GET", "/admin/posts/reported", query=query)) == (400, "ADMIN_100")


@pytest.mark.parametrize(("number", "word"), [(9, "normal"), (10, "high"), (99, "high"), (100, "critical")])
def test_the_more_reports_the_more_pressing(front: Front, number: int, word: str) -> None:
    post_id = reported(front)
    changes.update(posts.post(post_id), {"reportCount": number, **posts.reported_index("post", number, post_id)})
    assert asked(front, "GET", "/admin/posts/reported")["reports"][0]["severity"] == word


def test_a_post_is_shown_with_author_and_reports(front: Front) -> None:
    post_id = reported(front, ALICE, CAROL)
    report(front, DAVE, f"/posts/{post_id}", "other", "just because")
    act(front, f"/admin/posts/{post_id}", "warn")
    found = asked(front, "GET", f"/admin/posts/{post_id}")
    assert (found["post"]["title"], found["post"]["status"], found["post"]["warningCount"]) == ("Pho", "active", 1)
    assert not {"PK", "SK", "GSI5PK"} & found["post"].keys()
    assert (found["author"]["username"], found["author"]["isBanned"]) == ("bob", False)
    assert found["reportSummary"] == {"total": 3, "byReason": {"spam": 2, "other": 1}}
    assert {item["reporterId"] for item in found["reports"]} == {ALICE, CAROL, DAVE}
    assert [item["type"] for item in found["authorViolations"]] == ["warn"]
    assert code(ask(front, "GET", "/admin/posts/nothing")) == (404, "POST_NOT_FOUND")


def test_reports_of_comments_are_listed_one_by_one(front: Front) -> None:
    post_id, comment_id = commented(front, CAROL, DAVE)
    found = asked(front, "GET", "/admin/comments/reported")
    assert [item["reporterId"] for item in found["reports"]] == [DAVE, CAROL]
    assert (found["count"], found["hasMore"]) == (2, False)
    first = found["reports"][0]
    assert {name: first[name] for name in ("commentId", "postId", "reason", "details", "status")} == {
        "commentId": comment_id,
        "postId": post_id,
        "reason": "harassment",
        "details": "rude",
        "status": "pending",
    }
    assert (first["commentContent"], first["preview"], first["reportCount"]) == ("Rubbish", "Rubbish", 2)
    assert (first["commentAuthorId"], first["commentAuthorUsername"], first["severity"]) == (BOB, "bob", "normal")
    act(front, f"/admin/comments/{comment_id}", "hide_comment")
    for status, number in (("pending", 0), ("action_taken", 2), ("hidden", 2), ("all", 2), ("under_review", 0)):
        query = {"status": status, "limit": "10"}
        assert asked(front, "GET", "/admin/comments/reported", query=query)["count"] == number


def test_a_report_outlives_its_comment(front: Front) -> None:
    _, comment_id = commented(front)

    comment = _comment(comment_id)
    changes.delete({"PK": comment["PK"], "SK": comment["SK"]})
    (left,) = asked(front, "GET", "/admin/comments/reported")["reports"]
    assert (left["commentContent"], left["commentStatus"], left["commentAuthorId"]) == (None, "deleted", BOB)


def test_a_comment_is_shown_with_post_author_and_reports(front: Front) -> None:
    post_id, comment_id = commented(front)
    found = asked(front, "GET", f"/admin/comments/{comment_id}")
    assert found["comment"]["content"] == "Rubbish"
    assert found["post"]["postId"] == post_id
    assert found["author"]["userId"] == BOB
    assert found["authorViolations"] == []
    assert found["reportSummary"] == {"total": 1, "byReason": {"harassment": 1}, "byStatus": {"pending": 1}}
    assert code(ask(front, "GET", "/admin/comments/nothing")) == (404, "COMMENT_NOT_FOUND")


def test_reports_are_counted(front: Front) -> None:
    post_id = reported(front, ALICE, CAROL)
    _, comment_id = commented(front)
    act(front, f"/admin/comments/{comment_id}", "warn")
    found = asked(front, "GET", "/admin/reports/stats")
    assert found["stats"]["total"] == 3
    assert found["stats"]["byStatus"] == {"pending": 2, "action_taken": 1, "dismissed": 0}
    assert found["stats"]["byType"] == {"post": 2, "comment": 1}
    assert found["stats"]["byReason"] == {"spam": 2, "harassment": 1}
    assert [item["targetId"] for item in found["stats"]["recentReports"]] == [post_id, post_id]
    assert found["breakdown"]["byReason"]["spam"] == {"count": 2, "percentage": 66.7}
    assert asked(front, "GET", "/admin/reports/stats", query={"type": "comment"})["stats"]["total"] == 1


def test_reports_are_counted_in_a_time(front: Front) -> None:
    reported(front)
    for query, number in (
        ({"to": "2020-01-01"}, 0),
        ({"from": "2020-01-01T00:00:00Z"}, 1),
        ({"from": "9999999999999"}, 0),
    ):
        assert asked(front, "GET", "/admin/reports/stats", query=query)["stats"]["total"] == number
    for query in ({"from": "yesterday"}, {"to": "9" * 40}, {"type": "user"}):
        assert code(ask(front, "GET", "/admin/reports/stats", query=query)) == (400, "ADMIN_100")


def test_a_warning_leaves_the_post_and_tells_its_author(front: Front) -> None:
    post_id = reported(front)
    said = act(front, f"/admin/posts/{post_id}", "warn").body["data"]
    assert (said["postId"], said["action"], said["success"], said["postStatus"]) == (post_id, "warn", True, "active")
    seen = front.get("/users/me/violations", who=BOB, query={"violationId": said["violationId"]}).body["data"]
    assert (seen["violation"]["type"], seen["violation"]["severity"]) == ("warn", "low")
    assert seen["violation"]["reason"] == "against the rules"
    assert seen["violation"]["reportCount"] == 1
    assert society.news(front, BOB)[-1] == ("WARNING", None)
    assert office.actions(front) == ["WARN_USER"]
    assert post_of(post_id)["moderationAction"] == "warn"
    assert post_of(post_id)["moderationBy"] == ADMIN
    (made,) = asked(front, "GET", f"/admin/posts/{post_id}")["reports"]
    assert (made["status"], made["reviewedBy"], made["reviewNotes"]) == ("action_taken", ADMIN, "against the rules")


def test_a_warning_for_a_comment_counts_as_well(front: Front) -> None:
    _, comment_id = commented(front)
    act(front, f"/admin/comments/{comment_id}", "warn")
    held = world.item(f"USER#{BOB}", "PROFILE") or {}
    assert (held["violationCount"], held["warningCount"]) == (1, 1)


def test_a_hidden_post_is_seen_no_more_and_may_be_appealed_for_a_week(front: Front) -> None:
    post_id = reported(front)
    now = clock.now()
    said = act(front, f"/admin/posts/{post_id}", "hide_post").body["data"]
    assert (said["action"], said["postStatus"]) == ("hide_post", "hidden")
    assert WEEK <= said["appealDeadline"] - now <= WEEK + 60_000
    assert front.get(f"/posts/{post_id}", who=ALICE).status == 404
    held = post_of(post_id)
    assert held["ttl"] == said["appealDeadline"] // 1_000
    assert held["canAppeal"] is True
    assert society.news(front, BOB)[-1] == ("POST_HIDDEN", None)
    (notice,) = [item for item in table.every(f"USER#{BOB}", prefix="NOTIFICATION#") if item["type"] == "POST_HIDDEN"]
    assert 0 <= notice["ttl"] - (held["ttl"] + 7 * 86_400) <= 60
    seen = front.get("/users/me/violations", who=BOB, query={"violationId": said["violationId"]}).body["data"]
    assert seen["violation"]["severity"] == "medium"
    assert seen["content"]["canAppeal"] is True
    assert office.actions(front) == ["HIDE_POST"]


def test_a_hidden_comment_is_seen_no_more(front: Front) -> None:
    post_id, comment_id = commented(front)
    said = act(front, f"/admin/comments/{comment_id}", "hide_comment").body["data"]
    assert (said["commentId"], said["action"], said["commentStatus"]) == (comment_id, "hide_comment", "hidden")
    assert front.get(f"/posts/{post_id}/comments", who=ALICE).body["comments"] == []
    assert society.news(front, BOB)[-1] == ("COMMENT_HIDDEN", None)
    seen = front.get("/users/me/violations", who=BOB, query={"violationId": said["violationId"]}).body["data"]
    assert (seen["contentType"], seen["contentId"]) == ("comment", comment_id)
    assert office.actions(front) == ["COMMENT_HIDE_COMMENT"]


@pytest.mark.parametrize("kind", ["post", "comment"])
def test_a_ban_because_of_content_hides_it_too(front: Front, client: Any, kind: str) -> None:
    content_id = reported(front) if kind == "post" else commented(front)[1]
    path = f"/admin/{kind}s/{content_id}"
    said = act(front, path, "ban_user", banDuration=2).body["data"]
    status = asked(front, "GET", f"/admin/users/{BOB}/ban-status")
    assert (status["isBanned"], status["banReason"]) == (True, "against the rules")
    assert said["banExpiresAt"] == status["banExpiresAt"]
    assert said[f"{kind}Status"] == "hidden"
    assert not is_enabled(client, "bob")
    item = table.get(posts.post(content_id)) if kind == "post" else _comment(content_id)
    assert item
    assert item["ttl"] == (status["banExpiresAt"] + WEEK) // 1_000
    assert society.news(front, BOB)[-1] == (f"{kind.upper()}_HIDDEN_BAN", None)
    found = asked(front, "GET", f"/admin/users/{BOB}")
    assert [item["severity"] for item in found["violations"]] == ["high"]
    assert office.actions(front) == ["BAN_USER" if kind == "post" else "COMMENT_BAN_USER"]


def test_a_ban_for_good_keeps_the_content_ninety_days(front: Front) -> None:
    post_id = reported(front)
    now = clock.now() // 1_000
    said = act(front, f"/admin/posts/{post_id}", "ban_user", banDuration=0).body["data"]
    assert said["banExpiresAt"] is None
    assert 0 <= post_of(post_id)["ttl"] - (now + 90 * 86_400) <= 60


def test_a_ban_that_fails_hides_nothing(front: Front) -> None:
    post_id = reported(front)
    before, held = office.written(), post_of(post_id)
    with refused(pool.client, "AdminDisableUser", "InternalErrorException", status=500):
        assert code(act(front, f"/admin/posts/{post_id}", "ban_user", banDuration=1)) == (500, "BAN_OPERATION_FAILED")
    assert post_of(post_id) == held
    assert [item["SK"] for item in office.written() if item not in before] == ["ADMIN_ACTIONS"]


def test_content_that_cannot_be_hidden_leaves_nobody_banned(
    front: Front, client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    post_id = reported(front)

    def gone(*_: Any) -> None:
        raise changes.ConditionFailed(None)

    monkeypatch.setattr(changes, "transact", _first_then(changes.transact, gone))
    assert code(act(front, f"/admin/posts/{post_id}", "ban_user", banDuration=1)) == (404, "POST_NOT_FOUND")
    assert asked(front, "GET", f"/admin/users/{BOB}/ban-status")["isBanned"] is False
    assert is_enabled(client, "bob")


def test_who_is_banned_is_not_banned_again_because_of_content(front: Front) -> None:
    post_id = reported(front)
    office.ban(front, BOB)
    held = post_of(post_id)
    assert code(act(front, f"/admin/posts/{post_id}", "ban_user", banDuration=1)) == (400, "ALREADY_BANNED")
    assert post_of(post_id) == held


def test_a_ban_because_of_content_says_how_long(front: Front) -> None:
    answer = act(front, f"/admin/posts/{reported(front)}", "ban_user")
    assert code(answer) == (400, "ADMIN_100")
    assert answer.body["error"]["message"] == "banDuration: say how long, 0 for good"


@pytest.mark.parametrize("kind", ["post", "comment"])
def test_dismissed_reports_count_no_more(front: Front, kind: str) -> None:
    content_id = reported(front, CAROL) if kind == "post" else commented(front)[1]
    said = act(front, f"/admin/{kind}s/{content_id}", "dismiss", None).body["data"]
    assert said["success"] is True
    assert "violationId" not in said
    found = asked(front, "GET", f"/admin/{kind}s/{content_id}")
    assert found[kind]["reportCount"] == 0
    assert [item["status"] for item in found["reports"]] == ["dismissed"]
    assert asked(front, "GET", "/admin/posts/reported")["count"] == 0
    assert (world.item(f"USER#{BOB}", "PROFILE") or {})["violationCount"] == 0
    assert office.actions(front) == ["DISMISS" if kind == "post" else "COMMENT_DISMISS"]


@pytest.mark.parametrize("status", ["under_review", "hidden"])
def test_what_only_reports_took_away_comes_back_with_their_dismissal(front: Front, status: str) -> None:
    post_id = reported(front)
    values = {"status": status, "reportCount": 100, "hiddenAt": clock.iso(1), "canAppeal": True}
    changes.update(posts.post(post_id), values)
    assert act(front, f"/admin/posts/{post_id}", "dismiss").body["data"]["postStatus"] == "active"
    assert front.get(f"/posts/{post_id}", who=ALICE).status == 200
    assert not {"hiddenAt", "canAppeal"} & post_of(post_id).keys()


def test_what_a_moderator_hid_stays_hidden_when_reports_are_dismissed(front: Front) -> None:
    post_id = reported(front)
    act(front, f"/admin/posts/{post_id}", "hide_post")
    assert act(front, f"/admin/posts/{post_id}", "dismiss").body["data"]["postStatus"] == "hidden"
    assert front.get(f"/posts/{post_id}", who=ALICE).status == 404


def test_nobody_is_told_where_that_is_not_wanted(front: Front) -> None:
    before = society.news(front, BOB)
    act(front, f"/admin/posts/{reported(front)}", "hide_post", notifyUser=False)
    act(front, f"/admin/posts/{reported(front)}", "warn", notifyUser=False)
    assert society.news(front, BOB) == before


def test_an_action_without_a_reason_has_the_usual_one(front: Front) -> None:
    act(front, f"/admin/posts/{reported(front)}", "warn", None)
    assert asked(front, "GET", f"/admin/users/{BOB}")["violations"][0]["reason"] == "reported by other users"


@pytest.mark.parametrize(
    "body", [{"action": "hide_comment"}, {"action": "delete"}, {}, {"action": "warn", "reason": "x" * 501}]
)
def test_a_malformed_action_is_refused(front: Front, body: Any) -> None:
    post_id = reported(front)
    assert code(ask(front, "POST", f"/admin/posts/{post_id}/action", body)) == (400, "ADMIN_100")
    assert office.actions(front) == []


def test_an_action_on_nothing_is_refused(front: Front) -> None:
    assert code(act(front, "/admin/posts/nothing", "warn")) == (404, "POST_NOT_FOUND")
    assert code(act(front, "/admin/comments/nothing", "warn")) == (404, "COMMENT_NOT_FOUND")


def test_an_action_that_the_table_refuses_says_so(front: Front) -> None:
    post_id = reported(front)
    with unreachable(table.client, "TransactWriteItems"):
        answer = act(front, f"/admin/posts/{post_id}", "hide_post")
    assert code(answer) == (500, "MODERATION_ERROR")
    assert answer.body["error"]["message"] == "the decision could not be carried out"
    assert post_of(post_id)["status"] == "active"


def test_two_warnings_at_once_are_both_counted(front: Front) -> None:
    from admin.audit import Actor
    from admin.moderation import contents, sentences

    post = contents.find("post", reported(front))
    with ThreadPoolExecutor(4) as workers:
        list(workers.map(lambda number: sentences.warn(Actor(ADMIN, "root", ""), post, "x", False, number), range(4)))
    assert (world.item(f"USER#{BOB}", "PROFILE") or {})["violationCount"] == 4
    assert len(asked(front, "GET", f"/admin/users/{BOB}")["violations"]) == 4


REASON = {"reason": "after careful thought"}


def test_an_approved_post_is_active_and_its_reports_count_no_more(front: Front) -> None:
    post_id = reported(front)
    changes.update(posts.post(post_id), {"status": "under_review", "reportCount": 12})
    said = asked(front, "POST", f"/admin/posts/{post_id}/review", {"action": "APPROVE", **REASON, "postId": "other"})
    assert (said["postId"], said["action"], said["postStatus"]) == (post_id, "APPROVE", "active")
    assert (post_of(post_id)["status"], post_of(post_id)["reportCount"]) == ("active", 0)
    assert asked(front, "GET", "/admin/posts/reported")["reports"] == []
    assert office.actions(front) == ["APPROVE_POST"]


def test_a_rejected_post_is_hidden(front: Front) -> None:
    post_id = reported(front)
    said = asked(front, "POST", f"/admin/posts/{post_id}/review", {"action": "REJECT", **REASON})
    assert said["postStatus"] == "hidden"
    assert front.get(f"/posts/{post_id}", who=ALICE).status == 404
    assert post_of(post_id)["hiddenReason"] == "after careful thought"
    assert office.actions(front) == ["REJECT_POST"]


def test_a_post_is_taken_down_and_brought_back(front: Front) -> None:
    post_id = reported(front)
    said = asked(front, "DELETE", f"/admin/posts/{post_id}", REASON)
    assert said["postStatus"] == "deleted"
    assert front.get(f"/posts/{post_id}", who=BOB).status == 404
    assert post_of(post_id)["deletedBy"] == ADMIN
    assert (world.item(f"USER#{BOB}", "PROFILE") or {})["totalPosts"] == 0
    assert society.news(front, BOB)[-1] == ("post_deleted", None)
    assert code(ask(front, "DELETE", f"/admin/posts/{post_id}", REASON)) == (404, "POST_NOT_FOUND")
    assert asked(front, "POST", f"/admin/posts/{post_id}/restore", REASON)["postStatus"] == "active"
    assert front.get(f"/posts/{post_id}", who=ALICE).status == 200
    held = post_of(post_id)
    assert (held["restoredBy"], held["restoredReason"]) == (ADMIN, "after careful thought")
    assert not {"deletedAt", "deletedBy", "deletedReason"} & held.keys()
    assert (world.item(f"USER#{BOB}", "PROFILE") or {})["totalPosts"] == 1
    assert society.news(front, BOB)[-1] == ("post_restored", None)
    assert office.actions(front) == ["RESTORE_POST", "DELETE_POST"]


def test_a_hidden_post_that_is_brought_back_does_not_expire(front: Front) -> None:
    post_id = reported(front)
    act(front, f"/admin/posts/{post_id}", "hide_post")
    asked(front, "POST", f"/admin/posts/{post_id}/restore", {**REASON, "notifyAuthor": False})
    assert not {"ttl", "appealDeadline", "hiddenAt", "hiddenBy", "canAppeal"} & post_of(post_id).keys()
    assert society.news(front, BOB)[-1] == ("POST_HIDDEN", None)


def test_a_post_that_is_active_cannot_be_brought_back(front: Front) -> None:
    answer = ask(front, "POST", f"/admin/posts/{reported(front)}/restore", REASON)
    assert code(answer) == (400, "POST_ALREADY_ACTIVE")
    assert answer.body["error"]["message"] == "the post is active already"


@pytest.mark.parametrize(
    ("method", "tail", "body"),
    [
        ("POST", "/review", {"action": "APPROVE", **REASON}),
        ("DELETE", "", REASON),
        ("POST", "/restore", REASON),
    ],
)
def test_decisions_need_a_post_and_a_reason(front: Front, method: str, tail: str, body: dict[str, Any]) -> None:
    assert code(ask(front, method, f"/admin/posts/nothing{tail}", body)) == (404, "POST_NOT_FOUND")
    path = f"/admin/posts/{reported(front)}{tail}"
    assert code(ask(front, method, path, {**body, "reason": "short"})) == (400, "ADMIN_100")
    assert code(ask(front, method, path, {**body, "reason": "x" * 501})) == (400, "ADMIN_100")
    assert office.actions(front) == []


def _comment(comment_id: str) -> dict[str, Any]:
    (item,) = table.query(f"COMMENT#{comment_id}", index="GSI2").items
    return item


def _first_then(first: Any, then: Any) -> Any:
    calls = iter([first, then])
    return lambda *steps: next(calls, first)(*steps)

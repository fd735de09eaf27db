from __future__ import annotations

from typing import Any

import pytest
import society
import world
from front import Front
from hypothesis import given
from hypothesis import strategies as st
from society import DAVE, hide, news, say, write
from world import ALICE, BOB, CAROL

REASONS = ("spam", "harassment", "inappropriate", "misinformation", "other")


@pytest.fixture(autouse=True)
def people(front: Front) -> None:
    society.gather()


def item_of(post_id: str, comment: dict[str, Any] | None = None) -> dict[str, Any]:
    sort = f"COMMENT#{comment['createdAt']}#{comment['commentId']}" if comment else "METADATA"
    item = world.item(f"POST#{post_id}", sort)
    assert item is not None
    return item


def reported_before(times: int, post_id: str, comment: dict[str, Any] | None = None) -> None:
    """As many reports as that have been counted already."""
    from kitchen import changes

    item = item_of(post_id, comment)
    changes.update({"PK": item["PK"], "SK": item["SK"]}, {"reportCount": times})


@pytest.mark.parametrize("reason", REASONS)
def test_a_report_is_kept_and_counted(front: Front, reason: str) -> None:
    post_id = write(front, ALICE)["postId"]
    answer = front.post(f"/posts/{post_id}/report", {"reason": reason, "details": "Look <b>here</b>"}, who=BOB)
    assert answer.status == 201
    assert answer.body.keys() == {"message", "report"}
    report = answer.body["report"]
    assert report.keys() == {"reportId", "status", "createdAt"}
    assert report["status"] == "pending"
    kept = world.item(f"POST#{post_id}", f"REPORT#{BOB}")
    assert kept is not None
    assert kept == {
        "PK": f"POST#{post_id}",
        "SK": f"REPORT#{BOB}",
        "GSI1PK": "REPORTS#POST",
        "GSI1SK": f"{report['createdAt']}#{report['reportId']}",
        "reportId": report["reportId"],
        "targetId": post_id,
        "targetType": "post",
        "postId": post_id,
        "targetAuthorId": ALICE,
        "reporterId": BOB,
        "reporterUsername": "bbbbbbbb",
        "reason": reason,
        "details": "Look here",
        "status": "pending",
        "createdAt": report["createdAt"],
    }
    item = item_of(post_id)
    assert (item["reportCount"], item["status"]) == (1, "active")
    assert (item["GSI5PK"], item["GSI5SK"]) == ("REPORTED#POST", f"00001#{post_id}")


def test_a_report_of_a_comment_counts_on_the_comment_itself(front: Front) -> None:
    post_id = write(front, ALICE)["postId"]
    comment = say(front, BOB, post_id)
    path = f"/posts/{post_id}/comments/{comment['commentId']}/report"
    assert front.post(path, {"reason": "harassment"}, who=CAROL).status == 201
    item = item_of(post_id, comment)
    assert item["reportCount"] == 1
    assert item["GSI5SK"] == f"00001#{comment['commentId']}"
    kept = world.item(f"COMMENT#{comment['commentId']}", f"REPORT#{CAROL}")
    assert kept is not None
    assert (kept["targetType"], kept["postId"]) == ("comment", post_id)
    assert world.item(f"COMMENT#{comment['commentId']}", "METADATA") is None


def test_either_is_reported_by_its_id_alone(front: Front) -> None:
    post_id = write(front, ALICE)["postId"]
    comment = say(front, BOB, post_id)
    for kind, target in (("post", post_id), ("comment", comment["commentId"])):
        body = {"targetType": kind, "targetId": target, "reason": "other"}
        assert front.post("/reports", body, who=CAROL).status == 201
        assert front.post("/reports", body, who=CAROL).status == 409
        assert front.post("/reports", {**body, "targetId": "none"}, who=CAROL).status == 404
    assert item_of(post_id)["reportCount"] == 1
    assert item_of(post_id, comment)["reportCount"] == 1


def test_nobody_reports_the_same_thing_twice(front: Front) -> None:
    post_id = write(front, ALICE)["postId"]
    comment = say(front, BOB, post_id)["commentId"]
    for path in (f"/posts/{post_id}/report", f"/posts/{post_id}/comments/{comment}/report"):
        assert front.post(path, {"reason": "spam"}, who=CAROL).status == 201
        answer = front.post(path, {"reason": "other"}, who=CAROL)
        assert (answer.status, answer.body) == (409, {"error": "you have reported this before"})
    assert item_of(post_id)["reportCount"] == 1


@pytest.mark.parametrize("body", [{}, {"reason": "boring"}, {"reason": "spam", "details": "x" * 5_001}])
def test_a_malformed_report_is_refused(front: Front, body: dict[str, Any]) -> None:
    post_id = write(front, ALICE)["postId"]
    comment = say(front, BOB, post_id)["commentId"]
    assert front.post(f"/posts/{post_id}/report", body, who=CAROL).status == 400
    assert front.post(f"/posts/{post_id}/comments/{comment}/report", body, who=CAROL).status == 400
    assert front.post("/reports", {**body, "targetId": post_id, "targetType": "post"}, who=CAROL).status == 400
    assert item_of(post_id)["reportCount"] == 0


def test_nobody_reports_themselves(front: Front) -> None:
    post_id = write(front, ALICE)["postId"]
    answer = front.post(f"/posts/{post_id}/report", {"reason": "spam"}, who=ALICE)
    assert (answer.status, answer.body) == (400, {"error": "nobody needs to report themselves"})


def test_what_one_does_not_see_one_does_not_report(front: Front) -> None:
    friends, hidden = write(front, ALICE, privacy="friends")["postId"], write(front, ALICE)["postId"]
    comment = say(front, BOB, friends)["commentId"]
    hide(hidden)
    for path in (
        f"/posts/{friends}/report",
        f"/posts/{hidden}/report",
        "/posts/none/report",
        f"/posts/{friends}/comments/{comment}/report",
        f"/posts/{hidden}/comments/none/report",
    ):
        assert front.post(path, {"reason": "spam"}, who=CAROL).status == 404
    body = {"targetType": "comment", "targetId": comment, "reason": "spam"}
    assert front.post("/reports", body, who=CAROL).status == 404


@pytest.mark.parametrize(
    ("before", "status"), [(8, "active"), (9, "under_review"), (98, "under_review"), (99, "hidden"), (500, "hidden")]
)
def test_enough_reports_bring_a_post_before_the_moderators_and_then_hide_it(
    front: Front, before: int, status: str
) -> None:
    post_id = write(front, ALICE)["postId"]
    reported_before(before, post_id)
    assert front.post(f"/posts/{post_id}/report", {"reason": "spam"}, who=CAROL).status == 201
    item = item_of(post_id)
    assert item["status"] == status
    assert item["GSI5SK"] == f"{before + 1:05d}#{post_id}"
    assert front.get(f"/posts/{post_id}", who=BOB).status == (404 if status == "hidden" else 200)
    if status == "hidden":
        assert item["hiddenReason"] == f"hidden after {before + 1} reports"
        assert item["hiddenAt"] >= item["createdAt"]
        assert item["canAppeal"] is True
        (told,) = front.get("/notifications", who=ALICE).body["notifications"]
        assert (told["type"], told["actorId"]) == ("post_hidden", None)
        assert (told["resourceType"], told["resourceId"]) == ("post", post_id)
        assert told["metadata"] == {"reportCount": before + 1, "reason": f"hidden after {before + 1} reports"}
    else:
        assert news(front, ALICE) == []


def test_enough_reports_hide_a_comment(front: Front) -> None:
    post_id = write(front, ALICE)["postId"]
    comment = say(front, BOB, post_id)
    path = f"/posts/{post_id}/comments/{comment['commentId']}/report"
    reported_before(9, post_id, comment)
    front.post(path, {"reason": "spam"}, who=CAROL)
    assert item_of(post_id, comment)["status"] == "under_review"
    assert len(front.get(f"/posts/{post_id}/comments", who=ALICE).body["comments"]) == 1
    reported_before(99, post_id, comment)
    front.post(path, {"reason": "spam"}, who=DAVE)
    assert item_of(post_id, comment)["status"] == "hidden"
    assert front.get(f"/posts/{post_id}/comments", who=ALICE).body["comments"] == []
    assert news(front, BOB) == [("comment_hidden", None)]


def test_two_reports_at_once_still_reach_the_moderators(front: Front) -> None:
    from kitchen import changes, table
    from kitchen.keys import posts

    post_id = write(front, ALICE)["postId"]
    reported_before(8, post_id)
    overtaken: list[bool] = []

    def overtake(params: dict[str, Any], **_: Any) -> None:
        # between this report's count and its look at it, another one is counted
        if "reportCount" in str(params["body"]) and not overtaken:
            overtaken.append(True)
            changes.update(posts.post(post_id), add={"reportCount": 1})

    event = "before-call.dynamodb.UpdateItem"
    table.client.meta.events.register_first(event, overtake, unique_id="overtake")
    try:
        assert front.post(f"/posts/{post_id}/report", {"reason": "spam"}, who=CAROL).status == 201
    finally:
        table.client.meta.events.unregister(event, unique_id="overtake")
    item = item_of(post_id)
    assert (item["reportCount"], item["status"]) == (10, "under_review")
    assert item["GSI5SK"] == f"00010#{post_id}"


def test_a_post_that_moderators_let_stand_is_not_hidden_by_its_next_report(front: Front) -> None:
    post_id = write(front, ALICE)["postId"]
    reported_before(99, post_id)
    front.post(f"/posts/{post_id}/report", {"reason": "spam"}, who=CAROL)
    hide(post_id, status="active", reportCount=0)
    front.post(f"/posts/{post_id}/report", {"reason": "spam"}, who=DAVE)
    item = item_of(post_id)
    assert (item["status"], item["reportCount"], item["GSI5SK"]) == ("active", 1, f"00001#{post_id}")


@given(st.integers(0, 300), st.sampled_from(["active", "under_review", "hidden", "deleted"]))
def test_a_verdict_never_softens(reports: int, status: str) -> None:
    from social.reports import judge

    severity = ["active", "under_review", "hidden", "deleted"]
    verdict = judge(reports, status)
    assert severity.index(verdict.status) >= severity.index(status)
    assert verdict.is_new is (verdict.status != status)
    if status == "active":
        assert verdict.status == ("hidden" if reports >= 100 else "under_review" if reports >= 10 else "active")

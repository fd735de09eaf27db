from __future__ import annotations

from typing import Any

import office
import pytest
from front import Front, Response
from office import ADMIN, ask, asked, code
from world import ALICE, BOB

NOBODY = "99999999-0000-4000-8000-000000000009"


@pytest.fixture(autouse=True)
def client(front: Front, monkeypatch: pytest.MonkeyPatch) -> Any:
    return office.opened(monkeypatch)


def send(front: Front, who: str = BOB, **changed: Any) -> Response:
    return front.post("/feedback", {"title": "More pho", "content": "There is not enough pho", **changed}, who=who)


def sent(front: Front, who: str = BOB, **changed: Any) -> str:
    answer = send(front, who, **changed)
    assert answer.status == 201, answer.body
    feedback_id: str = answer.body["data"]["feedbackId"]
    return feedback_id


def test_feedback_reaches_the_administrators(front: Front) -> None:
    answer = send(front, content="There is <b>not</b> enough pho")
    assert answer.status == 201
    assert answer.body["data"].keys() == {"feedbackId", "status"}
    (item,) = asked(front, "GET", "/admin/feedbacks")["feedbacks"]
    assert item["feedbackId"] == answer.body["data"]["feedbackId"]
    assert (item["userId"], item["username"], item["status"]) == (BOB, "bob", "pending")
    assert (item["title"], item["content"]) == ("More pho", "There is not enough pho")
    assert not {"PK", "SK", "GSI1PK", "GSI2PK"} & item.keys()


def test_a_user_lists_the_own_feedback(front: Front) -> None:
    first, second = sent(front), sent(front)
    sent(front, ALICE)
    found = front.get("/feedback/my", who=BOB).body["data"]
    assert {item["feedbackId"] for item in found["feedbacks"]} == {first, second}
    assert found["count"] == 2
    assert front.get("/feedback/my").status == 401


def test_a_conversation_goes_both_ways_until_it_is_closed(front: Front) -> None:
    feedback_id = sent(front)
    answer = ask(front, "POST", f"/admin/feedbacks/{feedback_id}/reply", {"content": "How much?"})
    assert answer.status == 201
    reply = answer.body["data"]["reply"]
    assert (reply["userId"], reply["isAdmin"], reply["content"]) == (ADMIN, True, "How much?")
    assert front.post(f"/feedback/{feedback_id}/reply", {"content": "A bowl"}, who=BOB).status == 201
    for found in (
        front.get(f"/feedback/{feedback_id}", who=BOB).body["data"],
        asked(front, "GET", f"/admin/feedbacks/{feedback_id}"),
        asked(front, "GET", f"/feedback/{feedback_id}"),
    ):
        assert [(item["isAdmin"], item["content"]) for item in found["replies"]] == [
            (True, "How much?"),
            (False, "A bowl"),
        ]
        assert found["replyCount"] == 2
        assert found["feedback"]["feedbackId"] == feedback_id
    closed = asked(front, "POST", f"/admin/feedbacks/{feedback_id}/close")
    assert closed == {"feedbackId": feedback_id, "status": "closed"}
    late = front.post(f"/feedback/{feedback_id}/reply", {"content": "Hello?"}, who=BOB)
    assert code(late) == (400, "FEEDBACK_CLOSED")
    assert late.body["error"]["message"] == "the feedback is closed"
    assert code(ask(front, "POST", f"/admin/feedbacks/{feedback_id}/reply", {"content": "Hm"})) == (
        400,
        "FEEDBACK_CLOSED",
    )
    assert asked(front, "GET", f"/admin/feedbacks/{feedback_id}")["replyCount"] == 2
    assert asked(front, "POST", f"/admin/feedbacks/{feedback_id}/close")["status"] == "closed"


def test_feedback_is_listed_by_state(front: Front) -> None:
    open_one, closed_one = sent(front), sent(front)
    asked(front, "POST", f"/admin/feedbacks/{closed_one}/close")

    def listed(**query: str) -> list[str]:
        found = asked(front, "GET", "/admin/feedbacks", query=query)
        assert found["count"] == len(found["feedbacks"])
        return [item["feedbackId"] for item in found["feedbacks"]]

    assert listed(status="pending") == [open_one]
    assert listed(status="closed") == [closed_one]
    assert listed(status="all") == listed() == [closed_one, open_one]
    assert listed(limit="1") == [closed_one]
    assert code(ask(front, "GET", "/admin/feedbacks", query={"limit": "101"})) == (400, "ADMIN_100")
    assert code(ask(front, "GET", "/admin/feedbacks", query={"status": "x"})) == (400, "ADMIN_100")


def test_feedback_is_its_writers_alone(front: Front) -> None:
    feedback_id = sent(front)
    assert code(front.get(f"/feedback/{feedback_id}", who=ALICE)) == (403, "NOT_THE_OWNER")
    answer = front.post(f"/feedback/{feedback_id}/reply", {"content": "me too"}, who=ALICE)
    assert code(answer) == (403, "NOT_THE_OWNER")
    assert asked(front, "GET", f"/admin/feedbacks/{feedback_id}")["replyCount"] == 0


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "/feedback/nothing", None),
        ("POST", "/feedback/nothing/reply", {"content": "x"}),
        ("GET", "/admin/feedbacks/nothing", None),
        ("POST", "/admin/feedbacks/nothing/reply", {"content": "x"}),
        ("POST", "/admin/feedbacks/nothing/close", None),
    ],
)
def test_feedback_that_is_not_there_is_not_found(front: Front, method: str, path: str, body: Any) -> None:
    assert code(ask(front, method, path, body)) == (404, "FEEDBACK_NOT_FOUND")


@pytest.mark.parametrize(
    "changed",
    [{"title": "Pho"}, {"title": "x" * 201}, {"content": "short"}, {"content": "x" * 2_001}, {"title": "<b></b>"}],
)
def test_malformed_feedback_is_refused(front: Front, changed: dict[str, str]) -> None:
    assert code(send(front, **changed)) == (400, "ADMIN_100")
    assert front.get("/feedback/my", who=BOB).body["data"]["feedbacks"] == []


@pytest.mark.parametrize("content", ["", "x" * 1_001])
def test_a_malformed_reply_is_refused(front: Front, content: str) -> None:
    feedback_id = sent(front)
    assert code(front.post(f"/feedback/{feedback_id}/reply", {"content": content}, who=BOB)) == (400, "ADMIN_100")


def test_who_has_no_profile_gives_no_feedback(front: Front) -> None:
    assert send(front, NOBODY).status == 404


def test_feedback_goes_with_its_writer(front: Front) -> None:
    feedback_id = sent(front)
    asked(front, "POST", f"/admin/feedbacks/{feedback_id}/reply", {"content": "Thanks"})
    asked(front, "DELETE", f"/admin/users/{BOB}", query={"cascade": "true"})
    assert not [item for item in office.written() if feedback_id in item["PK"] + item["SK"]]

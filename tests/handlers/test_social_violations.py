from __future__ import annotations

from typing import Any

import pytest
import society
import world
from front import Front
from society import hide, say, write
from world import ALICE, BOB, CAROL, NOW

PATH = "/users/me/violations"


@pytest.fixture(autouse=True)
def people(front: Front) -> None:
    society.gather()


def violate(who: str, kind: str, content_id: str, violation_id: str = "v1", **said: Any) -> None:
    from kitchen.keys import moderation

    world.put(
        {
            **moderation.violation(who, violation_id, NOW),
            "violationId": violation_id,
            "violationType": kind,
            f"{kind}Id": content_id,
            "violationContent": "What it said",
            "reportCount": 12,
            "type": "hide",
            "reason": "rude",
            "severity": "medium",
            "adminUserId": CAROL,
            "createdAt": NOW,
            **said,
        }
    )


def test_a_violation_is_explained_by_its_id_and_by_its_content(front: Front) -> None:
    from kitchen import clock

    post_id = write(front, ALICE, "Rude words", caption="Very")["postId"]
    deadline = clock.now() + clock.DAY
    hide(post_id, hiddenAt="2026-03-04T05:06:07.089Z", hiddenReason="rude", canAppeal=True, appealDeadline=deadline)
    violate(ALICE, "post", post_id)
    by_id = front.get(PATH, who=ALICE, query={"violationId": "v1"})
    by_content = front.get(PATH, who=ALICE, query={"type": "post", "id": post_id})
    assert by_id.status == by_content.status == 200
    assert by_id.body == by_content.body
    data = by_id.body["data"]
    assert data["content"].pop("createdAt")
    assert data == {
        "violationId": "v1",
        "contentType": "post",
        "contentId": post_id,
        "content": {
            "postId": post_id,
            "postType": "quick",
            "title": "Rude words",
            "caption": "Very",
            "images": [],
            "privacyLevel": "public",
            "status": "hidden",
            "hiddenAt": "2026-03-04T05:06:07.089Z",
            "hiddenReason": "rude",
            "appealDeadline": deadline,
            "canAppeal": True,
        },
        "violation": {
            "type": "hide",
            "reason": "rude",
            "severity": "medium",
            "createdAt": NOW,
            "reportCount": 12,
            "adminUsername": "carol",
        },
    }


def test_a_comment_is_found_by_its_id(front: Front) -> None:
    post_id = write(front, ALICE)["postId"]
    comment = say(front, BOB, post_id, "Rude")["commentId"]
    violate(BOB, "comment", comment, postId=post_id)
    for query in ({"violationId": "v1"}, {"type": "comment", "id": comment}):
        data = front.get(PATH, who=BOB, query=query).body["data"]
        assert (data["contentType"], data["contentId"]) == ("comment", comment)
        assert (data["content"]["content"], data["content"]["postId"]) == ("Rude", post_id)
        assert data["content"]["canAppeal"] is False


def test_what_is_gone_is_told_by_what_was_kept_of_it(front: Front) -> None:
    violate(ALICE, "post", "gone")
    for query in ({"violationId": "v1"}, {"type": "post", "id": "gone"}):
        data = front.get(PATH, who=ALICE, query=query).body["data"]
        assert data["contentDeleted"] is True
        assert data["content"] == {"content": "What it said", "status": "deleted", "canAppeal": False}


def test_what_reports_alone_hid_is_explained_too(front: Front) -> None:
    from kitchen import changes
    from kitchen.keys import posts

    post_id = write(front, ALICE)["postId"]
    changes.update(posts.post(post_id), {"reportCount": 99})
    front.post(f"/posts/{post_id}/report", {"reason": "spam"}, who=BOB)
    data = front.get(PATH, who=ALICE, query={"type": "post", "id": post_id}).body["data"]
    assert data["violationId"] is None
    assert (data["violation"]["reason"], data["violation"]["reportCount"]) == ("hidden after 100 reports", 100)
    assert (data["content"]["status"], data["content"]["canAppeal"]) == ("hidden", True)


@pytest.mark.parametrize("deadline", [1_000, "2026-01-01T00:00:00Z"])
def test_after_the_deadline_there_is_no_appeal(front: Front, deadline: Any) -> None:
    post_id = write(front, ALICE)["postId"]
    hide(post_id, canAppeal=True, appealDeadline=deadline)
    data = front.get(PATH, who=ALICE, query={"type": "post", "id": post_id}).body["data"]
    assert data["content"]["canAppeal"] is False


@pytest.mark.parametrize(("status", "again"), [("pending", False), ("rejected", True)])
def test_an_appeal_is_shown_and_waited_for(front: Front, status: str, again: bool) -> None:
    from kitchen.keys import moderation

    post_id = write(front, ALICE)["postId"]
    hide(post_id, canAppeal=True)
    violate(ALICE, "post", post_id)
    appeal = {"appealId": "a1", "status": status, "reason": "It was a joke", "createdAt": NOW}
    world.put({**moderation.appeal(ALICE, "a1"), **appeal, "contentId": post_id, "userId": ALICE, "reviewedBy": CAROL})
    data = front.get(PATH, who=ALICE, query={"violationId": "v1"}).body["data"]
    assert data["appeal"] == appeal
    assert data["content"]["canAppeal"] is again


def test_what_is_not_there_or_not_ones_own_is_refused(front: Front) -> None:
    post_id = write(front, BOB)["postId"]
    violate(ALICE, "post", post_id)
    violate(BOB, "post", post_id, "v2")
    answer = front.get(PATH, who=ALICE, query={"type": "post", "id": post_id})
    assert (answer.status, answer.body) == (403, {"error": "this content is not yours"})
    assert front.get(PATH, who=ALICE, query={"violationId": "v1"}).status == 403
    assert front.get(PATH, who=ALICE, query={"violationId": "v2"}).status == 404
    own = write(front, ALICE)["postId"]
    assert front.get(PATH, who=ALICE, query={"type": "post", "id": own}).status == 404
    assert front.get(PATH, who=ALICE, query={"type": "comment", "id": "none"}).status == 404


@pytest.mark.parametrize(
    "query", [{}, {"type": "post"}, {"id": "x"}, {"type": "user", "id": "x"}, {"violationId": "x" * 129}]
)
def test_a_question_about_nothing_is_refused(front: Front, query: dict[str, str]) -> None:
    assert front.get(PATH, who=ALICE, query=query).status == 400

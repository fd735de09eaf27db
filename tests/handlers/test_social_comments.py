from __future__ import annotations

from typing import Any

import pytest
import society
import world
from front import Front
from society import CDN, DAVE, hide, news, say, write
from world import ALICE, BOB, CAROL


@pytest.fixture(autouse=True)
def people(front: Front) -> None:
    society.gather()


def listed(front: Front, post_id: str, who: str = ALICE) -> list[str]:
    answer = front.get(f"/posts/{post_id}/comments", who=who)
    assert answer.status == 200, answer.body
    return [comment["content"] for comment in answer.body["comments"]]


def count(front: Front, post_id: str) -> int:
    total: int = front.post("/posts/stats", {"postIds": [post_id]}).body["stats"][post_id]["comments_count"]
    return total


def test_a_comment_is_read_as_it_was_written(front: Front) -> None:
    post_id = write(front, ALICE)["postId"]
    made = say(front, CAROL, post_id, " So <b>good</b> ")
    answer = front.get(f"/posts/{post_id}/comments", who=DAVE)
    assert answer.status == 200
    assert answer.body.keys() == {"comments", "nextToken", "lastKey", "hasMore"}
    assert answer.body["comments"] == [made]
    created = made.pop("createdAt")
    assert made.pop("updatedAt") == created
    assert isinstance(made.pop("commentId"), str)
    assert made == {
        "postId": post_id,
        "authorId": CAROL,
        "authorName": "Carol",
        "authorUsername": "carol",
        "authorAvatar": f"{CDN}/defaults/avatar.png",
        "content": "So good",
        "parentCommentId": None,
        "isEdited": False,
        "editedAt": None,
        "likes": 0,
    }
    assert count(front, post_id) == 1


def test_comments_are_read_oldest_first_page_by_page(front: Front) -> None:
    post_id = write(front, ALICE)["postId"]
    for number in range(5):
        say(front, BOB, post_id, str(number))
    pages, query = [], {"limit": "2"}
    while query:
        body = front.get(f"/posts/{post_id}/comments", who=CAROL, query=query).body
        pages.append([comment["content"] for comment in body["comments"]])
        query = {"limit": "2", "nextToken": body["nextToken"]} if body["hasMore"] else {}
    assert pages == [["0", "1"], ["2", "3"], ["4"]]


def test_a_token_of_another_posts_comments_is_refused(front: Front) -> None:
    one, two = write(front, ALICE)["postId"], write(front, ALICE, privacy="private")["postId"]
    for _ in range(2):
        say(front, ALICE, two)
    token = front.get(f"/posts/{two}/comments", who=ALICE, query={"limit": "1"}).body["nextToken"]
    assert front.get(f"/posts/{one}/comments", who=BOB, query={"nextToken": token}).status == 400


@pytest.mark.parametrize(
    "body",
    [{}, {"content": ""}, {"content": " "}, {"content": "<b></b>"}, {"content": "x" * 2_001}, {"content": 7}],
)
def test_a_comment_must_say_something(front: Front, body: dict[str, Any]) -> None:
    post_id = write(front, ALICE)["postId"]
    assert front.post(f"/posts/{post_id}/comments", body, who=BOB).status == 400
    assert listed(front, post_id) == []
    assert count(front, post_id) == 0


def test_what_one_does_not_see_one_does_not_comment_on(front: Front) -> None:
    private, hidden = write(front, ALICE, privacy="friends")["postId"], write(front, ALICE)["postId"]
    hide(hidden)
    for post_id in (private, hidden, "none"):
        assert front.post(f"/posts/{post_id}/comments", {"content": "x"}, who=CAROL).status == 404
        assert front.get(f"/posts/{post_id}/comments", who=CAROL).status == 404
    say(front, BOB, private)
    assert listed(front, private) == ["Yum"]


def test_the_posts_author_is_told_of_a_comment_and_a_comments_author_of_a_reply(front: Front) -> None:
    post_id = write(front, ALICE)["postId"]
    comment = say(front, BOB, post_id)
    reply = say(front, CAROL, post_id, parentCommentId=comment["commentId"])
    assert reply["parentCommentId"] == comment["commentId"]
    assert news(front, ALICE) == [("new_comment", BOB)]
    assert news(front, BOB) == [("comment_reply", CAROL)]
    told = front.get("/notifications", who=ALICE).body["notifications"][0]
    assert (told["resourceType"], told["resourceId"]) == ("comment", comment["commentId"])
    assert told["metadata"] == {"postId": post_id, "preview": "Yum"}
    assert (told["actorName"], told["actorAvatar"]) == ("Bob", f"{CDN}/defaults/avatar.png")


def test_nobody_is_told_of_their_own_comment(front: Front) -> None:
    post_id = write(front, ALICE)["postId"]
    own = say(front, ALICE, post_id, "Hello @alice")
    say(front, ALICE, post_id, parentCommentId=own["commentId"])
    assert news(front, ALICE) == []


def test_a_reply_needs_a_comment_of_the_same_post(front: Front) -> None:
    one, two = write(front, ALICE)["postId"], write(front, ALICE)["postId"]
    elsewhere = say(front, BOB, two)["commentId"]
    for parent in ("none", elsewhere):
        answer = front.post(f"/posts/{one}/comments", {"content": "x", "parentCommentId": parent}, who=CAROL)
        assert (answer.status, answer.body) == (404, {"error": "there is no such comment"})
    assert count(front, one) == 0


def test_those_named_are_told_if_they_may_see_the_post(front: Front) -> None:
    world.befriend(CAROL, DAVE, status="blocked", both=False)
    public, friends = write(front, ALICE)["postId"], write(front, ALICE, privacy="friends")["postId"]
    text = "@Bob @bob, @carol. mail@dave @dave @nobody @alice"
    say(front, CAROL, public, text)
    assert news(front, BOB) == [("mention", CAROL)]
    assert news(front, CAROL) == []
    assert news(front, DAVE) == []
    assert sorted(news(front, ALICE)) == [("mention", CAROL), ("new_comment", CAROL)]
    say(front, BOB, friends, "@carol @dave")
    assert news(front, CAROL) == []


def test_twenty_are_named_at_most() -> None:
    from social import mentions

    assert mentions.names_in(" ".join(f"@user_{n}" for n in range(30))) == [f"user_{n}" for n in range(20)]
    assert mentions.names_in("a@b.com @ab @@abc (@Anna_1)! @" + "x" * 40) == ["anna_1", "x" * 30]


def test_hidden_comments_and_those_of_blocked_people_are_not_read(front: Front) -> None:
    from kitchen import changes
    from kitchen.keys import posts

    post_id = write(front, ALICE)["postId"]
    hidden = say(front, BOB, post_id, "hidden")
    say(front, CAROL, post_id, "of carol")
    say(front, DAVE, post_id, "of dave")
    changes.update(posts.comment(post_id, hidden["createdAt"], hidden["commentId"]), {"status": "hidden"})
    world.befriend(CAROL, BOB, status="blocked", both=False)
    assert listed(front, post_id, ALICE) == ["of carol", "of dave"]
    assert listed(front, post_id, BOB) == ["of dave"]
    path = f"/posts/{post_id}/comments/{hidden['commentId']}"
    assert front.put(path, {"content": "Harmless"}, who=BOB).status == 403
    reply = {"content": "x", "parentCommentId": hidden["commentId"]}
    assert front.post(f"/posts/{post_id}/comments", reply, who=DAVE).status == 404


def test_a_comment_is_edited_by_its_author(front: Front) -> None:
    post_id = write(front, ALICE)["postId"]
    made = say(front, BOB, post_id)
    path = f"/posts/{post_id}/comments/{made['commentId']}"
    answer = front.put(path, {"content": "Better <i>now</i>"}, who=BOB)
    assert answer.status == 200
    (read,) = front.get(f"/posts/{post_id}/comments", who=ALICE).body["comments"]
    assert read == answer.body["comment"]
    assert (read["content"], read["isEdited"]) == ("Better now", True)
    assert read["editedAt"] == read["updatedAt"] >= read["createdAt"]
    assert front.put(path, {"content": "x"}, who=ALICE).body == {"error": "this is not your comment"}
    assert front.put(path, {"content": "x"}, who=ALICE).status == 403
    assert front.put(path, {"content": "<b></b>"}, who=BOB).status == 400
    assert front.put(f"/posts/{post_id}/comments/none", {"content": "x"}, who=BOB).status == 404
    assert front.put(f"/posts/other/comments/{made['commentId']}", {"content": "x"}, who=BOB).status == 404


def test_a_deleted_comment_takes_its_reactions_and_reports_along(front: Front) -> None:
    post_id = write(front, ALICE)["postId"]
    made = say(front, BOB, post_id)
    path = f"/posts/{post_id}/comments/{made['commentId']}"
    about = {"targetType": "comment", "targetId": made["commentId"], "reactionType": "love"}
    front.post(f"/posts/{post_id}/reactions", about, who=ALICE)
    front.post(f"{path}/report", {"reason": "spam"}, who=CAROL)
    assert front.delete(path, who=ALICE).status == 403
    assert front.delete(path, who=BOB).status == 200
    assert listed(front, post_id) == []
    assert count(front, post_id) == 0
    assert [key for key in world.items() if key["PK"].startswith("COMMENT#")] == []
    assert front.delete(path, who=BOB).status == 404


def test_a_count_never_falls_below_zero(front: Front) -> None:
    from kitchen import changes
    from kitchen.keys import posts

    post_id = write(front, ALICE)["postId"]
    made = say(front, BOB, post_id)
    changes.update(posts.post(post_id), {"comments": 0})
    assert front.delete(f"/posts/{post_id}/comments/{made['commentId']}", who=BOB).status == 200
    assert listed(front, post_id) == []
    assert count(front, post_id) == 0


def test_a_comment_stays_though_its_news_cannot_be_written(front: Front) -> None:
    from faults import refused
    from kitchen import table

    post_id = write(front, ALICE)["postId"]
    with refused(table.client, "PutItem", "InternalServerError", status=500):
        assert front.post(f"/posts/{post_id}/comments", {"content": "x"}, who=BOB).status == 201
    assert listed(front, post_id) == ["x"]

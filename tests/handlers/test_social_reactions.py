from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import society
import world
from front import Front
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from society import DAVE, hide, news, say, write
from world import ALICE, BOB, CAROL

EVERYBODY = (ALICE, BOB, CAROL, DAVE)


@pytest.fixture(autouse=True)
def people(front: Front) -> None:
    society.gather()


def likes(front: Front, post_id: str) -> int:
    total: int = front.get(f"/posts/{post_id}", who=ALICE).body["post"]["likes"]
    return total


def rank(post_id: str) -> str:
    item = world.item(f"POST#{post_id}", "METADATA")
    assert item is not None
    return str(item["GSI3SK"])[:5]


def react(front: Front, who: str, post_id: str, kind: str, **target: str) -> Any:
    return front.post(f"/posts/{post_id}/reactions", {"reactionType": kind, **target}, who=who)


def test_a_reaction_is_kept_counted_and_told(front: Front) -> None:
    post_id = write(front, ALICE)["postId"]
    answer = react(front, BOB, post_id, "wow")
    assert answer.status == 200
    assert answer.body.keys() == {"message", "reaction", "likes_count"}
    assert answer.body["likes_count"] == 1
    mine = front.get(f"/posts/{post_id}/reactions/me", who=BOB)
    assert mine.status == 200
    assert mine.body == {"reaction": answer.body["reaction"]}
    made = mine.body["reaction"]
    assert made.pop("createdAt") == made.pop("updatedAt")
    assert made == {"targetId": post_id, "targetType": "post", "userId": BOB, "reactionType": "wow"}
    assert news(front, ALICE) == [("new_reaction", BOB)]
    assert rank(post_id) == "00001"


def test_the_same_again_changes_nothing_and_another_keeps_its_beginning(front: Front) -> None:
    post_id = write(front, ALICE)["postId"]
    first = react(front, BOB, post_id, "like").body["reaction"]
    assert react(front, BOB, post_id, "like").body["reaction"] == first
    changed = react(front, BOB, post_id, "sad").body["reaction"]
    assert changed["reactionType"] == "sad"
    assert changed["createdAt"] == first["createdAt"]
    assert changed["updatedAt"] >= first["updatedAt"]
    assert likes(front, post_id) == 1
    assert news(front, ALICE) == [("new_reaction", BOB)]


def test_a_like_is_a_reaction(front: Front) -> None:
    post_id = write(front, ALICE)["postId"]
    assert front.post(f"/posts/{post_id}/like", who=BOB).status == 200
    assert front.post(f"/posts/{post_id}/like", who=BOB).status == 200
    assert front.get(f"/posts/{post_id}/reactions/me", who=BOB).body["reaction"]["reactionType"] == "like"
    assert (likes(front, post_id), rank(post_id)) == (1, "00001")
    answer = front.delete(f"/posts/{post_id}/like", who=BOB)
    assert (answer.status, answer.body) == (200, {"message": "the reaction is gone", "likes_count": 0})
    assert front.delete(f"/posts/{post_id}/like", who=BOB).body == {"error": "there is no reaction of yours"}
    assert front.delete(f"/posts/{post_id}/like", who=BOB).status == 404
    assert (likes(front, post_id), rank(post_id)) == (0, "00000")


def test_a_comment_is_reacted_to_through_its_post(front: Front) -> None:
    post_id = write(front, ALICE)["postId"]
    comment = say(front, BOB, post_id)["commentId"]
    target = {"targetType": "comment", "targetId": comment}
    assert react(front, CAROL, post_id, "love", **target).status == 200
    (read,) = front.get(f"/posts/{post_id}/comments", who=ALICE).body["comments"]
    assert read["likes"] == 1
    assert likes(front, post_id) == 0
    path = f"/posts/{post_id}/comments/{comment}/reactions"
    assert front.get(f"{path}/me", who=CAROL).body["reaction"]["reactionType"] == "love"
    assert front.get(f"{path}/me", who=DAVE).status == 404
    assert front.get(path, who=DAVE).body == {
        "reactions": {
            "love": {
                "count": 1,
                "users": [
                    {
                        "userId": CAROL,
                        "username": "carol",
                        "avatarUrl": "https://cdn.everyonecook.cloud/defaults/avatar.png",
                    }
                ],
            }
        }
    }
    assert news(front, BOB) == [("new_reaction", CAROL)]
    assert front.delete(f"/posts/{post_id}/reactions", target, who=CAROL).status == 200
    assert front.get(path, who=DAVE).body == {"reactions": {}}


def test_reactions_are_summed_up_by_kind(front: Front) -> None:
    post_id = write(front, ALICE)["postId"]
    for who, kind in ((BOB, "like"), (CAROL, "like"), (DAVE, "angry")):
        react(front, who, post_id, kind)
    world.befriend(CAROL, DAVE, status="blocked", both=False)
    found = front.get(f"/posts/{post_id}/reactions", who=DAVE).body["reactions"]
    assert {kind: (held["count"], [user["username"] for user in held["users"]]) for kind, held in found.items()} == {
        "like": (2, ["bob"]),
        "angry": (1, ["dave"]),
    }


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"reactionType": "hate"},
        {"reactionType": "like", "targetType": "comment"},
        {"reactionType": "like", "targetId": "another-post"},
        {"reactionType": "like", "targetType": "post", "targetId": "another-post"},
        {"reactionType": "like", "targetType": "user", "targetId": "x"},
    ],
)
def test_a_malformed_reaction_is_refused(front: Front, body: dict[str, Any]) -> None:
    post_id = write(front, ALICE)["postId"]
    assert front.post(f"/posts/{post_id}/reactions", body, who=BOB).status == 400
    assert likes(front, post_id) == 0


def test_what_one_does_not_see_one_does_not_react_to(front: Front) -> None:
    friends, hidden = write(front, ALICE, privacy="friends")["postId"], write(front, ALICE)["postId"]
    comment = say(front, BOB, friends)["commentId"]
    hide(hidden)
    for post_id in (friends, hidden, "none"):
        assert front.post(f"/posts/{post_id}/like", who=CAROL).status == 404
        assert front.delete(f"/posts/{post_id}/like", who=CAROL).status == 404
        assert front.delete(f"/posts/{post_id}/reactions", who=CAROL).status == 404
        assert react(front, CAROL, post_id, "like").status == 404
        assert react(front, CAROL, post_id, "like", targetType="comment", targetId=comment).status == 404
        for path in ("reactions", "reactions/me", f"comments/{comment}/reactions", f"comments/{comment}/reactions/me"):
            assert front.get(f"/posts/{post_id}/{path}", who=CAROL).status == 404
    assert react(front, BOB, friends, "like", targetType="comment", targetId="none").status == 404


def test_a_reaction_to_a_comment_of_another_post_is_not_found(front: Front) -> None:
    one, two = write(front, ALICE)["postId"], write(front, ALICE)["postId"]
    comment = say(front, BOB, two)["commentId"]
    assert react(front, CAROL, one, "like", targetType="comment", targetId=comment).status == 404


def test_many_likes_at_once_count_each_once(front: Front) -> None:
    from kitchen import clock, table
    from social import feelings, targets
    from social.circle import Circle

    post_id = write(front, ALICE)["postId"]
    users = [f"user-{number}" for number in range(12)]

    def like(user_id: str) -> None:
        target = targets.find_post(Circle(user_id), post_id)
        feelings.react(user_id, target, "like", clock.now())

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(like, users * 2))
    assert (likes(front, post_id), rank(post_id)) == (12, "00012")
    assert table.count(f"POST#{post_id}", prefix="REACTION#") == 12


def test_a_like_that_is_taken_back_twice_at_once_is_counted_once(front: Front) -> None:
    from kitchen import clock, table
    from social import feelings, targets
    from social.circle import Circle

    post_id = write(front, ALICE)["postId"]
    for who in (BOB, CAROL):
        react(front, who, post_id, "like")
    target = targets.find_post(Circle(BOB), post_id)
    overtaken: list[Any] = []

    def overtake(params: dict[str, Any], **_: Any) -> None:
        if not overtaken:
            overtaken.append(params)
            feelings.take_back(BOB, target, clock.now())

    event = "before-call.dynamodb.TransactWriteItems"
    table.client.meta.events.register_first(event, overtake, unique_id="overtake")
    try:
        answer = front.delete(f"/posts/{post_id}/like", who=BOB)
    finally:
        table.client.meta.events.unregister(event, unique_id="overtake")
    assert answer.status == 404
    assert (likes(front, post_id), rank(post_id)) == (1, "00001")


steps = st.tuples(st.sampled_from(EVERYBODY), st.sampled_from(["like", "love", "sad", None]))


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(steps, max_size=10))
def test_the_count_is_always_that_of_the_reactions_there_are(front: Front, done: list[tuple[str, str | None]]) -> None:
    post_id = write(front, ALICE)["postId"]
    felt: dict[str, str] = {}
    for who, kind in done:
        if kind:
            assert react(front, who, post_id, kind).status == 200
            felt[who] = kind
        else:
            assert front.delete(f"/posts/{post_id}/reactions", who=who).status == (200 if who in felt else 404)
            felt.pop(who, None)
    found = front.get(f"/posts/{post_id}/reactions", who=ALICE).body["reactions"]
    assert {user["userId"]: kind for kind, held in found.items() for user in held["users"]} == felt
    assert (likes(front, post_id), rank(post_id)) == (len(felt), f"{len(felt):05d}")
    week = {item["postId"]: item["likesThisWeek"] for item in front.get("/trending/posts", who=ALICE).body["items"]}
    assert week.get(post_id, 0) == list(felt.values()).count("like")

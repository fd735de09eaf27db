from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import society
import world
from front import Front
from society import CDN, DAVE, news
from world import ALICE, BOB, CAROL


@pytest.fixture(autouse=True)
def people(front: Front) -> None:
    for user_id, name in ((ALICE, "alice"), (BOB, "bob"), (CAROL, "carol"), (DAVE, "dave")):
        world.sign_up(user_id, name)


def ask(front: Front, who: str, whom: str) -> Any:
    return front.post(f"/friends/{whom}/request", who=who)


def accept(front: Front, who: str, whom: str) -> Any:
    return front.put(f"/friends/{whom}/accept", who=who)


def status(front: Front, one: str, two: str) -> tuple[str, str]:
    return tuple(front.get(f"/friends/{b}/status", who=a).body["status"] for a, b in ((one, two), (two, one)))


def totals(*user_ids: str) -> list[int]:
    return [(world.item(f"USER#{user_id}", "PROFILE") or {})["totalFriends"] for user_id in user_ids]


def test_a_request_is_seen_by_both_and_becomes_a_friendship(front: Front) -> None:
    answer = ask(front, ALICE, BOB)
    assert answer.status == 201
    made = answer.body["friendship"]
    assert made.pop("createdAt")
    assert made == {"userId": ALICE, "friendId": BOB, "status": "pending", "requestedBy": ALICE}
    assert status(front, ALICE, BOB) == ("pending_sent", "pending_received")
    incoming = front.get("/friends/requests", who=BOB).body
    assert incoming["count"] == 1
    request = incoming["requests"][0]
    assert request.pop("createdAt")
    assert request == {
        "requestId": f"{ALICE}#{BOB}",
        "fromUserId": ALICE,
        "fromUsername": "alice",
        "fromFullName": "Alice",
        "fromAvatarUrl": f"{CDN}/defaults/avatar.png",
    }
    sent = front.get("/friends/sent", who=ALICE).body
    assert [(one["requestId"], one["fromUserId"], one["fromUsername"]) for one in sent["requests"]] == [
        (f"{ALICE}#{BOB}", BOB, "bob")
    ]
    assert front.get("/friends/sent", who=BOB).body == {"requests": [], "count": 0}
    accepted = accept(front, BOB, ALICE)
    assert accepted.status == 200
    assert accepted.body["friendship"]["status"] == "accepted"
    assert accepted.body["friendship"]["acceptedAt"]
    assert status(front, ALICE, BOB) == ("friends", "friends")
    for who, other, name in ((ALICE, BOB, "bob"), (BOB, ALICE, "alice")):
        listed = front.get("/friends", who=who).body
        assert listed["count"] == 1
        (friend,) = listed["friends"]
        assert friend.keys() == {
            "userId",
            "username",
            "fullName",
            "avatarUrl",
            "status",
            "createdAt",
            "acceptedAt",
        }
        assert (friend["userId"], friend["username"], friend["status"]) == (other, name, "accepted")
    assert front.get("/friends/requests", who=BOB).body == {"requests": [], "count": 0}
    assert news(front, BOB) == [("friend_request", ALICE)]
    assert news(front, ALICE) == [("friend_accepted", BOB)]
    assert totals(ALICE, BOB) == [1, 1]


def test_who_asks_back_accepts(front: Front) -> None:
    ask(front, ALICE, BOB)
    answer = ask(front, BOB, ALICE)
    assert answer.status == 201
    assert answer.body["friendship"]["status"] == "accepted"
    assert status(front, ALICE, BOB) == ("friends", "friends")
    assert news(front, ALICE) == [("friend_accepted", BOB)]
    assert totals(ALICE, BOB) == [1, 1]


@pytest.mark.parametrize("path", ["request", "block"])
def test_nobody_asks_or_blocks_themselves(front: Front, path: str) -> None:
    assert front.post(f"/friends/{ALICE}/{path}", who=ALICE).status == 400
    assert front.get(f"/friends/{ALICE}/status", who=ALICE).body == {"status": "none"}


def test_what_stands_between_two_already_is_not_asked_again(front: Front) -> None:
    ask(front, ALICE, BOB)
    assert ask(front, ALICE, BOB).body == {"error": "you have asked already"}
    accept(front, BOB, ALICE)
    assert ask(front, ALICE, BOB).body == {"error": "you are friends already"}
    front.post(f"/friends/{CAROL}/block", who=ALICE)
    for one, two in ((ALICE, CAROL), (CAROL, ALICE)):
        answer = ask(front, one, two)
        assert (answer.status, answer.body) == (400, {"error": "this user cannot be asked"})
    for one, two in ((ALICE, "nobody"), (BOB, "nobody")):
        assert ask(front, one, two).status == 404
        assert front.post(f"/friends/{two}/block", who=one).status == 404


def test_fifty_requests_a_day(front: Front) -> None:
    from kitchen import clock, limits

    now = clock.now()
    for _ in range(49):
        limits.spend(limits.FRIEND_REQUEST, ALICE, now)
    assert ask(front, ALICE, BOB).status == 201
    refused = ask(front, ALICE, CAROL)
    assert refused.status == 429
    assert int(refused.headers["Retry-After"]) > 86_000
    assert status(front, ALICE, CAROL) == ("none", "none")
    ask(front, CAROL, ALICE)
    assert ask(front, ALICE, CAROL).status == 201


def test_a_request_is_answered_by_whom_it_was_put_to(front: Front) -> None:
    assert accept(front, BOB, ALICE).status == 404
    assert front.put(f"/friends/{ALICE}/reject", who=BOB).status == 404
    ask(front, ALICE, BOB)
    assert accept(front, ALICE, BOB).status == 404
    assert front.put(f"/friends/{BOB}/reject", who=ALICE).status == 404
    accept(front, BOB, ALICE)
    for method in (accept(front, BOB, ALICE), front.put(f"/friends/{ALICE}/reject", who=BOB)):
        assert (method.status, method.body) == (400, {"error": "you are friends already"})
    front.post(f"/friends/{CAROL}/block", who=BOB)
    assert accept(front, BOB, CAROL).body == {"error": "you have blocked this user"}
    assert accept(front, CAROL, BOB).status == 404
    for path in ("accept", "reject"):
        assert front.put(f"/friends/{ALICE}/{path}", who=ALICE).status == 400


def test_a_rejected_request_is_gone(front: Front) -> None:
    ask(front, ALICE, BOB)
    assert front.put(f"/friends/{ALICE}/reject", who=BOB).status == 200
    assert status(front, ALICE, BOB) == ("none", "none")
    assert ask(front, ALICE, BOB).status == 201


def test_an_own_request_is_taken_back(front: Front) -> None:
    assert front.delete(f"/friends/{BOB}/cancel", who=ALICE).status == 404
    ask(front, ALICE, BOB)
    assert front.delete(f"/friends/{ALICE}/cancel", who=BOB).status == 404
    assert front.delete(f"/friends/{BOB}/cancel", who=ALICE).status == 200
    assert status(front, ALICE, BOB) == ("none", "none")
    ask(front, ALICE, BOB)
    accept(front, BOB, ALICE)
    answer = front.delete(f"/friends/{BOB}/cancel", who=ALICE)
    assert (answer.status, answer.body) == (400, {"error": "this is no pending request of yours"})


def test_a_friendship_ends_for_both(front: Front) -> None:
    assert front.delete(f"/friends/{BOB}", who=ALICE).status == 404
    ask(front, ALICE, BOB)
    assert front.delete(f"/friends/{BOB}", who=ALICE).body == {"error": "you are not friends"}
    assert front.delete(f"/friends/{BOB}", who=ALICE).status == 400
    accept(front, BOB, ALICE)
    assert front.delete(f"/friends/{ALICE}", who=BOB).status == 200
    assert status(front, ALICE, BOB) == ("none", "none")
    assert front.get("/friends", who=ALICE).body == {"friends": [], "count": 0}
    assert totals(ALICE, BOB) == [0, 0]


@pytest.mark.parametrize("before", ["none", "sent", "received", "friends", "blocked_by"])
def test_a_block_ends_whatever_there_was(front: Front, before: str) -> None:
    match before:
        case "sent":
            ask(front, ALICE, BOB)
        case "received":
            ask(front, BOB, ALICE)
        case "friends":
            ask(front, ALICE, BOB)
            accept(front, BOB, ALICE)
        case "blocked_by":
            front.post(f"/friends/{ALICE}/block", who=BOB)
    assert front.post(f"/friends/{BOB}/block", who=ALICE).status == 200
    assert front.post(f"/friends/{BOB}/block", who=ALICE).status == 200
    assert totals(ALICE, BOB) == [0, 0]
    assert status(front, ALICE, BOB) == ("blocked", "blocked" if before == "blocked_by" else "blocked_by")
    assert front.get("/friends", who=BOB).body["count"] == 0
    assert front.get("/friends/requests", who=ALICE).body["count"] == 0
    assert front.get("/friends/requests", who=BOB).body["count"] == 0
    blocked = front.get("/friends/blocked", who=ALICE).body
    assert [(one["userId"], one["username"], one["fullName"]) for one in blocked["blockedUsers"]] == [
        (BOB, "bob", None)
    ]
    assert blocked["count"] == 1
    assert front.delete(f"/friends/{BOB}/block", who=ALICE).status == 200
    left = ("blocked_by", "blocked") if before == "blocked_by" else ("none", "none")
    assert status(front, ALICE, BOB) == left


def test_who_is_blocked_is_not_shown_the_record_of_it(front: Front) -> None:
    front.post(f"/friends/{BOB}/block", who=ALICE)
    assert front.get(f"/friends/{ALICE}/status", who=BOB).body == {"status": "blocked_by"}
    assert front.get(f"/friends/{BOB}/status", who=ALICE).body["friendship"]["status"] == "blocked"


def test_only_a_block_of_ones_own_is_lifted(front: Front) -> None:
    assert front.delete(f"/friends/{BOB}/block", who=ALICE).status == 404
    ask(front, ALICE, BOB)
    assert front.delete(f"/friends/{BOB}/block", who=ALICE).status == 400
    front.post(f"/friends/{BOB}/block", who=ALICE)
    assert front.delete(f"/friends/{ALICE}/block", who=BOB).status == 404


def test_two_who_ask_each_other_at_once_become_friends(front: Front) -> None:
    from kitchen import clock
    from social import friendships

    def request(pair: tuple[str, str]) -> None:
        friendships.change(*pair, friendships.asking(clock.now()))

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(request, [(ALICE, BOB), (BOB, ALICE)]))
    assert status(front, ALICE, BOB) == ("friends", "friends")
    assert totals(ALICE, BOB) == [1, 1]


@pytest.mark.parametrize("faster", ["accept", "reject", "block", "cancel"])
def test_an_answer_that_comes_too_late_changes_nothing(front: Front, faster: str) -> None:
    from kitchen import clock, table
    from social import friendships

    ask(front, ALICE, BOB)
    now = clock.now()
    doings: dict[str, tuple[str, str, Any]] = {
        "accept": (BOB, ALICE, friendships.accepting(now)),
        "reject": (BOB, ALICE, friendships.reject),
        "block": (ALICE, BOB, friendships.blocking(now)),
        "cancel": (ALICE, BOB, friendships.cancel),
    }
    overtaken: list[bool] = []

    def overtake(params: dict[str, Any], **_: Any) -> None:
        if not overtaken:
            overtaken.append(True)
            friendships.change(*doings[faster])

    event = "before-call.dynamodb.TransactWriteItems"
    table.client.meta.events.register_first(event, overtake, unique_id="overtake")
    try:
        answer = accept(front, BOB, ALICE)
    finally:
        table.client.meta.events.unregister(event, unique_id="overtake")
    assert answer.status == (400 if faster == "accept" else 404)
    wanted = {"accept": ("friends", "friends"), "block": ("blocked", "blocked_by")}
    assert status(front, ALICE, BOB) == wanted.get(faster, ("none", "none"))
    assert totals(ALICE, BOB) == ([1, 1] if faster == "accept" else [0, 0])


def test_the_friends_of_a_deleted_account_are_counted_less() -> None:
    from faults import refused
    from kitchen import cascade, changes, pool
    from kitchen.keys import people as keys

    world.befriend(ALICE, BOB)
    changes.update(keys.profile(ALICE), {"totalFriends": 1})
    with refused(pool.client, "AdminGetUser", "UserNotFoundException"):
        cascade.delete_account(BOB, "bob")
    assert totals(ALICE) == [0]
    assert world.item(f"USER#{ALICE}", f"FRIEND#{BOB}") is None


def test_lists_stay_whole_where_a_profile_is_gone(front: Front) -> None:
    world.befriend(ALICE, "gone")
    (friend,) = front.get("/friends", who=ALICE).body["friends"]
    assert (friend["userId"], friend["username"]) == ("gone", None)
    assert society.CDN in friend["avatarUrl"]

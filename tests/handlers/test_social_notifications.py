from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

import pytest
import society
import world
from faults import instead, refused, unreachable
from front import Front
from society import CDN, news, say, write
from world import ALICE, BOB, CAROL

EVERYTHING = {
    "new_reaction": True,
    "new_comment": True,
    "new_friend_request": True,
    "friend_accepted": True,
    "post_shared": True,
    "post_hidden": True,
    "comment_reply": True,
}


@pytest.fixture(autouse=True)
def people(front: Front) -> None:
    society.gather()


@pytest.fixture
def sockets() -> Iterator[list[tuple[str, Any]]]:
    """What is pushed, and to which connection."""
    from social import push

    sent: list[tuple[str, Any]] = []

    def take(request: dict[str, Any]) -> dict[str, Any]:
        sent.append((unquote(request["url_path"]).split("/")[-1], json.loads(request["body"])))
        return {}

    with instead(push.client, "PostToConnection", take):
        yield sent


def connect(user_id: str, connection_id: str) -> None:
    from kitchen import clock, sockets

    sockets.remember(connection_id, user_id, clock.now())


def told(who: str, times: int) -> list[str | None]:
    from kitchen import clock, notifications

    now = clock.now() - 1_000
    return [notifications.notify(who, "new_comment", now + number, actor=BOB) for number in range(times)]


def test_notifications_are_read_newest_first_page_by_page(front: Front) -> None:
    made = told(ALICE, 5)
    ids, query = [], {"limit": "2"}
    while query:
        answer = front.get("/notifications", who=ALICE, query=query)
        assert answer.status == 200
        assert answer.body.keys() == {"notifications", "unreadCount", "nextToken", "lastKey", "hasMore"}
        assert answer.body["unreadCount"] == 5
        ids.append([item["notificationId"] for item in answer.body["notifications"]])
        query = {"limit": "2", "nextToken": answer.body["nextToken"]} if answer.body["hasMore"] else {}
    assert ids == [made[:2:-1], made[2:0:-1], made[:1]]
    (first, *_) = front.get("/notifications", who=ALICE).body["notifications"]
    assert first.keys() == {
        "notificationId",
        "type",
        "actorId",
        "resourceId",
        "resourceType",
        "metadata",
        "isRead",
        "createdAt",
        "actorName",
        "actorAvatar",
    }
    assert (first["actorName"], first["actorAvatar"], first["isRead"]) == ("Bob", f"{CDN}/defaults/avatar.png", False)


def test_notifications_are_ones_own(front: Front) -> None:
    (made,) = told(ALICE, 1)
    token = front.get("/notifications", who=ALICE).body
    assert token["hasMore"] is False
    assert front.get("/notifications", who=BOB).body["notifications"] == []
    assert front.put(f"/notifications/{made}/read", who=BOB).status == 404
    assert front.delete(f"/notifications/{made}", who=BOB).status == 404
    foreign = json.dumps({"PK": f"USER#{ALICE}", "SK": "NOTIFICATION#2026"})
    assert front.get("/notifications", who=BOB, query={"nextToken": foreign}).status == 400
    own_profile = json.dumps({"PK": f"USER#{BOB}", "SK": "A"})
    assert front.get("/notifications", who=BOB, query={"nextToken": own_profile}).status == 400


def test_what_is_read_counts_no_more(front: Front) -> None:
    made = told(ALICE, 3)
    assert front.get("/notifications/unread/count", who=ALICE).body == {"unreadCount": 3}
    assert front.put(f"/notifications/{made[1]}/read", who=ALICE).status == 200
    assert front.put(f"/notifications/{made[1]}/read", who=ALICE).status == 200
    assert front.put("/notifications/none/read", who=ALICE).body == {"error": "there is no such notification"}
    assert front.put("/notifications/none/read", who=ALICE).status == 404
    assert front.get("/notifications/unread/count", who=ALICE).body == {"unreadCount": 2}
    assert [item["isRead"] for item in front.get("/notifications", who=ALICE).body["notifications"]] == [
        False,
        True,
        False,
    ]
    answer = front.put("/notifications/read-all", who=ALICE)
    assert (answer.status, answer.body["updatedCount"]) == (200, 2)
    assert front.get("/notifications/unread/count", who=ALICE).body == {"unreadCount": 0}


def test_one_is_deleted_and_then_all(front: Front) -> None:
    made = told(ALICE, 30)
    assert front.delete(f"/notifications/{made[0]}", who=ALICE).status == 200
    assert front.delete(f"/notifications/{made[0]}", who=ALICE).status == 404
    answer = front.delete("/notifications", who=ALICE)
    assert (answer.status, answer.body) == (200, {"deletedCount": 29})
    assert front.get("/notifications", who=ALICE).body["notifications"] == []
    assert world.item(f"USER#{ALICE}", "PROFILE") is not None


def test_what_is_over_is_not_shown_though_it_is_still_there(front: Front) -> None:
    from kitchen import clock, notifications

    notifications.notify(ALICE, "mention", clock.now(), actor=BOB, keep_seconds=-1)
    assert front.get("/notifications", who=ALICE).body["notifications"] == []
    assert front.get("/notifications/unread/count", who=ALICE).body == {"unreadCount": 0}


def test_preferences_are_made_on_the_first_look_and_merged(front: Front) -> None:
    path = "/notifications/preferences"
    assert front.get(path, who=ALICE).body == {
        "preferences": EVERYTHING,
        "pushEnabled": True,
        "emailEnabled": True,
    }
    assert world.item(f"USER#{ALICE}", "NOTIFICATION_PREFERENCES") is not None
    changed = front.put(path, {"preferences": {"new_comment": False}, "emailEnabled": False}, who=ALICE)
    assert changed.status == 200
    front.put(path, {"preferences": {"post_shared": False}}, who=ALICE)
    assert front.get(path, who=ALICE).body == {
        "preferences": {**EVERYTHING, "new_comment": False, "post_shared": False},
        "pushEnabled": True,
        "emailEnabled": False,
    }
    assert front.get(path, who=BOB).body["preferences"] == EVERYTHING


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"preferences": {}},
        {"preferences": {"mention": False}},
        {"preferences": {"new_comment": "no"}},
        {"pushEnabled": None},
        {"pushEnabled": 1},
    ],
)
def test_preferences_that_say_nothing_are_refused(front: Front, body: dict[str, Any]) -> None:
    assert front.put("/notifications/preferences", body, who=ALICE).status == 400
    assert world.item(f"USER#{ALICE}", "NOTIFICATION_PREFERENCES") is None


def test_what_is_switched_off_is_not_told(front: Front, sockets: list[Any]) -> None:
    connect(ALICE, "c1")
    post_id = write(front, ALICE)["postId"]
    front.put("/notifications/preferences", {"preferences": {"new_comment": False}}, who=ALICE)
    say(front, BOB, post_id)
    front.post(f"/posts/{post_id}/like", who=BOB)
    assert news(front, ALICE) == [("new_reaction", BOB)]
    assert [message["notification"]["type"] for _, message in sockets] == ["new_reaction"]


def test_who_is_online_hears_of_it_at_once_on_every_connection(front: Front, sockets: list[Any]) -> None:
    connect(ALICE, "c1=")
    connect(ALICE, "c2=")
    connect(CAROL, "c3=")
    post_id = write(front, ALICE)["postId"]
    front.post(f"/posts/{post_id}/reactions", {"reactionType": "love"}, who=BOB)
    (written,) = front.get("/notifications", who=ALICE).body["notifications"]
    assert sorted(connection for connection, _ in sockets) == ["c1=", "c2="]
    assert all(message == {"type": "notification", "notification": written} for _, message in sockets)
    assert written["metadata"] == {"reactionType": "love", "postId": post_id}


def test_who_wants_no_push_reads_later(front: Front, sockets: list[Any]) -> None:
    connect(ALICE, "c1")
    front.put("/notifications/preferences", {"pushEnabled": False}, who=ALICE)
    say(front, BOB, write(front, ALICE)["postId"])
    assert sockets == []
    assert news(front, ALICE) == [("new_comment", BOB)]


def test_a_connection_that_is_over_is_not_spoken_to(front: Front, sockets: list[Any]) -> None:
    from kitchen import clock
    from kitchen import sockets as connections

    connections.remember("old", ALICE, clock.now() - 3 * clock.HOUR)
    say(front, BOB, write(front, ALICE)["postId"])
    assert sockets == []


def test_a_connection_that_is_gone_is_forgotten(front: Front) -> None:
    from social import push

    connect(ALICE, "gone")
    post_id = write(front, ALICE)["postId"]
    with refused_push("GoneException", 410):
        say(front, BOB, post_id)
    assert [key for key in world.items() if "CONNECTION#" in key["PK"] + key["SK"]] == []
    assert news(front, ALICE) == [("new_comment", BOB)]
    assert push.connections(ALICE, 0) == []


@pytest.mark.parametrize("failure", ["refused", "unreachable"])
def test_a_push_that_fails_undoes_nothing(front: Front, failure: str) -> None:
    from social import push

    connect(ALICE, "c1")
    post_id = write(front, ALICE)["postId"]
    how = unreachable(push.client, "PostToConnection") if failure == "unreachable" else refused_push("Forbidden", 403)
    with how:
        say(front, BOB, post_id)
    assert news(front, ALICE) == [("new_comment", BOB)]
    assert push.connections(ALICE, 0) == ["c1"]


def refused_push(code: str, status: int) -> Any:
    from social import push

    body = {"Error": {"Code": code, "Message": ""}, "ResponseMetadata": {"HTTPStatusCode": status}}
    return instead(push.client, "PostToConnection", lambda _: body, status)


def test_preferences_that_cannot_be_read_undo_nothing(front: Front) -> None:
    from kitchen import table

    post_id = write(front, ALICE)["postId"]
    with refused(table.client, "PutItem", "ProvisionedThroughputExceededException"):
        assert front.post(f"/posts/{post_id}/like", who=BOB).status == 200
    assert front.get(f"/posts/{post_id}", who=ALICE).body["post"]["likes"] == 1

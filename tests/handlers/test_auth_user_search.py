from __future__ import annotations

import base64
import json
from typing import Any

import pytest
import world
from front import Front
from world import ALICE, BOB, CAROL, NOW

SEARCH = "/users/search"


def found(front: Front, term: str, **query: str) -> list[str]:
    answer = front.get(SEARCH, who=ALICE, query={"q": term, **query})
    assert answer.status == 200
    return [user["username"] for user in answer.body["data"]["users"]]


def test_users_are_found_by_any_part_of_their_name_whatever_its_case(front: Front) -> None:
    world.sign_up(BOB, "Banana_Bob")
    world.sign_up(CAROL, "carol")
    for term in ("banana_bob", "BAN", "ana", "an", "_B", " bob "):
        assert found(front, term) == ["banana_bob"]
    assert found(front, "aro") == ["carol"]
    assert found(front, "zz") == []
    assert found(front, "<b>ban</b>") == ["banana_bob"]


def test_a_user_is_shown_as_far_as_the_caller_may_see(front: Front) -> None:
    world.sign_up(BOB, "bobby", bio="cooks", country="VN")
    (user,) = front.get(SEARCH, who=ALICE, query={"q": "bob"}).body["data"]["users"]
    assert user == {
        "user_id": BOB,
        "username": "bobby",
        "full_name": "Bobby",
        "avatar_url": "https://cdn.everyonecook.cloud/defaults/avatar.png",
        "bio": "cooks",
        "country": "VN",
        "friendship_status": "none",
        "is_friend": False,
        "is_pending_sent": False,
        "is_pending_received": False,
    }
    front.put("/users/profile/privacy", {"bio": "private", "country": "friends"}, who=BOB)
    (user,) = front.get(SEARCH, who=ALICE, query={"q": "bob"}).body["data"]["users"]
    assert (user["bio"], user["country"]) == (None, None)


@pytest.mark.parametrize(
    ("one", "other", "status", "word"),
    [
        (ALICE, BOB, "accepted", "friends"),
        (ALICE, BOB, "pending", "pending_sent"),
        (BOB, ALICE, "pending", "pending_received"),
    ],
)
def test_a_user_is_shown_with_the_friendship(front: Front, one: str, other: str, status: str, word: str) -> None:
    world.sign_up(BOB, "bobby")
    world.befriend(one, other, status, both=status == "accepted")
    (user,) = front.get(SEARCH, who=ALICE, query={"q": "bob"}).body["data"]["users"]
    assert user["friendship_status"] == word
    assert user["is_friend"] is (word == "friends")
    assert user["is_pending_sent"] is (word == "pending_sent")
    assert user["is_pending_received"] is (word == "pending_received")


@pytest.mark.parametrize(("one", "other"), [(ALICE, BOB), (BOB, ALICE)])
def test_who_is_blocked_either_way_is_not_found(front: Front, one: str, other: str) -> None:
    world.sign_up(BOB, "bobby")
    world.befriend(one, other, "blocked", both=False)
    assert found(front, "bob") == []


@pytest.mark.parametrize(
    ("profile", "names"),
    [
        ({"isActive": False}, []),
        ({"isBanned": True, "banExpiresAt": None}, []),
        ({"isBanned": True, "banExpiresAt": 9_999_999_999_999}, []),
        ({"isBanned": True, "banExpiresAt": NOW}, ["bobby"]),
    ],
)
def test_who_takes_no_part_is_not_found(front: Front, profile: dict[str, Any], names: list[str]) -> None:
    world.sign_up(BOB, "bobby", **profile)
    assert found(front, "bob") == names


def test_nobody_finds_oneself(front: Front) -> None:
    world.sign_up(ALICE, "alice")
    assert found(front, "ali") == []


def test_a_long_list_is_read_page_by_page_each_user_once(front: Front) -> None:
    for number in range(30):
        # every name holds the term twice
        world.sign_up(f"{number:08d}-0000-4000-8000-000000000000", f"cookcook{number:02d}")
    world.befriend(ALICE, "00000003-0000-4000-8000-000000000000", "blocked", both=False)
    names: list[str] = []
    token = None
    pages = 0
    while pages < 10:
        pages += 1
        query = {"q": "cook", "limit": "7", **({"nextToken": token} if token else {})}
        answer = front.get(SEARCH, who=ALICE, query=query)
        assert len(answer.body["data"]["users"]) <= 7
        names += [user["username"] for user in answer.body["data"]["users"]]
        token = answer.body["data"]["next_token"]
        if token is None:
            break
    assert pages == 5
    assert names == [f"cookcook{number:02d}" for number in range(30) if number != 3]


@pytest.mark.parametrize(
    "query",
    [
        None,
        {"q": ""},
        {"q": "a"},
        {"q": " a "},
        {"q": "<b></b>"},
        {"q": "x" * 31},
        {"q": "x" * 201},
        {"q": "ab", "limit": "0"},
        {"q": "ab", "limit": "51"},
        {"q": "ab", "limit": "many"},
    ],
)
def test_a_search_out_of_range_is_refused(front: Front, query: dict[str, str] | None) -> None:
    assert front.get(SEARCH, who=ALICE, query=query).status == 400


@pytest.mark.parametrize(
    "position",
    [
        {"PK": "USER_SEARCH#zz", "SK": "zz#x"},
        {"PK": "USER_SEARCH#bo", "SK": "bz#x"},
        {"PK": f"USER#{BOB}", "SK": "PROFILE"},
        {"PK": "USER_SEARCH#bo"},
        [],
        "x",
    ],
)
def test_a_token_of_another_place_is_refused(front: Front, position: Any) -> None:
    token = base64.urlsafe_b64encode(json.dumps(position).encode()).decode()
    answer = front.get(SEARCH, who=ALICE, query={"q": "bob", "nextToken": token})
    assert (answer.status, answer.body) == (400, {"error": "the paging token is not one of ours"})


def test_a_search_of_something_that_no_name_can_hold_finds_nothing(front: Front) -> None:
    world.sign_up(BOB, "bobby")
    for term in ("bób", "#bob", "b#", "bo\x00b", "🍜🍜"):
        assert found(front, term) == []

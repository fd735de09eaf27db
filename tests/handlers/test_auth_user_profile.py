from __future__ import annotations

from typing import Any

import pytest
import world
from auth_user import profile
from faults import unreachable
from front import Front
from kitchen import table
from kitchen.errors import BadRequest
from kitchen.keys import people, posts
from world import ALICE, BOB, CAROL, NOW

OWN = "/users/profile"
DEFAULT_PRIVACY = {
    "email": "private",
    "birthday": "private",
    "gender": "private",
    "country": "public",
    "bio": "public",
    "avatarUrl": "public",
    "backgroundUrl": "public",
    "fullName": "public",
    "savedRecipes": "private",
}


@pytest.mark.parametrize("path", ["/users/me", "/users/profile"])
def test_a_user_reads_the_own_profile_in_both_spellings(front: Front, path: str) -> None:
    world.sign_up(ALICE, "alice", bannedBy="root", ttl=5)
    answer = front.get(path, who=ALICE)
    assert answer.status == 200
    assert answer.body["success"] is True
    assert answer.body["data"]["privacy"] == DEFAULT_PRIVACY
    shown = answer.body["data"]["profile"]
    assert shown["userId"] == ALICE
    assert shown["username"] == "alice"
    assert shown["fullName"] == shown["full_name"] == "Alice"
    assert shown["createdAt"] == shown["created_at"] == NOW
    assert shown["isActive"] is shown["is_active"] is True
    aliases = ("avatar_url", "background_url", "date_of_birth", "is_banned", "is_suspended", "last_login_at")
    assert shown.keys() >= {*aliases, "updated_at"}
    assert not shown.keys() & {"PK", "SK", "GSI1PK", "ttl", "bannedBy"}


def test_a_user_without_profile_gets_a_placeholder(front: Front) -> None:
    first = front.get("/users/me", who=ALICE).body["data"]
    assert first["profile"]["username"] == "temp_aaaaaaaa"
    assert first["privacy"] == DEFAULT_PRIVACY
    assert front.get("/users/me", who=ALICE).body["data"]["profile"]["createdAt"] == first["profile"]["createdAt"]


def test_a_changed_profile_reads_as_changed(front: Front) -> None:
    world.sign_up(ALICE, "alice")
    sent = {
        "full_name": "  Alice <b>Nguyễn</b> ",
        "bio": "<script>x</script>I cook",
        "date_of_birth": "1990-02-28T00:00:00Z",
        "gender": "prefer-not-to-say",
        "country": "vn",
    }
    answer = front.put(OWN, sent, who=ALICE)
    assert answer.status == 200
    assert answer.body["data"]["profile"]["full_name"] == "Alice Nguyễn"
    shown = front.get("/users/me", who=ALICE).body["data"]["profile"]
    assert shown["fullName"] == "Alice Nguyễn"
    assert shown["bio"] == "I cook"
    assert shown["birthday"] == shown["date_of_birth"] == "1990-02-28"
    assert shown["gender"] == "prefer-not-to-say"
    assert shown["country"] == "VN"
    assert shown["updatedAt"] > NOW


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({}, "name at least one field"),
        ({"full_name": "<b></b>"}, "full_name: nothing is left of it without its tags"),
        ({"full_name": ""}, "full_name: String should have at least 1 character"),
        ({"full_name": "x" * 51}, "full_name: String should have at most 50 characters"),
        ({"bio": "x" * 501}, "bio: String should have at most 500 characters"),
        ({"bio": None}, "bio: Input should be a valid string"),
        ({"date_of_birth": "2023-02-30"}, "date_of_birth: there is no such day"),
        ({"date_of_birth": "2999-01-01"}, "date_of_birth: nobody here was born on that day"),
        ({"date_of_birth": "1899-12-31"}, "date_of_birth: nobody here was born on that day"),
        ({"country": "XX"}, "country: this is no ISO 3166-1 alpha-2 code"),
        ({"gender": "m"}, "gender: Input should be 'male', 'female', 'other' or 'prefer-not-to-say'"),
        ({"email": "x@y.test"}, "email: Extra inputs are not permitted"),
        ({"isAdmin": True}, "isAdmin: Extra inputs are not permitted"),
    ],
)
def test_a_change_that_breaks_a_rule_is_refused(front: Front, sent: dict[str, Any], told: str) -> None:
    world.sign_up(ALICE, "alice")
    before = world.item(f"USER#{ALICE}", "PROFILE")
    answer = front.put(OWN, sent, who=ALICE)
    assert (answer.status, answer.body) == (400, {"error": told})
    after = world.item(f"USER#{ALICE}", "PROFILE") or {}
    after.pop("lastActivityAt", None)
    assert after == before
    assert world.item(f"RATE_LIMIT#{ALICE}", "OPERATION#profile_update") is None


def test_the_eleventh_change_in_a_quarter_of_an_hour_is_refused(front: Front) -> None:
    world.sign_up(ALICE, "alice")
    for number in range(10):
        assert front.put(OWN, {"bio": f"{number}"}, who=ALICE).status == 200
    answer = front.put(OWN, {"bio": "11"}, who=ALICE)
    assert answer.status == 429
    assert answer.body == {"error": "too many requests: 10 are allowed; try again later"}
    assert 890 <= int(answer.headers["Retry-After"]) <= 900
    assert front.put(f"/users/{ALICE}", {"bio": "11"}, who=ALICE).status == 429
    assert front.get("/users/me", who=ALICE).body["data"]["profile"]["bio"] == "9"


def write_post(post_id: str, privacy: str, status: str = "active") -> None:
    keys = {**posts.post(post_id), **posts.post_indexes(post_id, BOB, privacy, 0, "2026-01-01T00:00:00.000Z")}
    world.put({**keys, "authorId": BOB, "privacyLevel": privacy, "status": status})


def with_posts() -> None:
    world.sign_up(BOB, "bob")
    for post_id, privacy in (("p1", "public"), ("p2", "friends"), ("p3", "private")):
        write_post(post_id, privacy)
    write_post("p4", "public", "hidden")
    world.befriend(BOB, CAROL)
    world.befriend(BOB, "pending", "pending", both=False)


def test_own_stats_count_friends_and_posts(front: Front) -> None:
    with_posts()
    answer = front.get("/users/me/stats", who=BOB)
    assert (answer.status, answer.body) == (200, {"success": True, "stats": {"friend_count": 1, "post_count": 3}})


def test_own_stats_are_zeros_where_they_cannot_be_counted(front: Front) -> None:
    with_posts()
    with unreachable(table.client, "Query"):
        answer = front.get("/users/me/stats", who=BOB)
    assert (answer.status, answer.body["stats"]) == (200, {"friend_count": 0, "post_count": 0})


def shown_to(front: Front, who: str | None, path: str = f"/users/{BOB}/profile") -> dict[str, Any]:
    answer = front.get(path, who=who)
    assert answer.status == 200
    data: dict[str, Any] = answer.body["data"]
    return data


def test_a_stranger_sees_what_is_public(front: Front) -> None:
    with_posts()
    for who in (None, ALICE):
        data = shown_to(front, who)
        assert data["relationship"] == "stranger"
        assert data["profile"] == {
            "user_id": BOB,
            "username": "bob",
            "full_name": "Bob",
            "avatar_url": None,
            "background_url": None,
            "bio": "",
            "is_active": True,
            "is_banned": False,
            "is_suspended": False,
            "created_at": NOW,
            "updated_at": NOW,
        }
        assert data["stats"] == {"friend_count": 1, "post_count": 1}


def test_a_friend_sees_what_is_for_friends(front: Front) -> None:
    with_posts()
    front.put("/users/profile/privacy", {"email": "friends", "avatarUrl": "private"}, who=BOB)
    data = shown_to(front, CAROL)
    assert data["relationship"] == "friend"
    assert data["privacy"] == {**DEFAULT_PRIVACY, "email": "friends", "avatarUrl": "private"}
    assert data["profile"]["email"] == "bob@example.test"
    assert data["profile"]["avatar_url"] == "https://cdn.everyonecook.cloud/defaults/avatar.png"
    assert data["stats"] == {"friend_count": 1, "post_count": 2}
    assert "email" not in shown_to(front, ALICE)["profile"]


@pytest.mark.parametrize(("one", "other"), [(ALICE, BOB), (BOB, ALICE)])
def test_who_is_blocked_either_way_sees_a_name(front: Front, one: str, other: str) -> None:
    with_posts()
    world.befriend(one, other, "blocked", both=False)
    data = shown_to(front, ALICE)
    assert data["relationship"] == "blocked"
    assert data["profile"] == {"user_id": BOB, "username": "bob"}
    assert data["stats"] == {"friend_count": 0, "post_count": 0}


def test_a_user_sees_the_own_profile_whole(front: Front) -> None:
    with_posts()
    data = shown_to(front, BOB, f"/users/{BOB}")
    assert data["relationship"] == "self"
    assert data["profile"]["email"] == "bob@example.test"
    assert data["stats"] == {"friend_count": 1, "post_count": 3}


def test_both_addresses_of_a_profile_answer_alike(front: Front) -> None:
    with_posts()
    assert shown_to(front, CAROL, f"/users/{BOB}") == shown_to(front, CAROL)


@pytest.mark.parametrize("path", [f"/users/{BOB}", f"/users/{BOB}/profile"])
def test_a_user_who_is_not_there_is_not_found(front: Front, path: str) -> None:
    answer = front.get(path, who=ALICE)
    assert (answer.status, answer.body) == (404, {"error": "there is no such user"})


def test_privacy_that_was_never_set_is_not_found(front: Front) -> None:
    answer = front.get("/users/profile/privacy", who=ALICE)
    assert (answer.status, answer.body) == (404, {"error": "there are no privacy settings yet"})


def test_changed_privacy_reads_as_changed(front: Front) -> None:
    world.sign_up(ALICE, "alice")
    answer = front.put("/users/profile/privacy", {"bio": "private", "gender": "public"}, who=ALICE)
    assert answer.status == 200
    read = front.get("/users/profile/privacy", who=ALICE)
    assert read.status == 200
    changed = {**DEFAULT_PRIVACY, "bio": "private", "gender": "public"}
    assert answer.body["data"] == read.body["data"] == {"privacy": changed}


@pytest.mark.parametrize(
    "sent",
    [{}, {"fullName": "private"}, {"savedRecipes": "public"}, {"bio": "everybody"}, {"bio": None}, {"other": "public"}],
)
def test_privacy_that_cannot_be_chosen_is_refused(front: Front, sent: dict[str, Any]) -> None:
    world.sign_up(ALICE, "alice")
    assert front.put("/users/profile/privacy", sent, who=ALICE).status == 400
    assert front.get("/users/profile/privacy", who=ALICE).body["data"]["privacy"] == DEFAULT_PRIVACY


def test_privacy_of_older_days_keeps_what_was_not_sent(front: Front) -> None:
    old = {"fieldPrivacy": {"email": "friends", "bio": "private"}, "showBirthday": True}
    world.put({**people.privacy(ALICE), "userId": ALICE, **old})
    front.put("/users/profile/privacy", {"bio": "friends"}, who=ALICE)
    assert front.get("/users/profile/privacy", who=ALICE).body["data"]["privacy"] == {
        **DEFAULT_PRIVACY,
        "email": "friends",
        "birthday": "public",
        "bio": "friends",
    }
    kept = world.item(f"USER#{ALICE}", "PRIVACY_SETTINGS") or {}
    assert not kept.keys() & {"fieldPrivacy", "showBirthday"}
    assert kept["email"] == "friends"


def test_the_birthday_of_a_leap_year_is_a_day() -> None:
    assert profile.checked({"date_of_birth": "2000-02-29"}, NOW) == {"birthday": "2000-02-29"}
    with pytest.raises(BadRequest):
        profile.checked({"date_of_birth": "1900-02-29"}, NOW)

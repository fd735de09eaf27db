from __future__ import annotations

from typing import Any

import pytest
import world
from kitchen import privacy
from kitchen.levels import DEFAULTS, Relationship, effective, friendship_status, may_see, of_records
from world import ALICE, BOB

PROFILE = {
    "userId": BOB,
    "username": "bob",
    "email": "bob@example.test",
    "fullName": "Bob",
    "bio": "cooks",
    "birthday": "1990-01-02",
    "avatarUrl": "https://cdn/a",
    "isActive": True,
    "isBanned": False,
    "isSuspended": False,
    "createdAt": 1,
    "updatedAt": 2,
    "lastLoginAt": 3,
}


@pytest.mark.parametrize(
    ("level", "relation", "seen"),
    [
        ("public", Relationship.STRANGER, True),
        ("friends", Relationship.STRANGER, False),
        ("private", Relationship.STRANGER, False),
        ("public", Relationship.FRIEND, True),
        ("friends", Relationship.FRIEND, True),
        ("private", Relationship.FRIEND, False),
        ("private", Relationship.SELF, True),
        ("public", Relationship.BLOCKED, False),
        ("anything else", Relationship.STRANGER, False),
    ],
)
def test_a_level_opens_to_whom_it_names(level: str, relation: Relationship, seen: bool) -> None:
    assert may_see(level, relation) is seen


def test_without_settings_the_defaults_hold() -> None:
    assert effective(None) == {
        "email": "private",
        "birthday": "private",
        "gender": "private",
        "country": "public",
        "bio": "public",
        "avatarUrl": "public",
        "backgroundUrl": "public",
    }


def test_older_forms_of_the_settings_are_understood() -> None:
    nested = effective({"fieldPrivacy": {"bio": "friends"}, "showEmail": True, "showBirthday": False, "bio": "private"})
    assert nested == {**DEFAULTS, "bio": "private", "email": "public", "birthday": "private"}
    assert effective({"fieldPrivacy": {"bio": "friends"}})["bio"] == "friends"
    assert effective({"bio": "everybody"})["bio"] == "public"


@pytest.mark.parametrize(
    ("own", "other", "relation"),
    [
        (None, None, Relationship.STRANGER),
        ("pending", None, Relationship.STRANGER),
        ("accepted", "accepted", Relationship.FRIEND),
        (None, "accepted", Relationship.FRIEND),
        ("accepted", "blocked", Relationship.BLOCKED),
        ("blocked", None, Relationship.BLOCKED),
    ],
)
def test_records_of_either_side_make_a_relationship(own: str, other: str, relation: Relationship) -> None:
    records = [{"status": status} if status else None for status in (own, other)]
    assert of_records(*records) is relation


@pytest.mark.parametrize(
    ("own", "other", "word"),
    [
        (None, None, "none"),
        ({"status": "accepted"}, {"status": "accepted"}, "friends"),
        ({"status": "pending", "requestedBy": "me"}, None, "pending_sent"),
        (None, {"status": "pending", "requestedBy": "you"}, "pending_received"),
        ({"status": "blocked"}, None, "blocked"),
        (None, {"status": "blocked"}, "blocked_by"),
        ({"status": "blocked"}, {"status": "blocked"}, "blocked"),
    ],
)
def test_a_friendship_has_one_of_six_words(own: Any, other: Any, word: str) -> None:
    assert friendship_status("me", own, other) == word


@pytest.mark.usefixtures("aws")
def test_a_relationship_is_read_from_both_records() -> None:
    assert privacy.relationship(None, BOB) is Relationship.STRANGER
    assert privacy.relationship(ALICE, ALICE) is Relationship.SELF
    assert privacy.relationship(ALICE, BOB) is Relationship.STRANGER
    world.befriend(ALICE, BOB)
    assert privacy.relationship(ALICE, BOB) is Relationship.FRIEND
    world.befriend(BOB, ALICE, "blocked", both=False)
    assert privacy.relationship(ALICE, BOB) is Relationship.BLOCKED


def test_a_blocked_viewer_sees_who_it_is_and_no_more() -> None:
    assert privacy.visible(PROFILE, DEFAULTS, Relationship.BLOCKED) == {"userId": BOB, "username": "bob"}


def test_the_owner_sees_everything() -> None:
    assert privacy.visible(PROFILE, dict.fromkeys(DEFAULTS, "private"), Relationship.SELF) == PROFILE


def test_a_stranger_sees_what_is_public() -> None:
    assert privacy.visible(PROFILE, DEFAULTS, Relationship.STRANGER) == {
        "userId": BOB,
        "username": "bob",
        "fullName": "Bob",
        "bio": "cooks",
        "avatarUrl": "https://cdn/a",
        "backgroundUrl": "https://cdn.everyonecook.cloud/defaults/background.png",
        "isActive": True,
        "isBanned": False,
        "isSuspended": False,
        "createdAt": 1,
        "updatedAt": 2,
    }


def test_hidden_pictures_are_replaced() -> None:
    shown = privacy.visible(PROFILE, {**DEFAULTS, "avatarUrl": "friends"}, Relationship.STRANGER)
    assert shown["avatarUrl"] == "https://cdn.everyonecook.cloud/defaults/avatar.png"

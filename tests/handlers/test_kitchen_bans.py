from __future__ import annotations

from typing import Any

import pytest
import world
from kitchen import bans, users
from world import ALICE, NOW

BAN = {
    "isBanned": True,
    "isActive": False,
    "banReason": "spam",
    "bannedAt": NOW - 3_600_000,
    "bannedBy": "admin",
    "banDuration": 1,
    "banDurationUnit": "hours",
    "banDurationDisplay": "1 hour",
    "banExpiresAt": NOW,
    "GSI4PK": "USERS#BANNED",
    "GSI4SK": "1#x",
}


@pytest.mark.parametrize(
    ("profile", "over"),
    [
        ({}, False),
        ({"isBanned": False, "banExpiresAt": NOW}, False),
        ({"isBanned": True}, False),
        ({"isBanned": True, "banExpiresAt": None}, False),
        ({"isBanned": True, "banExpiresAt": NOW + 1}, False),
        ({"isBanned": True, "banExpiresAt": NOW}, True),
    ],
)
def test_a_ban_is_over_from_the_moment_it_ends(profile: dict[str, Any], over: bool) -> None:
    assert bans.is_over(profile, NOW) is over


@pytest.mark.parametrize(
    ("duration", "unit", "ends", "shown"),
    [
        (0, "days", None, "permanent"),
        (1, "days", NOW + 86_400_000, "1 day"),
        (2, "hours", NOW + 7_200_000, "2 hours"),
        (30, "minutes", NOW + 1_800_000, "30 minutes"),
    ],
)
def test_a_ban_has_a_length_and_an_end(duration: int, unit: str, ends: int | None, shown: str) -> None:
    assert bans.expiry(NOW, duration, unit) == ends
    assert bans.display(duration, unit) == shown


def test_a_ban_says_of_which_kind_it_is_and_until_when() -> None:
    assert bans.kind({"banExpiresAt": None}) == "permanent"
    assert bans.kind({"banExpiresAt": NOW}) == "temporary"
    assert bans.until({}) == "for good"
    assert bans.until({"banExpiresAt": NOW}) == "until 2026-03-04T05:06:07.089Z"


def test_a_lifted_ban_leaves_nothing_behind(aws: None) -> None:
    world.sign_up(ALICE, "alice", **BAN, ttl=1, violationCount=2)
    world.put({"PK": f"BAN_SCHEDULE#{ALICE}", "SK": "UNBAN_TASK", "banExpiresAt": NOW})
    profile = users.find(ALICE)
    assert profile
    assert bans.lift(profile, NOW + 5, {"lastLoginAt": NOW + 5}, ["ttl"])
    left = users.find(ALICE)
    assert left
    assert left["isBanned"] is False
    assert left["isActive"] is True
    assert left["lastLoginAt"] == left["updatedAt"] == NOW + 5
    assert left["violationCount"] == 2
    assert not {"banReason", "bannedAt", "bannedBy", "banExpiresAt", "GSI4PK", "GSI4SK", "ttl"} & left.keys()
    assert world.item(f"BAN_SCHEDULE#{ALICE}", "UNBAN_TASK") is None


def test_another_ban_than_the_one_read_stays(aws: None) -> None:
    world.sign_up(ALICE, "alice", **BAN)
    assert not bans.lift({"userId": ALICE, **BAN, "bannedAt": NOW - 1}, NOW)
    assert not bans.lift({"userId": ALICE, "isBanned": True}, NOW)
    held = users.find(ALICE)
    assert held
    assert held["banReason"] == "spam"

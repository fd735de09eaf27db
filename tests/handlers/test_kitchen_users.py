from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
import world
from kitchen import users
from world import ALICE, BOB, NOW

pytestmark = pytest.mark.usefixtures("aws")


def test_a_new_user_has_a_profile_privacy_and_search_entries() -> None:
    assert users.create(ALICE, "Ann", "Ann@Example.test", "Ann", NOW)
    assert world.item(f"USER#{ALICE}", "PROFILE") == {
        "PK": f"USER#{ALICE}",
        "SK": "PROFILE",
        "GSI1PK": "USERNAME#ann",
        "GSI1SK": f"USER#{ALICE}",
        "GSI2PK": "USERNAME#ann",
        "GSI2SK": "PROFILE",
        "GSI3PK": "USERS",
        "GSI3SK": f"1772600767089#{ALICE}",
        "userId": ALICE,
        "username": "ann",
        "email": "ann@example.test",
        "fullName": "Ann",
        "avatarUrl": None,
        "backgroundUrl": None,
        "bio": "",
        "isActive": True,
        "isBanned": False,
        "isSuspended": False,
        "violationCount": 0,
        "recipeIds": [],
        "totalPosts": 0,
        "totalRecipes": 0,
        "totalFriends": 0,
        "createdAt": 1_772_600_767_089,
        "updatedAt": 1_772_600_767_089,
        "lastLoginAt": 1_772_600_767_089,
    }
    assert (world.item(f"USER#{ALICE}", "PRIVACY_SETTINGS") or {})["email"] == "private"
    assert world.item("USER_SEARCH#nn", f"nn#{ALICE}") is not None


def test_a_user_is_made_once_whoever_comes_first() -> None:
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda number: users.create(ALICE, f"name{number}", "a@b.test", "A", NOW), range(4)))
    assert made.count(True) == 1
    winner = f"name{made.index(True)}"
    assert (users.find(ALICE) or {})["username"] == winner
    entries = [key["SK"] for key in world.items() if key["PK"].startswith("USER_SEARCH#")]
    assert sorted(entries) == sorted(f"{winner[at:]}#{ALICE}" for at in range(4))


def test_a_user_is_found_by_name_whatever_its_case() -> None:
    world.sign_up(ALICE, "alice")
    assert (users.by_username("ALICE") or {})["userId"] == ALICE
    assert users.by_username("alic") is None
    assert users.find_many([ALICE, BOB]).keys() == {ALICE}


def test_a_ban_holds_until_it_ends() -> None:
    assert users.is_banned({"isBanned": True, "banExpiresAt": None}, NOW)
    assert users.is_banned({"isBanned": True, "banExpiresAt": NOW + 1}, NOW)
    assert not users.is_banned({"isBanned": True, "banExpiresAt": NOW}, NOW)
    assert not users.is_banned({"isBanned": False}, NOW)
    assert not users.is_reachable({"isActive": False}, NOW)
    assert not users.is_reachable({"isActive": False, "isBanned": True, "banExpiresAt": NOW + 1}, NOW)
    assert users.is_reachable({"isActive": False, "isBanned": True, "banExpiresAt": NOW}, NOW)
    assert users.is_reachable({}, NOW)


def test_what_callers_see_of_an_item_are_its_own_attributes() -> None:
    assert users.attributes({"PK": "a", "SK": "b", "GSI1PK": "c", "GSI5SK": "d", "ttl": 1, "title": "x"}) == {
        "title": "x"
    }

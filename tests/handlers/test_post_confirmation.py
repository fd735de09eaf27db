from __future__ import annotations

from typing import Any

import pytest
import world
from faults import unreachable
from front import CONTEXT
from kitchen import clock, table, users
from post_confirmation.handler import handler
from world import ALICE, NOW
from written import log


@pytest.fixture(autouse=True)
def _now(aws: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


def confirmed(name: str = "Alice_9", source: str = "ConfirmSignUp", **attributes: str) -> dict[str, Any]:
    given = {"sub": ALICE, "email": "Alice@Example.test", "given_name": "Alice <b>N</b>", **attributes}
    return {
        "triggerSource": f"PostConfirmation_{source}",
        "userName": name,
        "request": {"userAttributes": given},
        "response": {},
    }


def test_a_confirmed_account_gets_a_profile_and_its_privacy() -> None:
    assert handler(confirmed(), CONTEXT) == confirmed()
    profile = world.item(f"USER#{ALICE}", "PROFILE")
    assert profile is not None
    shown = {name: value for name, value in profile.items() if not name.startswith(("PK", "SK", "GSI"))}
    assert shown == {
        "userId": ALICE,
        "username": "alice_9",
        "email": "alice@example.test",
        "fullName": "Alice N",
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
    assert (profile["GSI1PK"], profile["GSI2PK"]) == ("USERNAME#alice_9", "USERNAME#alice_9")
    privacy = world.item(f"USER#{ALICE}", "PRIVACY_SETTINGS")
    assert privacy is not None
    assert {name: privacy[name] for name in ("email", "birthday", "gender", "country", "bio", "avatarUrl")} == {
        "email": "private",
        "birthday": "private",
        "gender": "private",
        "country": "public",
        "bio": "public",
        "avatarUrl": "public",
    }


@pytest.mark.parametrize("source", ["ConfirmForgotPassword", "Whatever"])
def test_a_new_password_makes_no_profile(source: str) -> None:
    handler(confirmed(source=source), CONTEXT)
    assert world.items() == []


def test_a_profile_that_is_there_is_not_overwritten() -> None:
    world.sign_up(ALICE, "alice", bio="I cook")
    before = world.item(f"USER#{ALICE}", "PROFILE")
    handler(confirmed(), CONTEXT)
    assert world.item(f"USER#{ALICE}", "PROFILE") == before


@pytest.mark.parametrize("name", ["x" * 128, "a", "a#b", "người"])
def test_a_name_that_our_registration_knows_not_becomes_a_placeholder(name: str) -> None:
    handler(confirmed(name), CONTEXT)
    profile = users.find(ALICE)
    assert profile is not None
    assert profile["username"] == "temp_aaaaaaaa"


def test_a_long_full_name_is_cut() -> None:
    handler(confirmed(given_name="x" * 2_000), CONTEXT)
    profile = users.find(ALICE)
    assert profile is not None
    assert profile["fullName"] == "x" * 50


def test_a_table_that_cannot_be_reached_does_not_undo_the_confirmation(capsys: pytest.CaptureFixture[str]) -> None:
    with unreachable(table.client, "TransactWriteItems"), log() as written:
        assert handler(confirmed(), CONTEXT) == confirmed()
    assert '"TriggerFailures":[1.0]' in capsys.readouterr().out
    assert "a profile could not be made" in written.getvalue()
    assert "alice@example" not in written.getvalue().lower()


def test_an_event_without_attributes_is_passed_on() -> None:
    event = {"triggerSource": "PostConfirmation_ConfirmSignUp", "userName": "alice", "request": {}}
    assert handler(dict(event), CONTEXT) == event

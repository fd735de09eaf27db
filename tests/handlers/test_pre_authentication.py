from __future__ import annotations

from typing import Any

import pytest
import world
from faults import unreachable
from front import CONTEXT
from kitchen import clock, table
from pre_authentication.handler import Refused, handler
from world import ALICE, NOW


@pytest.fixture(autouse=True)
def _now(aws: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


def signing_in(**request: Any) -> dict[str, Any]:
    return {
        "triggerSource": "PreAuthentication_Authentication",
        "userName": "alice",
        "request": {"userAttributes": {"sub": ALICE, "email": "alice@example.test"}, "validationData": {}, **request},
        "response": {},
    }


def test_who_is_not_banned_signs_in() -> None:
    world.sign_up(ALICE, "alice")
    assert handler(signing_in(), CONTEXT) == signing_in()


def test_who_has_no_profile_signs_in() -> None:
    assert handler(signing_in(), CONTEXT) == signing_in()


def test_a_name_that_the_pool_does_not_know_is_left_to_the_pool() -> None:
    event = signing_in(userAttributes={}, userNotFound=True)
    assert handler(event, CONTEXT) == event


def test_a_ban_for_a_time_names_its_end_and_its_reason() -> None:
    ban = {"isBanned": True, "isActive": False, "banReason": "spam in comments", "banExpiresAt": NOW + 1}
    world.sign_up(ALICE, "alice", **ban)
    with pytest.raises(Refused) as refusal:
        handler(signing_in(), CONTEXT)
    assert str(refusal.value) == (
        "this account is banned (temporary) until 2026-03-04T05:06:07.090Z; reason: spam in comments"
    )


def test_a_ban_for_good_says_so() -> None:
    world.sign_up(ALICE, "alice", isBanned=True, isActive=False, banReason="abuse", banExpiresAt=None)
    with pytest.raises(Refused, match=r"\Athis account is banned \(permanent\) for good; reason: abuse\Z"):
        handler(signing_in(), CONTEXT)


def test_a_ban_without_a_reason_says_so() -> None:
    world.sign_up(ALICE, "alice", isBanned=True)
    with pytest.raises(Refused, match=r"\Athis account is banned \(permanent\) for good; reason: none given\Z"):
        handler(signing_in(), CONTEXT)


def test_a_ban_that_is_over_keeps_nobody_out() -> None:
    world.sign_up(ALICE, "alice", isBanned=True, isActive=False, banReason="spam", banExpiresAt=NOW)
    assert handler(signing_in(), CONTEXT) == signing_in()


def test_an_inactive_account_is_refused() -> None:
    world.sign_up(ALICE, "alice", isActive=False)
    with pytest.raises(Refused, match=r"\Athis account is not active\Z"):
        handler(signing_in(), CONTEXT)


def test_the_profile_is_found_by_the_sub_and_not_by_the_name() -> None:
    world.put({"PK": "USER#alice", "SK": "PROFILE", "isBanned": True})
    assert handler(signing_in(), CONTEXT) == signing_in()


def test_a_table_that_cannot_be_reached_keeps_nobody_out(capsys: pytest.CaptureFixture[str]) -> None:
    with unreachable(table.client, "GetItem"):
        assert handler(signing_in(), CONTEXT) == signing_in()
    assert '"TriggerFailures":[1.0]' in capsys.readouterr().out

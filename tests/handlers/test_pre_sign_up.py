from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import world
from faults import answered, refused, unreachable
from front import CONTEXT
from kitchen import clock
from pre_sign_up import accounts
from pre_sign_up.handler import handler
from world import REGION


@pytest.fixture(autouse=True)
def user_pool(aws: None) -> Iterator[str]:
    """A user pool as ours is set up."""
    client = world.client("cognito-idp")
    made = client.create_user_pool(PoolName="test", AliasAttributes=["email"])["UserPool"]["Id"]
    app = client.create_user_pool_client(UserPoolId=made, ClientName="web")["UserPoolClient"]["ClientId"]
    attributes = [{"Name": "email", "Value": "alice@example.test"}]
    client.sign_up(ClientId=app, Username="alice", Password="Correct-Horse-9", UserAttributes=attributes)
    yield made


def signing_up(pool: str, name: str = "bob", email: str = "bob@example.test", source: str = "SignUp") -> dict[str, Any]:
    return {
        "version": "1",
        "triggerSource": f"PreSignUp_{source}",
        "region": REGION,
        "userPoolId": pool,
        "userName": name,
        "request": {"userAttributes": {"email": email} if email else {}, "validationData": None},
        "response": {"autoConfirmUser": False, "autoVerifyEmail": False, "autoVerifyPhone": False},
    }


def confirm(pool: str) -> None:
    world.client("cognito-idp").admin_confirm_sign_up(UserPoolId=pool, Username="alice")


def names(pool: str) -> list[str]:
    listed = world.client("cognito-idp").list_users(UserPoolId=pool)["Users"]
    return [user["Username"] for user in listed]


def later(monkeypatch: pytest.MonkeyPatch, hours: float) -> None:
    now = clock.now() + round(hours * clock.HOUR)
    monkeypatch.setattr(clock, "now", lambda: now)


def test_who_stands_in_nobody_s_way_passes_unchanged(user_pool: str) -> None:
    event = signing_up(user_pool)
    assert handler(event, CONTEXT) == signing_up(user_pool)


def test_a_confirmed_name_is_taken(user_pool: str) -> None:
    confirm(user_pool)
    with pytest.raises(accounts.Refused, match=r"\Athe user name is taken\Z"):
        handler(signing_up(user_pool, "Alice"), CONTEXT)


def test_a_confirmed_address_is_taken_in_any_case(user_pool: str) -> None:
    confirm(user_pool)
    for email in ("alice@example.test", "Alice@Example.TEST"):
        with pytest.raises(accounts.Refused, match=r"\Athe e-mail address is taken\Z"):
            handler(signing_up(user_pool, email=email), CONTEXT)


@pytest.mark.parametrize(("hours", "told"), [(0, "24 hours"), (22.5, "2 hours"), (23.5, "1 hour")])
def test_a_name_that_awaits_its_confirmation_is_kept_for_a_day(
    user_pool: str, monkeypatch: pytest.MonkeyPatch, hours: float, told: str
) -> None:
    later(monkeypatch, hours)
    with pytest.raises(accounts.Refused) as refusal:
        handler(signing_up(user_pool, "alice"), CONTEXT)
    assert str(refusal.value) == (
        f"the user name awaits its confirmation: use the code that was sent, or sign up again in {told}"
    )
    assert names(user_pool) == ["alice"]


def test_an_account_that_nobody_confirmed_in_a_day_makes_room(user_pool: str, monkeypatch: pytest.MonkeyPatch) -> None:
    later(monkeypatch, 24.01)
    event = signing_up(user_pool, "carol", "alice@example.test")
    assert handler(event, CONTEXT) == event
    assert names(user_pool) == []


def test_an_account_that_was_confirmed_after_it_was_found_stays(
    user_pool: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    later(monkeypatch, 25)
    found = accounts.find

    def find(pool: str, attribute: str, value: str) -> list[dict[str, Any]]:
        accounts_then = found(pool, attribute, value)
        confirm(user_pool)
        return accounts_then

    monkeypatch.setattr(accounts, "find", find)
    with pytest.raises(accounts.Refused, match="the user name is taken"):
        handler(signing_up(user_pool, "alice", ""), CONTEXT)
    assert names(user_pool) == ["alice"]


def test_a_stale_account_that_cannot_be_removed_refuses_the_new_one(
    user_pool: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    later(monkeypatch, 25)
    with (
        refused(accounts.client, "AdminDeleteUser", "TooManyRequestsException"),
        pytest.raises(accounts.Refused, match=r"\Athe user name is not free yet; try again later\Z"),
    ):
        handler(signing_up(user_pool, "alice"), CONTEXT)


def test_a_stale_account_that_somebody_else_removed_is_no_hindrance(
    user_pool: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    later(monkeypatch, 25)
    with refused(accounts.client, "AdminDeleteUser", "UserNotFoundException"):
        assert handler(signing_up(user_pool, "alice"), CONTEXT)


@pytest.mark.parametrize("state", ["RESET_REQUIRED", "FORCE_CHANGE_PASSWORD", "ARCHIVED", "COMPROMISED", "UNKNOWN"])
def test_accounts_in_any_other_state_are_left_alone(user_pool: str, state: str) -> None:
    account = {"Username": "x", "UserStatus": state, "UserCreateDate": datetime.now(UTC) - timedelta(days=9)}
    with (
        answered(accounts.client, "ListUsers", {"Users": [account]}),
        pytest.raises(accounts.Refused, match=r"\Athe user name belongs to an account that cannot be opened anew\Z"),
    ):
        handler(signing_up(user_pool), CONTEXT)


def test_nothing_is_removed_when_the_address_is_refused(user_pool: str, monkeypatch: pytest.MonkeyPatch) -> None:
    client = world.client("cognito-idp")
    client.admin_create_user(
        UserPoolId=user_pool, Username="dora", UserAttributes=[{"Name": "email", "Value": "dora@example.test"}]
    )
    later(monkeypatch, 25)
    with pytest.raises(accounts.Refused):
        handler(signing_up(user_pool, "alice", "dora@example.test"), CONTEXT)
    assert sorted(names(user_pool)) == ["alice", "dora"]


def test_a_pool_that_cannot_be_asked_stops_nobody(user_pool: str, capsys: pytest.CaptureFixture[str]) -> None:
    confirm(user_pool)
    with unreachable(accounts.client, "ListUsers"):
        assert handler(signing_up(user_pool, "alice"), CONTEXT)
    printed = capsys.readouterr().out
    assert '"TriggerFailures":[1.0]' in printed
    assert '"Environment":"test"' in printed


def test_quotes_do_not_break_out_of_the_filter(user_pool: str) -> None:
    with answered(accounts.client, "ListUsers", {"Users": []}) as sent:
        handler(signing_up(user_pool, 'a" or \\', 'x"@y.test'), CONTEXT)
    assert [body["Filter"] for body in sent] == ['username = "a\\" or \\\\"', 'email = "x\\"@y.test"']


@pytest.mark.parametrize("email", ["alice@example.test", ""])
def test_whom_an_administrator_creates_is_confirmed(user_pool: str, email: str) -> None:
    answer = handler(signing_up(user_pool, "alice", email, "AdminCreateUser"), CONTEXT)
    assert answer["response"] == {"autoConfirmUser": True, "autoVerifyEmail": bool(email), "autoVerifyPhone": False}

"""Accounts that stand in the way of a new one; those that nobody confirmed in time are cleared away."""

from __future__ import annotations

from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from kitchen import clock, metrics
from kitchen.clients import PATIENT
from kitchen.logs import logger

# the pool waits five seconds for a trigger's answer
client: Any = boto3.client(
    "cognito-idp", config=PATIENT.merge(Config(connect_timeout=1, read_timeout=2, retries={"total_max_attempts": 2}))
)
PATIENCE = 24 * clock.HOUR
CALLED = {"username": "user name", "email": "e-mail address"}

Account = dict[str, Any]


class Refused(Exception):
    """A sign-up that is turned down; whoever signs up reads the message."""


def make_room(pool: str, username: str, email: str, now: int) -> None:
    """Refuse a name or address that is in use; remove unconfirmed accounts older than a day that hold it."""
    stale: dict[str, str] = {}
    for attribute, value in (("username", username), ("email", email)):
        for account in find(pool, attribute, value):
            if told := refusal(account, CALLED[attribute], now):
                raise Refused(told)
            stale[account["Username"]] = CALLED[attribute]
    for name, called in stale.items():
        remove(pool, name, called, now)


def refusal(account: Account, called: str, now: int) -> str:
    """Why an account keeps another one from being opened; empty where it does not."""
    match account.get("UserStatus"):
        case "CONFIRMED":
            return f"the {called} is taken"
        case "UNCONFIRMED":
            left = round(account["UserCreateDate"].timestamp() * clock.SECOND) + PATIENCE - now
            hours = -(-left // clock.HOUR)
            wait = f"{hours} hour{'s' if hours > 1 else ''}"
            told = f"the {called} awaits its confirmation: use the code that was sent, or sign up again in {wait}"
            return told if left > 0 else ""
        case _:
            return f"the {called} belongs to an account that cannot be opened anew"


def find(pool: str, attribute: str, value: str) -> list[Account]:
    """The accounts with a value in an attribute; none where the pool cannot tell, for it checks names itself."""
    found: list[Account] = []
    # the pool does not care for case, its filter does
    for form in dict.fromkeys((value, value.lower()) if value else ()):
        quoted = form.replace("\\", "\\\\").replace('"', '\\"')
        try:
            found += client.list_users(UserPoolId=pool, Filter=f'{attribute} = "{quoted}"')["Users"]
        except (BotoCoreError, ClientError):
            logger.warning("an account could not be looked up; the sign-up goes on", exc_info=True)
            metrics.count("TriggerFailures")
    return found


def remove(pool: str, username: str, called: str, now: int) -> None:
    """Delete a stale account, unless it was confirmed a moment ago."""
    try:
        account = client.admin_get_user(UserPoolId=pool, Username=username)
        if told := refusal(account, called, now):
            raise Refused(told)
        client.admin_delete_user(UserPoolId=pool, Username=username)
    except client.exceptions.UserNotFoundException:
        return
    except (BotoCoreError, ClientError):
        logger.exception("a stale account could not be removed")
        raise Refused(f"the {called} is not free yet; try again later") from None

"""Before the pool checks a password."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from kitchen import bans, clock, metrics, users
from kitchen.logs import logger

Event = dict[str, Any]
LONGEST_REASON = 500


class Refused(Exception):
    """A sign-in that is turned down; whoever signs in reads the message."""


@logger.inject_lambda_context(clear_state=True)
def handler(event: Event, _context: Any) -> Event:
    """Let a sign-in go on, or refuse it by raising `Refused`."""
    # the pool asks about names it does not know as well, and then has nothing to tell of them
    user_id = (event["request"].get("userAttributes") or {}).get("sub")
    profile = find(user_id) if user_id else None
    if profile and (told := refusal(profile, clock.now())):
        raise Refused(told)
    return event


def find(user_id: str) -> Mapping[str, Any] | None:
    """The profile of whoever signs in; none where it cannot be read, for the pool itself holds the banned off."""
    try:
        return users.find(user_id)
    except (BotoCoreError, ClientError):
        logger.warning("a profile could not be read; the sign-in goes on", exc_info=True)
        metrics.count("TriggerFailures")
        return None


def refusal(profile: Mapping[str, Any], now: int) -> str:
    """Why the owner of a profile may not sign in; empty for those who may."""
    if users.is_banned(profile, now):
        reason = str(profile.get("banReason") or "none given")[:LONGEST_REASON]
        return f"this account is banned ({bans.kind(profile)}) {bans.until(profile)}; reason: {reason}"
    # a ban that is over is lifted on the sign-in that follows, and makes its user active again
    if not profile.get("isBanned") and profile.get("isActive") is False:
        return "this account is not active"
    return ""

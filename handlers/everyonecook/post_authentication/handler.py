"""After a sign-in."""

from __future__ import annotations

from typing import Any

from boto3.dynamodb.conditions import Attr

from kitchen import bans, changes, clock, metrics, table
from kitchen.keys import people
from kitchen.logs import logger

Event = dict[str, Any]


@logger.inject_lambda_context(clear_state=True)
def handler(event: Event, _context: Any) -> Event:
    """Note the sign-in on the profile; a failure is noted too, and keeps nobody out."""
    try:
        welcome_back(event["request"]["userAttributes"]["sub"], clock.now())
    except Exception:  # noqa: BLE001 - whoever gave the right password is in
        logger.exception("a sign-in could not be noted")
        metrics.count("TriggerFailures")
    return event


def welcome_back(user_id: str, now: int) -> None:
    """Lift a ban that is over, or note the sign-in; whoever comes back is not deleted as inactive."""
    profile = table.get(people.profile(user_id), consistent=True)
    if profile is None:
        return
    if bans.is_over(profile, now) and bans.lift(profile, now, {"lastLoginAt": now}, ["ttl"]):
        return
    try:
        changes.update(people.profile(user_id), {"lastLoginAt": now}, remove=["ttl"], when=Attr("username").exists())
    except changes.ConditionFailed:
        logger.warning("a profile went away during its sign-in")

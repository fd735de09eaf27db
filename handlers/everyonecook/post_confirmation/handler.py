"""After the pool has confirmed an account."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from kitchen import clock, metrics, text, users
from kitchen.logs import logger

Event = dict[str, Any]
LONGEST_NAME = 50
# The pool takes longer and stranger names from those who pass by our own registration.
_USERNAME = re.compile(r"[A-Za-z0-9_.@+-]{2,64}")


@logger.inject_lambda_context(clear_state=True)
def handler(event: Event, _context: Any) -> Event:
    """Make the profile of a new account; a failure is noted, for the account itself is confirmed."""
    # a confirmed new password comes here too, and has a profile to lose
    if event.get("triggerSource") == "PostConfirmation_ConfirmSignUp":
        try:
            welcome(event["userName"], event["request"]["userAttributes"], clock.now())
        except Exception:  # noqa: BLE001 - the profile is made again on the first visit, a confirmation is not
            logger.exception("a profile could not be made")
            metrics.count("TriggerFailures")
    return event


def welcome(username: str, attributes: Mapping[str, str], now: int) -> bool:
    """Make a user's profile and privacy settings; False where there is a profile already."""
    user_id = attributes["sub"]
    name = username if _USERNAME.fullmatch(username) else f"temp_{user_id[:8]}"
    full_name = text.cut(text.sanitise(attributes.get("given_name") or attributes.get("name") or ""), LONGEST_NAME)
    return users.create(user_id, name, attributes.get("email") or "", full_name, now)

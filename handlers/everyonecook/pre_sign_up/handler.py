"""Before the pool opens an account."""

from __future__ import annotations

from typing import Any

from kitchen import clock
from kitchen.logs import logger
from pre_sign_up import accounts

Event = dict[str, Any]


@logger.inject_lambda_context(clear_state=True)
def handler(event: Event, _context: Any) -> Event:
    """Let a sign-up pass, or refuse it by raising `Refused`."""
    attributes = event["request"].get("userAttributes") or {}
    email = attributes.get("email") or ""
    if event.get("triggerSource") == "PreSignUp_AdminCreateUser":
        # an administrator vouches for them; the pool fails on verifying an address that is not there
        event["response"] = {**(event.get("response") or {}), "autoConfirmUser": True, "autoVerifyEmail": bool(email)}
        return event
    accounts.make_room(event["userPoolId"], event.get("userName") or "", email, clock.now())
    return event

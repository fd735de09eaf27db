"""Before the pool sends a code."""

from __future__ import annotations

from typing import Any

from custom_message import letters
from kitchen.logs import logger

Event = dict[str, Any]


@logger.inject_lambda_context(clear_state=True)
def handler(event: Event, _context: Any) -> Event:
    """Put our own subject and text into the event; whatever goes wrong, the pool's default text goes out."""
    try:
        letter = letters.write(event["triggerSource"], event.get("userName") or "", event["request"]["codeParameter"])
        if letter:
            words = {"emailSubject": letter.subject, "emailMessage": letter.html}
            event["response"] = {**(event.get("response") or {}), **words}
    except Exception:  # noqa: BLE001 - a person without a code is worse off than one with a plain text
        logger.exception("a letter could not be written")
    return event

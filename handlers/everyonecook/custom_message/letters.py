"""The letters that carry codes."""

from __future__ import annotations

import os
from dataclasses import dataclass
from html import escape

ENVIRONMENT = os.environ["ENVIRONMENT"]
LONGEST_NAME = 128
DAY, HOUR = "24 hours", "1 hour"


@dataclass(frozen=True)
class Letter:
    """An e-mail."""

    subject: str
    html: str


@dataclass(frozen=True)
class Occasion:
    """What a letter says, and how long its code holds."""

    subject: str
    request: str
    valid: str
    otherwise: str


_SIGN_UP = Occasion(
    "Confirm your EveryoneCook account",
    "Welcome to EveryoneCook. Enter this code to confirm your e-mail address and open your kitchen:",
    DAY,
    "If you did not sign up, ignore this message: the account is not opened without the code.",
)
_NEW_CODE = Occasion(
    "Your new EveryoneCook code",
    "Here is the new code you asked for. Earlier codes no longer work:",
    DAY,
    "If you did not ask for a code, ignore this message.",
)
_PASSWORD = Occasion(
    "Reset your EveryoneCook password",
    "Somebody asked to reset the password of your account. Enter this code to choose a new one:",
    HOUR,
    "If it was not you, ignore this message: your password stays as it is. Never give the code to anybody.",
)
_ADDRESS = Occasion(
    "Verify your e-mail address for EveryoneCook",
    "Enter this code to verify the e-mail address of your account:",
    DAY,
    "If you did not change your address, change your password instead and do not use the code.",
)
OCCASIONS = {
    "CustomMessage_SignUp": _SIGN_UP,
    "CustomMessage_ResendCode": _NEW_CODE,
    "CustomMessage_ForgotPassword": _PASSWORD,
    "CustomMessage_UpdateUserAttribute": _ADDRESS,
    "CustomMessage_VerifyUserAttribute": _ADDRESS,
}
_PAGE = """<!DOCTYPE html>
<html lang="en">
<body style="margin:0;padding:24px;background:#faf6f1;font-family:Arial,sans-serif;color:#3b2f2a">
<div style="max-width:480px;margin:0 auto;padding:32px;background:#ffffff;border-radius:12px">
<h1 style="margin:0 0 16px;font-size:22px;color:#c4532d">EveryoneCook</h1>
<p>Hello {name},</p>
<p>{request}</p>
<p style="margin:24px 0;padding:16px;background:#fbeee6;border-radius:8px;font-size:28px;text-align:center;\
letter-spacing:6px"><strong>{code}</strong></p>
<p>The code is valid for {valid}.</p>
<p style="font-size:13px;color:#7d6f68">{otherwise}</p>
</div>
</body>
</html>
"""


def write(source: str, username: str, code: str) -> Letter | None:
    """The letter for an occasion, or None where the pool's own text will do; `code` is where the pool puts it."""
    occasion = OCCASIONS.get(source)
    if occasion is None or not code:
        return None
    # people choose their names, and anybody's address: a name must not bring markup into the letter
    name = escape(username[:LONGEST_NAME]) or "cook"
    html = _PAGE.format(
        name=name, request=occasion.request, code=code, valid=occasion.valid, otherwise=occasion.otherwise
    )
    return Letter(_marked(occasion.subject), html)


def _marked(subject: str) -> str:
    # whoever tries the system out must not take its letters for those of the real one
    return subject if ENVIRONMENT == "prod" else f"[{ENVIRONMENT}] {subject}"

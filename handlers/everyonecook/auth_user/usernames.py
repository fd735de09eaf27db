"""Whether a user name is free."""

from __future__ import annotations

import re
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from auth_user.models import UsernameQuery
from kitchen import clock, pool, users
from kitchen.errors import BadRequest
from kitchen.logs import logger
from kitchen.memory import Memory
from kitchen.routes import Answer, Call, Routes

routes = Routes()

_ALLOWED = re.compile(r"[A-Za-z0-9_]{3,30}")
_taken: Memory[str] = Memory(5 * clock.MINUTE)


@routes.get("/users/username/check", query=UsernameQuery, public=True)
def check(call: Call) -> Answer:
    """Tell whether a name may be taken."""
    name = call.query.username.strip()
    if not name:
        raise BadRequest("username: name one")
    return Answer({"data": judge(name, call.now)}, bare=True)


def judge(name: str, now: int) -> dict[str, Any]:
    """Whether a name is well formed, and whether it is free."""
    if not _ALLOWED.fullmatch(name):
        return {
            "valid": False,
            "available": False,
            "error": "a user name has 3 to 30 characters: letters, digits and underscores",
        }
    return {"valid": True, "available": not is_taken(name.lower(), now)}


def is_taken(name: str, now: int) -> bool:
    """Whether somebody has a name; remembered for five minutes."""
    known = _taken.get(name, now)
    if known is None:
        known = "taken" if _ask(name) else "free"
        _taken.put(name, known, now)
    return known == "taken"


def forget() -> None:
    """Forget all names, as a new container would."""
    _taken.clear()


def _ask(name: str) -> bool:
    try:
        return users.by_username(name) is not None
    except (BotoCoreError, ClientError):
        logger.warning("the table did not answer; the user pool is asked", exc_info=True)
        return pool.has_user(name)

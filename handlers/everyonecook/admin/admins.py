"""Who administrates: the members of the pool's group."""

from __future__ import annotations

from botocore.exceptions import BotoCoreError, ClientError

from kitchen import pool
from kitchen.logs import logger

GROUP = "admin"


def ids() -> frozenset[str]:
    """The user ids of all administrators."""
    return frozenset(pool.attribute(user, "sub") or user["Username"] for user in pool.members(GROUP))


def known(caller: str) -> frozenset[str]:
    """The same for lists, which do without where the pool does not answer: then only the caller is known."""
    try:
        return ids() | {caller}
    except (BotoCoreError, ClientError):
        logger.warning("the group of administrators could not be read", exc_info=True)
        return frozenset({caller})

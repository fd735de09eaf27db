"""Bans as they are lifted: in the pool and in the table, or not at all."""

from __future__ import annotations

from collections.abc import Iterable

from admin import audit
from admin.audit import Actor
from admin.failures import AWS_ERRORS, only_logged, told_as
from admin.people.banning import history
from kitchen import bans, changes, pool, table, users
from kitchen.errors import BadRequest
from kitchen.keys import people
from kitchen.steps import Put, Step
from kitchen.table import Item


def unban(actor: Actor, profile: Item, action: str, reason: str, now: int, also: Iterable[Step] = ()) -> None:
    """Lift a ban: first the pool, so that a failure locks nobody out, then the table, with `also` in one go."""
    if not profile.get("isBanned"):
        raise _not_banned()
    note = audit.entry(actor, action, now, profile, reason)
    with told_as("UNBAN_OPERATION_FAILED", "the ban could not be lifted"):
        pool.enable_user(profile["userId"], profile["username"])
        try:
            changes.transact(*bans.lifting(profile, now), Put(note), _ended(actor, profile, reason, now), *also)
        except changes.ConditionFailed as failed:
            _shut_again(profile, now)
            if failed.at == 0:
                raise _not_banned() from None
            raise
        except AWS_ERRORS:
            _shut_again(profile, now)
            raise


def let_in(profile: Item, now: int) -> None:
    """Lift a ban whose time is over; what fails is tried again by whoever asks next."""
    with only_logged("lifting a ban that is over"):
        pool.enable_user(profile["userId"], profile["username"])
        bans.lift(profile, now)


def _ended(actor: Actor, profile: Item, reason: str, now: int) -> Step:
    values = {name: profile.get(name) for name in bans.FIELDS if name.startswith("ban")}
    values["bannedAt"] = values["bannedAt"] or 0
    ended = {"unbannedAt": now, "unbannedBy": actor.user_id, "unbanReason": reason}
    return Put({**history(profile["userId"], values), **ended})


def _shut_again(profile: Item, now: int) -> None:
    with only_logged("shutting a user out again after an unban that failed"):
        held = table.get(people.profile(profile["userId"]), consistent=True)
        if held and users.is_banned(held, now):
            pool.disable_user(profile["userId"], profile["username"])


def _not_banned() -> BadRequest:
    return BadRequest("the user is not banned", code="NOT_BANNED")

"""Bans as they are placed: the profile, its schedule and the pool go together, or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from boto3.dynamodb.conditions import Attr

from admin import audit
from admin.audit import Actor
from admin.failures import AWS_ERRORS, only_logged, told_as
from kitchen import bans, changes, clock, limits, pool, table, users
from kitchen.errors import BadRequest, NotFound
from kitchen.keys import moderation, people
from kitchen.logs import logger
from kitchen.steps import Delete, Put, Step, Update
from kitchen.table import Item

_RESTORED = ("isBanned", "isActive", "updatedAt", *bans.FIELDS)


@dataclass(frozen=True)
class Ban:
    """Why somebody is banned, and how long; 0 bans for good."""

    reason: str
    duration: int
    unit: str


@dataclass(frozen=True)
class Placed:
    """A ban that stands, with all that is needed to take it back."""

    before: Item
    values: Item
    note: Item

    @property
    def expires(self) -> int | None:
        """When it ends."""
        ends: int | None = self.values["banExpiresAt"]
        return ends


def admit(actor: Actor, now: int) -> None:
    """Count a ban or unban of an administrator: 50 in an hour are logged, 100 are the end."""
    spent = limits.spend(limits.ADMIN_ACTIONS, actor.user_id, now)
    if spent.count >= limits.ADMIN_ACTIONS_WARN:
        logger.warning("an administrator bans and unbans a lot", admin=actor.user_id, count=spent.count)


def target(user_id: str) -> Item:
    """The profile of whom an administrator means."""
    profile = table.get(people.profile(user_id), consistent=True)
    if profile is None:
        raise NotFound("there is no such user", code="TARGET_USER_NOT_FOUND")
    return profile


def place(actor: Actor, user_id: str, ban: Ban, now: int, action: str = "BAN_USER", **about: Any) -> Placed:
    """Ban a user: first the table, which settles who was first, then the pool."""
    profile = target(user_id)
    if actor.user_id == user_id:
        raise BadRequest("nobody bans himself")
    if users.is_banned(profile, now):
        raise _already()
    expires = bans.expiry(now, ban.duration, ban.unit)
    values = _values(actor, user_id, ban, expires, now)
    about |= {"banDuration": ban.duration, "banDurationUnit": ban.unit, "banExpiresAt": expires}
    note = audit.entry(actor, action, now, profile, ban.reason, **about)
    placed = Placed(profile, values, note)
    with told_as("BAN_OPERATION_FAILED", "the ban could not be placed"):
        try:
            changes.transact(*_placing(placed))
            pool.disable_user(user_id, profile["username"])
        except changes.ConditionFailed:
            raise _already() from None
        except AWS_ERRORS:
            take_back(placed)
            raise
    return placed


def take_back(placed: Placed) -> None:
    """Undo a ban as if it had not been; another one that followed it stays."""
    before, values = placed.before, placed.values
    user_id = before["userId"]
    kept = {name: before[name] for name in _RESTORED if name in before}
    gone = [name for name in _RESTORED if name not in before]
    steps = (
        Update(people.profile(user_id), kept, remove=gone, add={"banCount": -1}, when=_is(values["bannedAt"])),
        _schedule(user_id, before.get("banExpiresAt")),
        Delete(moderation.ban(user_id, values["bannedAt"])),
        Delete({"PK": placed.note["PK"], "SK": placed.note["SK"]}),
    )
    with only_logged("taking back a ban that failed"):
        try:
            changes.transact(*steps)
        except changes.ConditionFailed:
            return
        pool.enable_user(user_id, before["username"])


def _values(actor: Actor, user_id: str, ban: Ban, expires: int | None, now: int) -> dict[str, Any]:
    return {
        "banReason": ban.reason,
        "bannedAt": now,
        "bannedBy": actor.user_id,
        "banDuration": ban.duration,
        "banDurationUnit": ban.unit,
        "banDurationDisplay": bans.display(ban.duration, ban.unit),
        "banExpiresAt": expires,
        **people.banned_index(user_id, now),
    }


def _placing(placed: Placed) -> list[Step]:
    user_id, values = placed.before["userId"], placed.values
    now = values["bannedAt"]
    flags = {"isBanned": True, "isActive": False, "updatedAt": now, **values}
    free = Attr("isBanned").ne(True) | Attr("banExpiresAt").lte(now)
    return [
        # an appeal against an earlier ban says nothing about this one
        Update(
            people.profile(user_id),
            flags,
            add={"banCount": 1},
            remove=["pendingAppealId"],
            when=changes.PRESENT & free,
        ),
        _schedule(user_id, placed.expires),
        Put(history(user_id, values)),
        Put(placed.note),
    ]


def _schedule(user_id: str, expires: int | None) -> Step:
    key = moderation.ban_schedule(user_id)
    if expires is None:
        return Delete(key)
    return Put({**key, "userId": user_id, "banExpiresAt": expires, "ttl": clock.seconds(expires)})


def history(user_id: str, values: Item) -> Item:
    """A ban as it stands among all bans of a user."""
    said = {name: value for name, value in values.items() if name not in ("GSI4PK", "GSI4SK")}
    return {**moderation.ban(user_id, values["bannedAt"]), "userId": user_id, "banType": bans.kind(values), **said}


def _is(banned: int) -> Any:
    return Attr("isBanned").eq(True) & Attr("bannedAt").eq(banned)


def _already() -> BadRequest:
    return BadRequest("the user is banned already", code="ALREADY_BANNED")

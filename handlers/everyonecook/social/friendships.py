"""What two people are to each other, and how that changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from boto3.dynamodb.conditions import Attr, ConditionBase

from kitchen import changes, clock, table
from kitchen.errors import BadRequest, Conflict, NotFound
from kitchen.keys import people
from kitchen.levels import friendship_status
from kitchen.postings import lower
from kitchen.steps import ABSENT, PRESENT, Check, Delete, Put, Step, Update
from kitchen.table import Item

TRIES = 5
TOTAL = "totalFriends"


@dataclass(frozen=True)
class Pair:
    """Two people: the record that the first keeps of the second, and the other way round."""

    one: str
    two: str
    own: Item | None
    other: Item | None

    @property
    def status(self) -> str:
        """What they are to each other in one word, seen by the first."""
        return friendship_status(self.one, self.own, self.other)


Decide = Callable[[Pair], list[Step]]


def pair(one: str, two: str) -> Pair:
    """Two people as they are now."""
    mine, theirs = people.friendship(one, two), people.friendship(two, one)
    found = table.get_many((mine, theirs), consistent=True)
    own, other = (found.get((key["PK"], key["SK"])) for key in (mine, theirs))
    return Pair(one, two, own, other)


def change(one: str, two: str, decide: Decide) -> Pair:
    """What two people were before the steps that `decide` finds right; asked again where somebody was faster."""
    for _ in range(TRIES):
        found = pair(one, two)
        try:
            changes.transact(*decide(found))
        except changes.ConditionFailed:
            continue
        return found
    raise Conflict("this is being changed by other requests; try again")


def asking(now: int) -> Decide:
    """The first asks the second, or agrees where the second has asked already."""

    def decide(found: Pair) -> list[Step]:
        check_free(found)
        if found.status == "pending_received":
            return _agree(found, now)
        own = record(found.one, found.two, "pending", found.one, clock.iso(now))
        return [Put(own, ABSENT), Check(people.friendship(found.two, found.one), ABSENT)]

    return decide


def accepting(now: int) -> Decide:
    """The first agrees to what the second asked."""

    def decide(found: Pair) -> list[Step]:
        if found.status in ("friends", "blocked"):
            raise BadRequest("you are friends already" if found.status == "friends" else "you have blocked this user")
        _check_asked(found)
        return _agree(found, now)

    return decide


def reject(found: Pair) -> list[Step]:
    """The first wants nothing of what the second asked."""
    if found.status == "friends":
        raise BadRequest("you are friends already")
    _check_asked(found)
    return _drop(found)


def cancel(found: Pair) -> list[Step]:
    """The first takes back what was asked."""
    if found.own is None:
        raise NotFound("there is no such request")
    if found.status != "pending_sent":
        raise BadRequest("this is no pending request of yours")
    return _drop(found)


def part(found: Pair) -> list[Step]:
    """The two are friends no more."""
    if found.own is None:
        raise NotFound("there is no such friendship")
    if found.status != "friends":
        raise BadRequest("you are not friends")
    return _drop(found)


def blocking(now: int) -> Decide:
    """The first wants nothing to do with the second; a block by the second stays what it is."""

    def decide(found: Pair) -> list[Step]:
        own = record(found.one, found.two, "blocked", found.one, clock.iso(now))
        theirs = people.friendship(found.two, found.one)
        same = _unchanged(found.other)
        keep = found.other is None or found.other["status"] == "blocked"
        return [Put(own, _unchanged(found.own)), Check(theirs, same) if keep else Delete(theirs, same)]

    return decide


def unblock(found: Pair) -> list[Step]:
    """The first does not mind the second any more."""
    if found.own is None:
        raise NotFound("you have not blocked this user")
    if found.status != "blocked":
        raise BadRequest("you have not blocked this user")
    return [Delete(people.friendship(found.one, found.two), _unchanged(found.own))]


def check_free(found: Pair) -> None:
    """Refuse to ask where there is something between the two already."""
    match found.status:
        case "friends":
            raise BadRequest("you are friends already")
        case "pending_sent":
            raise BadRequest("you have asked already")
        case "blocked" | "blocked_by":
            raise BadRequest("this user cannot be asked")


def count_parted(before: Pair) -> None:
    """One friend less for each of two who were friends."""
    if before.status == "friends":
        lower(people.profile(before.one), TOTAL)
        lower(people.profile(before.two), TOTAL)


def record(owner: str, friend: str, status: str, asked_by: str, created: str) -> Item:
    """What an owner keeps of a friend."""
    return {
        **people.friendship(owner, friend),
        **people.friendship_index(owner, friend),
        "userId": owner,
        "friendId": friend,
        "status": status,
        "requestedBy": asked_by,
        "createdAt": created,
    }


def _agree(found: Pair, now: int) -> list[Step]:
    at = clock.iso(now)
    own = record(found.one, found.two, "accepted", found.two, (found.other or {}).get("createdAt") or at)
    own["acceptedAt"] = at
    theirs = Update(
        people.friendship(found.two, found.one),
        {"status": "accepted", "acceptedAt": at},
        when=_unchanged(found.other),
    )
    totals = [Update(people.profile(who), add={TOTAL: 1}, when=PRESENT) for who in (found.one, found.two)]
    return [theirs, Put(own, _unchanged(found.own)), *totals]


def _check_asked(found: Pair) -> None:
    if found.other is None or found.status != "pending_received":
        raise NotFound("there is no such request")


def _drop(found: Pair) -> list[Step]:
    kept = [item for item in (found.own, found.other) if item]
    return [Delete({"PK": item["PK"], "SK": item["SK"]}, _unchanged(item)) for item in kept]


def _unchanged(item: Item | None) -> ConditionBase:
    return Attr("status").eq(item["status"]) if item else ABSENT

"""From calls of boto3 to the actions that IAM knows them by (data/actions.json)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, NamedTuple

_TABLE: dict[str, Any] = json.loads((Path(__file__).parents[1] / "data" / "actions.json").read_text(encoding="utf-8"))

# attributes of a client behind which there is no call
NONE = frozenset(_TABLE["none"])
# methods of a client that are given the name of a call; the name of that argument
NAMING: dict[str, str] = _TABLE["naming"]
# arguments that say what a call is about
TARGETS = frozenset(_TABLE["targets"])
# functions of libraries that call AWS
LIBRARIES: dict[str, list[str]] = _TABLE["libraries"]
# the steps of a transaction
STEPS: dict[str, str] = _TABLE["steps"]
TRANSACTION = "transact_write_items"


class Along(NamedTuple):
    """Actions that are used without a call of their own: when others are, or under a circumstance; and why."""

    actions: list[str]
    beside: list[str]
    when: str
    why: str


ALONG = tuple(
    Along(each["actions"], each.get("with", []), each.get("when", ""), each["why"]) for each in _TABLE["along"]
)


def prefix(service: str) -> str:
    """What actions of a service begin with."""
    return str(_TABLE["prefixes"].get(service, service))


def actions(service: str, call: str) -> list[str] | None:
    """The actions that a call needs; none for one that everybody may make, nothing where that cannot be told."""
    known = _TABLE["calls"].get(service, {}).get(call)
    if known is not None:
        return list(known)
    if service in _TABLE["verbs"] or call in _TABLE["statements"].get(service, ()):
        return None
    return [f"{prefix(service)}:{_titled(call)}"]


def of_waiter(service: str, waiter: str) -> list[str] | None:
    """The actions that a waiter needs."""
    call = _TABLE["waiters"].get(service, {}).get(waiter)
    return actions(service, call) if call else None


def of_resource(service: str, method: str) -> list[str] | None:
    """The actions that a method of one of boto3's resources needs."""
    known = _TABLE["resources"].get(service, {}).get(method)
    return list(known) if known is not None else actions(service, method)


def matches(action: str, patterns: Iterable[str]) -> bool:
    """Whether an action is among some, whatever its case; they may hold asterisks."""
    wanted = action.lower()
    lowered = (pattern.lower() for pattern in patterns)
    return any(wanted == each or ("*" in each and fnmatchcase(wanted, each)) for each in lowered)


def may_be(action: str, calls: Iterable[str]) -> bool:
    """Whether an action may be that of one of some calls, of whichever service."""
    service = action.partition(":")[0]
    return any(matches(each, [action]) for call in calls for each in actions(service, call) or ())


def _titled(call: str) -> str:
    return "".join(part[:1].upper() + part[1:] for part in call.split("_"))

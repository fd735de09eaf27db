"""Permissions that constructs offer, and what wakes a function."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, Protocol

from awacs.aws import Action, Allow, Condition, Policy, Statement
from troposphere import AWSObject, encode_to_dict

from ecinfra.frozen import frozen


@frozen
class Grant:
    """A permission, with all it drags along."""

    statements: tuple[Statement, ...]

    def __add__(self, other: Grant) -> Grant:
        return Grant(self.statements + other.statements)


def allow(actions: Iterable[Action], *resources: Any, condition: Condition | None = None) -> Grant:
    """Permission to do some things to some resources."""
    said: dict[str, Any] = {"Effect": Allow, "Action": list(actions), "Resource": list(resources)}
    if condition is not None:
        said["Condition"] = condition
    return Grant((Statement(**said),))


def policy(grants: Iterable[Grant]) -> Policy:
    """One policy document for many grants; what is said twice is written once."""
    statements: dict[str, Statement] = {}
    for grant in grants:
        for statement in grant.statements:
            statements.setdefault(json.dumps(encode_to_dict(statement), sort_keys=True), statement)
    return Policy(Version="2012-10-17", Statement=list(statements.values()))


class Waking(Protocol):
    """A function as its triggers see it."""

    @property
    def title(self) -> str:
        """The function's logical id."""
        ...

    @property
    def arn(self) -> Any:
        """The function's ARN."""
        ...

    @property
    def timeout(self) -> int:
        """Seconds after which it is stopped."""
        ...


class Trigger(Protocol):
    """What wakes a function: resources of its own, and permissions the function needs for it."""

    @property
    def may(self) -> tuple[Grant, ...]:
        """What the function must be allowed to do for it."""
        ...

    def resources(self, function: Waking) -> Iterable[AWSObject]:
        """The resources that tie it to a function."""
        ...

"""Permissions that constructs offer, and what wakes a function."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Protocol

from awacs.aws import Action, Allow, Condition, Statement
from troposphere import AWSObject, encode_to_dict

from ecinfra.frozen import frozen


@frozen
class Grant:
    """A permission, with all it drags along: statements of a policy, as plain data."""

    statements: tuple[dict[str, Any], ...]

    def __add__(self, other: Grant) -> Grant:
        return Grant(self.statements + other.statements)


def allow(actions: Iterable[Action], *resources: Any, condition: Condition | None = None) -> Grant:
    """Permission to do some things to some resources."""
    said: dict[str, Any] = {"Effect": Allow, "Action": list(actions), "Resource": list(resources)}
    if condition is not None:
        said["Condition"] = condition
    return Grant((encode_to_dict(Statement(**said)),))


def policy(grants: Iterable[Grant]) -> dict[str, Any]:
    """One policy document for many grants; what is said twice is written once."""
    statements: list[dict[str, Any]] = []
    for grant in grants:
        statements += [statement for statement in grant.statements if statement not in statements]
    return {"Version": "2012-10-17", "Statement": statements}


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

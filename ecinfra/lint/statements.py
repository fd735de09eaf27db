"""Policies, statement by statement."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any

from ecinfra.lint.estate import Estate, Located
from ecinfra.lint.finding import Path
from ecinfra.lint.literals import items, members, text

# the properties that hold a policy of the resource itself, which names whom it lets in
_OWN = frozenset(
    {
        "AccessPolicies",
        "AssumeRolePolicyDocument",
        "FileSystemPolicy",
        "KeyPolicy",
        "RepositoryPolicyText",
        "ResourcePolicy",
    }
)
_IDENTITIES = frozenset(
    {
        "AWS::IAM::GroupPolicy",
        "AWS::IAM::ManagedPolicy",
        "AWS::IAM::Policy",
        "AWS::IAM::RolePolicy",
        "AWS::IAM::UserPolicy",
    }
)
_HOLDERS = frozenset({"AWS::IAM::Group", "AWS::IAM::Role", "AWS::IAM::User"})


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement of a policy, and where it stands; `granted` says that it belongs to an identity."""

    owner: Located
    path: Path
    body: dict[str, Any]
    granted: bool

    @property
    def allows(self) -> bool:
        """Whether it allows something, and does not deny it."""
        return self.body.get("Effect") == "Allow"

    @property
    def actions(self) -> list[str]:
        """Its actions, in lower case: their case does not count."""
        return [text(action).lower() for action in items(self.body.get("Action"))]

    def lets_in(self, service: str) -> bool:
        """Whether a service is among its principals."""
        principal = self.body.get("Principal")
        if principal == "*":
            return True
        named = members(principal)
        if "*" in items(named.get("AWS")):
            return True
        return any(_same_service(text(name), service) for name in items(named.get("Service")))

    def covers(self, action: str) -> bool:
        """Whether an action is among its actions."""
        return any(fnmatchcase(action.lower(), pattern) for pattern in self.actions)


def statements(estate: Estate) -> Iterator[Statement]:
    """Every statement of every policy of a system."""
    for resource in estate.resources:
        yield from _of(resource)


def of_document(owner: Located, document: Any, path: Path, *, granted: bool) -> Iterator[Statement]:
    """The statements of one policy document."""
    found = members(document).get("Statement")
    single = isinstance(found, dict)
    for number, body in enumerate(items(found)):
        if isinstance(body, dict):
            yield Statement(owner, (*path, "Statement", *(() if single else (number,))), body, granted)


def allowed(statements: Iterable[Statement], service: str, actions: Iterable[str]) -> bool:
    """Whether statements let a service do all of some things."""
    let_in = [statement for statement in statements if statement.allows and statement.lets_in(service)]
    return all(any(statement.covers(action) for statement in let_in) for action in actions)


def key_statements(key: Located) -> list[Statement]:
    """The statements of a KMS key's policy."""
    return list(of_document(key, key.properties.get("KeyPolicy"), ("KeyPolicy",), granted=False))


def _of(resource: Located) -> Iterator[Statement]:
    properties = resource.properties
    for name, document in properties.items():
        if name in _OWN:
            yield from of_document(resource, document, (name,), granted=False)
    if resource.type in _HOLDERS:
        for number, policy in enumerate(items(properties.get("Policies"))):
            document = members(policy).get("PolicyDocument")
            yield from of_document(resource, document, ("Policies", number, "PolicyDocument"), granted=True)
    if "PolicyDocument" in properties:
        granted = resource.type in _IDENTITIES
        yield from of_document(resource, properties["PolicyDocument"], ("PolicyDocument",), granted=granted)


def _same_service(name: str, service: str) -> bool:
    """`logs.${AWS::Region}.amazonaws.com` is logs.amazonaws.com in one region."""
    head, _, tail = service.partition(".")
    return name == service or re.fullmatch(rf"{re.escape(head)}\.[^.]+\.{re.escape(tail)}", name) is not None

"""What a role allows, looked at from a call: the action, on a resource of the right kind, on the very one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ecinfra.contract.actions import ALONG, matches
from ecinfra.lint.estate import Estate, Located
from ecinfra.lint.literals import items, members, text
from ecinfra.lint.statements import Statement, of_document

# actions of S3 on objects, whose ARNs go on behind the bucket's; the others are on buckets
_ON_OBJECTS = re.compile(r"s3:(?!.*bucket)\w*object\w*|s3:abortmultipartupload|s3:listmultipartuploadparts")


def covering(estate: Estate, statements: Iterable[Statement], action: str) -> list[Statement]:
    """The statements that allow an action on something that it can be done to."""
    return [
        each for each in statements if each.covers(action) and any(_fits(action, arn) for arn in _arns(estate, each))
    ]


def allows_on(estate: Estate, statements: Iterable[Statement], action: str, target: Located) -> bool:
    """Whether statements allow an action on one resource; what cannot be told counts as allowed."""
    for statement in statements:
        for resource in items(statement.body.get("Resource")):
            arn = text(estate.attribute(statement.owner.template, resource))
            named = [each.id for each in estate.inside(statement.owner.template, resource)]
            if not named or (target.id in named and _fits(action, arn)):
                return True
    return False


def named_by(estate: Estate, statements: Iterable[Statement]) -> list[str]:
    """The resources that statements are about."""
    found = (
        each.id
        for statement in statements
        for resource in items(statement.body.get("Resource"))
        for each in estate.inside(statement.owner.template, resource)
    )
    return list(dict.fromkeys(found))


def comes_along(granted: str, needed: Iterable[str], whens: frozenset[str]) -> bool:
    """Whether an action is used without a call of its own: beside others, or under a circumstance."""
    return any(
        along.when in whens or any(matches(each, along.beside) for each in needed)
        for along in ALONG
        if matches(granted, along.actions) or any(matches(each, [granted]) for each in along.actions)
    )


def is_lambdas_own(role: Located) -> bool:
    """Whether nobody but functions may take on a role."""
    trusting = of_document(role, role.properties.get("AssumeRolePolicyDocument"), (), granted=False)
    principals = [members(each.body.get("Principal")) for each in trusting]
    return all(
        set(principal) == {"Service"} and items(principal["Service"]) == ["lambda.amazonaws.com"]
        for principal in principals
    )


def _arns(estate: Estate, statement: Statement) -> Iterator[str]:
    for resource in items(statement.body.get("Resource", "*")):
        yield text(estate.attribute(statement.owner.template, resource))


def _fits(action: str, arn: str) -> bool:
    """Whether an ARN may name something of the kind that an action is done to."""
    if not action.startswith("s3:") or (arn.endswith("*") and "/" not in arn):
        return True
    return (_ON_OBJECTS.fullmatch(action.lower()) is not None) == ("/" in arn)

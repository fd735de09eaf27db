"""Permissions that can only be given when what they name is there."""

from __future__ import annotations

from typing import Any

from ecinfra.errors import LinkError
from ecinfra.link.circles import components
from ecinfra.link.index import Index
from ecinfra.link.references import in_expression
from ecinfra.parts import Resource

_ROLE = "AWS::IAM::Role"
_MAPPING = "AWS::Lambda::EventSourceMapping"

Statements = list[dict[str, Any]]


def late_permissions(names: Index, needs: dict[str, set[str]]) -> bool:
    """Move what a role may do to something that stands on it into policies that stand after both; whether any was.

    A user pool needs its trigger, the trigger its role; a role that named the pool would close the circle.
    """
    around = {name: group for group in components(needs) if len(group) > 1 for name in group}
    roles = [names.resources[name] for name in around if names.resources[name].type == _ROLE]
    for role in sorted(roles, key=lambda each: each.id):
        if "Policies" in role.body["Properties"]:
            _split(names, role, around[role.id])
    return bool(roles)


def _split(names: Index, role: Resource, circle: set[str]) -> None:
    kept: Statements = []
    late: dict[str, Statements] = {}
    properties = role.body["Properties"]
    policies = properties["Policies"]
    for policy in policies if isinstance(policies, list) else [policies]:
        if "PolicyDocument" not in policy:
            if names.targets(in_expression(policy)) & circle:
                raise LinkError(f"{role.id} is in a circle, and its policies depend on a condition", place=role.place)
            kept.append(policy)
            continue
        document = policy["PolicyDocument"]
        here = [part for each in _listed(document["Statement"]) for part in _parted(names, each, circle, late)]
        if here:
            kept.append({**policy, "PolicyDocument": {**document, "Statement": here}})
    if late:
        rest = {name: value for name, value in properties.items() if name != "Policies"}
        body = {**role.body, "Properties": {**rest, "Policies": kept} if kept else rest}
        names.put(Resource(role.id, role.stack, body, role.place))
        for stack, statements in late.items():
            _add_policy(names, role, stack, statements)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _parted(names: Index, statement: dict[str, Any], circle: set[str], late: dict[str, Statements]) -> Statements:
    """What of a statement may stay; the rest goes to the stack of what it names."""
    resources = _listed(statement.get("Resource", []))
    rest = {key: value for key, value in statement.items() if key != "Resource"}
    closing = names.targets(in_expression(rest)) & circle
    staying = []
    moving: dict[str, list[Any]] = {}
    for resource in resources:
        closes = sorted(closing or names.targets(in_expression(resource)) & circle)
        if closes:
            moving.setdefault(names.resources[closes[0]].stack, []).append(resource)
        else:
            staying.append(resource)
    if len(moving) == 1 and not staying:
        late.setdefault(next(iter(moving)), []).append(statement)
        return []
    for stack, named in moving.items():
        late.setdefault(stack, []).append({**rest, "Resource": named})
    if not moving:
        return [statement]
    return [{**rest, "Resource": staying}] if staying else []


def _add_policy(names: Index, role: Resource, stack: str, statements: Statements) -> None:
    title = f"{role.id}LatePolicy" if stack == role.stack else f"{role.id}LatePolicyIn{stack}"
    if title in names.resources or title in names.parameters:
        raise LinkError(f"the id {title} is wanted for a policy of {role.id}, and taken", place=role.place)
    body: dict[str, Any] = {
        "Type": "AWS::IAM::Policy",
        "Properties": {
            "PolicyName": title,
            "PolicyDocument": {"Version": "2012-10-17", "Statement": statements},
            "Roles": [{"Ref": role.id}],
        },
    }
    if "Condition" in role.body:
        body["Condition"] = role.body["Condition"]
    names.put(Resource(title, stack, body, role.place))
    _hold_back(names, role, stack, title)


def _hold_back(names: Index, role: Resource, stack: str, policy: str) -> None:
    """Let a mapping wait for the policy: Lambda refuses it while its function may not take the messages."""
    for mapping in [each for each in names.resources.values() if each.type == _MAPPING and each.stack == stack]:
        functions = names.targets(names.refers[mapping.id])
        if any(role.id in names.targets(names.refers[name]) for name in functions):
            waits = [*_listed(mapping.body.get("DependsOn", [])), policy]
            names.put(Resource(mapping.id, stack, {**mapping.body, "DependsOn": waits}, mapping.place))

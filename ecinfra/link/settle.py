"""What can only be said when the whole app is known: late permissions, and ids that carry a hash."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from ecinfra.errors import LinkError
from ecinfra.facts import fixed_properties
from ecinfra.link.circles import components
from ecinfra.link.index import Index
from ecinfra.link.references import VALUE, Found, in_expression
from ecinfra.parts import Resource
from ecinfra.values import HASHED

_ROLE = "AWS::IAM::Role"


def late_permissions(names: Index) -> None:
    """Move what a role may do to something that stands on it into a policy that stands after both.

    A user pool needs its trigger, the trigger its role; a role that named the pool would close the circle.
    """
    roles = [
        item for item in names.resources.values() if item.type == _ROLE and item.body["Properties"].get("Policies")
    ]
    if not roles:
        return
    needs = {name: _targets(names, found) for name, found in names.refers.items()}
    around = {name: group for group in components(needs) if len(group) > 1 for name in group}
    for role in roles:
        if role.id in around:
            _split(names, role, around[role.id])


def _targets(names: Index, found: Found) -> set[str]:
    targets = set()
    for reference, value in found.items():
        if reference.id in names.resources:
            targets.add(reference.id)
        if reference.kind == VALUE:
            targets |= _targets(names, in_expression(value["is"]))
    return targets


def _split(names: Index, role: Resource, circle: set[str]) -> None:
    kept: list[dict[str, Any]] = []
    late: list[dict[str, Any]] = []
    properties = role.body["Properties"]
    for policy in properties["Policies"]:
        document = policy["PolicyDocument"]
        here: list[dict[str, Any]] = []
        for statement in document["Statement"]:
            closes = _targets(names, in_expression(statement)) & circle
            (late if closes else here).append(statement)
        if here:
            kept.append({**policy, "PolicyDocument": {**document, "Statement": here}})
    if not late:
        return
    rest = {name: value for name, value in properties.items() if name != "Policies"}
    body = {**role.body, "Properties": {**rest, "Policies": kept} if kept else rest}
    names.put(Resource(role.id, role.stack, body, role.place))
    for target in sorted(_targets(names, in_expression(late)) & circle):
        _add_policy(names, role, names.resources[target].stack, late)
        return


def _add_policy(names: Index, role: Resource, stack: str, statements: list[dict[str, Any]]) -> None:
    title = f"{role.id}LatePolicy"
    if title in names.resources or title in names.parameters:
        raise LinkError(f"the id {title} is wanted for a policy of {role.id}, and taken", place=role.place)
    body = {
        "Type": "AWS::IAM::Policy",
        "Properties": {
            "PolicyName": title,
            "PolicyDocument": {"Version": "2012-10-17", "Statement": statements},
            "Roles": [{"Ref": role.id}],
        },
    }
    names.put(Resource(title, stack, body, role.place))


def hashed_ids(names: Index) -> dict[str, str]:
    """The new ids of resources that are named by the content they freeze, by their titles."""
    renamed = {}
    for resource in list(names.resources.values()):
        frozen = resource.body.get(HASHED)
        if frozen is not None:
            renamed[resource.id] = resource.id + _hash(names, frozen)
            body = {key: value for key, value in resource.body.items() if key != HASHED}
            names.put(Resource(resource.id, resource.stack, body, resource.place))
    return renamed


def _hash(names: Index, frozen: dict[str, list[str]]) -> str:
    content: dict[str, Any] = {}
    for name, wanted in frozen.items():
        properties = names.resources[name].body["Properties"]
        content[name] = {key: properties[key] for key in wanted if key in properties}
    for target in sorted(_targets(names, in_expression(content)) - set(frozen)):
        resource = names.resources[target]
        fixed = fixed_properties(resource.type) - {"Tags"}
        properties = resource.body.get("Properties", {})
        content[f"{target}!"] = {key: properties[key] for key in sorted(fixed) if key in properties}
    text = json.dumps(content, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:10]

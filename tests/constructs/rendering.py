"""Constructs as the template shows them, without the tags that every resource carries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from troposphere import iam

from ecinfra import App
from ecinfra.grants import Grant, policy
from ecinfra.link.linker import link
from ecinfra.parts import Construct

TAGS = ("Tags", "HostedZoneTags")


@dataclass(frozen=True)
class Dev:
    environment: str = "dev"
    region: str = "ap-southeast-1"


def new_app(*, keep_data: bool = True) -> App:
    return App("EveryoneCook", Dev(), keep_data=keep_data)


def resources(*constructs: Construct, keep_data: bool = True) -> dict[str, Any]:
    """Every resource of some constructs, in one stack."""
    app = new_app(keep_data=keep_data)
    stack = app.stack("Core")
    for construct in constructs:
        stack.add(construct)
    return linked(app)["Core"]


def properties(*constructs: Construct) -> dict[str, Any]:
    """The properties of every resource of some constructs."""
    return {name: body["Properties"] for name, body in resources(*constructs).items()}


def linked(app: App) -> dict[str, dict[str, Any]]:
    """The resources of every stack of a linked app."""
    found: dict[str, dict[str, Any]] = {}
    for stack in link(app).stacks:
        bodies = found[stack.name] = stack.template["Resources"]
        for body in bodies.values():
            for name in TAGS:
                body["Properties"].pop(name, None)
    return found


def rights(grant: Grant, *constructs: Construct) -> list[tuple[list[str], list[Any]]]:
    """What a holder of a grant may do, and to what, in the stack of some constructs."""
    app = new_app()
    stack = app.stack("Core")
    for construct in constructs:
        stack.add(construct)
    stack.add(iam.PolicyType("Rights", PolicyName="Rights", PolicyDocument=policy([grant]), Roles=["holder"]))
    statements = linked(app)["Core"]["Rights"]["Properties"]["PolicyDocument"]["Statement"]
    assert all(statement["Effect"] == "Allow" for statement in statements)
    return [(statement["Action"], statement["Resource"]) for statement in statements]

"""Small systems, and what our rules say of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from troposphere import AWSObject

from ecinfra import App
from ecinfra.link import link
from ecinfra.lint.checks import CHECKS
from ecinfra.lint.estate import Estate
from ecinfra.render import Rendered, render

TRUST = {"Statement": [{"Effect": "Allow", "Principal": {"Service": "x.amazonaws.com"}, "Action": "sts:AssumeRole"}]}


@dataclass(frozen=True)
class Dev:
    environment: str = "dev"
    region: str = "eu-west-1"


def new_app(*, keep_data: bool = False) -> App:
    return App("Shop", Dev(), keep_data=keep_data)


def resource(kind: str, title: str, **properties: Any) -> AWSObject:
    """A resource of any type, with properties as they come: our rules look at what troposphere lets pass."""
    attributes = {"Condition", "DeletionPolicy", "DependsOn", "Metadata", "UpdateReplacePolicy"}
    known = {name: (object, False) for name in properties if name not in attributes}
    plain: AWSObject = type("Plain", (AWSObject,), {"resource_type": kind, "props": known})(title, **properties)
    return plain


def rendered(app: App) -> Rendered:
    return render(link(app))


def faults(app: App) -> list[str]:
    """What all rules of ours say of a system: rule, stack, address and message."""
    estate = Estate(rendered(app))
    return [
        f"{fault.rule.id} {template.name} {'.'.join(map(str, fault.path[1:]))}: {fault.message}"
        for check in CHECKS
        for template, fault in check(estate)
    ]


def faults_of(*resources: AWSObject, region: str | None = None) -> list[str]:
    """What all rules of ours say of some resources in one stack."""
    app = new_app()
    stack = app.stack("Desk", region=region)
    for item in resources:
        stack.add(item)
    return faults(app)

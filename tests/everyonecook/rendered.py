"""EveryoneCook as it is rendered, and how tests find their way in it."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from ecinfra import link, render
from ecinfra.project import define, find
from ecinfra.render import Rendered

ROOT = Path(__file__).parents[2]
ENVIRONMENTS = ("local", "dev", "staging", "prod")


@cache
def system(environment: str) -> Rendered:
    """The whole system in one environment."""
    return render(link(define(find(ROOT), "everyonecook", environment)))


def template(environment: str, stack: str) -> dict[str, Any]:
    """One stack's template."""
    return next(each.body for each in system(environment).templates if each.name == stack)


def resources(environment: str, stack: str, kind: str) -> dict[str, dict[str, Any]]:
    """The properties of a stack's resources of one type, by id."""
    return {
        name: body.get("Properties", {})
        for name, body in template(environment, stack)["Resources"].items()
        if body["Type"] == kind
    }


def one(environment: str, stack: str, kind: str, **wanted: Any) -> dict[str, Any]:
    """The properties of the one resource of a type that has these among its own."""
    found = [
        body
        for body in resources(environment, stack, kind).values()
        if all(body.get(name) == value for name, value in wanted.items())
    ]
    assert len(found) == 1, f"{len(found)} {kind} with {wanted} in {stack}"
    return found[0]


def tags(body: dict[str, Any]) -> dict[str, Any]:
    """A resource's tags."""
    return {tag["Key"]: tag["Value"] for tag in body["Tags"]}


def alarm(environment: str, stack: str, name: str) -> dict[str, Any]:
    """An alarm by its name, without the environment's prefix."""
    return one(environment, stack, "AWS::CloudWatch::Alarm", AlarmName=f"EveryoneCook-{environment}-{name}")

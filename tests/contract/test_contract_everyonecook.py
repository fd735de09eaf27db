"""The contract between EveryoneCook's handlers and its templates: it holds in every environment."""

from __future__ import annotations

from functools import cache

import pytest

from ecinfra import link, render
from ecinfra.contract import assets, check, functions
from ecinfra.lint.finding import Finding
from ecinfra.project import define, find
from tests.everyonecook.rendered import ENVIRONMENTS, ROOT

# what its specification asks for
ASKED_FOR = [("EC102", "AIQueue"), ("EC102", "ImageQueue"), ("EC103", "ApiRouter")]


@cache
def found(environment: str) -> list[Finding]:
    app = define(find(ROOT), "everyonecook", environment)
    return check(render(link(app)), assets(app))


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_there_are_notes_and_nothing_else(environment: str) -> None:
    said = [(finding.rule.id, finding.resource, finding.message) for finding in found(environment)]

    assert sorted((rule, resource) for rule, resource, _ in said if rule != "EC202") == ASKED_FOR, said


def test_every_function_is_looked_at() -> None:
    app = define(find(ROOT), "everyonecook", "prod")

    assert len(functions(render(link(app)))) == 16
    assert not [finding for finding in found("prod") if finding.rule.id == "EC208"]

"""The steps of DynamoDB's transactions: what a transaction needs is what its steps need."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ecinfra.contract.actions import STEPS
from ecinfra.contract.facts import Needed
from ecinfra.contract.guards import needed
from ecinfra.contract.meaning import evaluate
from ecinfra.contract.units import Unit
from ecinfra.contract.values import Bound, Items, Scope, Text

Step = tuple[Needed, str]


def steps(items: ast.expr | None, unit: Unit) -> tuple[Step, ...]:
    """The steps that a transaction is made of; where they cannot be followed, those that its module writes."""
    scope = Scope(unit)
    lists = [value for value in evaluate(items, scope) if isinstance(value, Items)] if items else []
    found = [step for each in lists for part in each.values for step in _step(part, each.scope)]
    return tuple(found or _written(unit))


def _step(node: ast.expr, scope: Scope) -> Iterator[Step]:
    """A dictionary with one key: the step's name."""
    for value in evaluate(node, scope):
        if isinstance(value, Items):
            for key in value.keys or ():
                yield from _word(key, value.scope) if key else ()


def _word(key: ast.expr, scope: Scope) -> Iterator[Step]:
    """A name that is written down, or that a function gives for a class."""
    if isinstance(key, ast.Call):
        for value in evaluate(key.func, scope):
            unit = value.unit if isinstance(value, Bound) else value
            if isinstance(unit, Unit):
                for each in unit.reading.returns:
                    texts = [text for text in evaluate(each.value, Scope(unit)) if isinstance(text, Text)]
                    yield from ((needed(each.guard, unit), text.text) for text in texts if text.text in STEPS)
        return
    for text in evaluate(key, scope):
        if isinstance(text, Text) and text.text in STEPS:
            yield (), text.text


def _written(unit: Unit) -> Iterator[Step]:
    for node in ast.walk(unit.module.tree):
        if isinstance(node, ast.Dict):
            for key in node.keys:
                match key:
                    case ast.Constant(value=str(word)) if word in STEPS:
                        yield (), word

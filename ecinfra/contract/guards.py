"""What lines need to run: classes of which there must be objects, environment variables that must be so."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ecinfra.contract.facts import Needed
from ecinfra.contract.meaning import evaluate
from ecinfra.contract.syntax import Condition, Guard
from ecinfra.contract.units import Kind, Unit
from ecinfra.contract.values import Scope, Test


def needed(guard: Guard, unit: Unit) -> Needed:
    """What a guard asks for, as far as that is about classes and environment variables."""
    if guard not in unit.guards:
        unit.guards[guard] = tuple(each for part in guard for each in _asked(part, unit))
    return unit.guards[guard]


def _asked(part: tuple[ast.expr, ...] | Condition, unit: Unit) -> Iterator[tuple[Kind, ...] | Test]:
    if isinstance(part, Condition):
        yield from _tests(part.test, part.holds, unit)
        return
    found = [value for each in part for value in evaluate(each, Scope(unit))]
    kinds = tuple(value for value in found if isinstance(value, Kind))
    if len(kinds) == len(part):  # a class of a library may be met anywhere
        yield kinds


def _tests(test: ast.expr, holds: bool, unit: Unit) -> Iterator[Test]:
    match test:
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield from _tests(operand, not holds, unit)
        case ast.BoolOp(op=operator, values=several):
            # all of `a and b` hold, or none of `a or b`
            for each in several if isinstance(operator, ast.And) == holds else ():
                yield from _tests(each, holds, unit)
        case ast.Name() | ast.Attribute() | ast.Compare():
            found = evaluate(test, Scope(unit))
            if len(found) == 1 and isinstance(found[0], Test):
                yield found[0] if holds else found[0]._replace(holds=not found[0].holds)

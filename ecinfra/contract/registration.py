"""Functions that are handed over when their module is imported: routes, and what else a decorator takes in."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ecinfra.contract.facts import Edge
from ecinfra.contract.meaning import evaluate
from ecinfra.contract.syntax import Function
from ecinfra.contract.units import Unit
from ecinfra.contract.values import Foreign, Scope

# decorators of objects that wrap a function, and leave it to others to call it
_WRAPPING = frozenset({"capture_lambda_handler", "capture_method", "inject_lambda_context", "log_metrics", "wraps"})


def registered(unit: Unit) -> Iterator[Edge]:
    """The functions of a module's body that its decorators may call, and the bodies of its classes."""
    if unit.node is not unit.module.tree:
        return
    for bindings in unit.reading.bound.values():
        for node in bindings:
            if isinstance(node, ast.ClassDef):
                yield Edge((), unit.module.kind(node).body)
            elif isinstance(node, Function) and any(_takes_in(each, unit) for each in node.decorator_list):
                yield Edge((), unit.module.unit(node))


def _takes_in(decorator: ast.expr, unit: Unit) -> bool:
    """Whether a decorator may call what it decorates by itself: an object's does, a library's function wraps."""
    named = decorator.func if isinstance(decorator, ast.Call) else decorator
    found = evaluate(named, Scope(unit))
    if not found:
        return isinstance(named, ast.Attribute)
    return any(not isinstance(each, Foreign) or _is_taking(each.path) for each in found)


def _is_taking(path: str) -> bool:
    owner, _, name = path.rpartition(".")
    return owner.endswith(")") and name not in _WRAPPING

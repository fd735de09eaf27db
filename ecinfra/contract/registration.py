"""What is handed over when its module is imported: routes to their resolver, models to their library."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator

from ecinfra.contract.facts import Edge
from ecinfra.contract.meaning import evaluate, lineage
from ecinfra.contract.syntax import Function
from ecinfra.contract.units import Kind, Unit
from ecinfra.contract.values import Foreign, Scope

# decorators of objects that wrap a function, and leave it to others to call it
_WRAPPING = frozenset({"capture_lambda_handler", "capture_method", "inject_lambda_context", "log_metrics", "wraps"})


def registered(unit: Unit) -> Iterator[Edge]:
    """The functions that a module's decorators may call, the bodies of its classes, and classes that others make."""
    if unit.function:
        return
    for bindings in unit.reading.bound.values():
        for node in bindings:
            if isinstance(node, ast.ClassDef):
                kind = unit.module.kind(node)
                yield Edge((), kind.body)
                if _is_made_elsewhere(kind):
                    yield Edge((), kind)
            elif (
                unit.kind is None
                and isinstance(node, Function)
                and any(_takes_in(each, unit) for each in node.decorator_list)
            ):
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


def _is_made_elsewhere(kind: Kind) -> bool:
    """Whether a library may make objects of a class: one does of its models, wherever they are named."""
    for each in lineage(kind):
        for base in each.node.bases:
            for value in evaluate(base, Scope(each.module.body)):
                if isinstance(value, Foreign) and value.path.partition(".")[0] not in sys.stdlib_module_names:
                    return True
    return False

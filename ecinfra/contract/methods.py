"""Methods: what they are of an object and of its class, and what their parameters are."""

from __future__ import annotations

import ast

from ecinfra.contract.arguments import taken
from ecinfra.contract.syntax import Function
from ecinfra.contract.units import Unit
from ecinfra.contract.values import Bound, Held, Thing, Values

# what makes a method something that is read like a value
_PROPERTIES = frozenset({"property", "cached_property"})


def parameter(unit: Unit, name: str) -> Values:
    """What a parameter stands for: the first one of a method is the object, or its class."""
    function = unit.function
    if function is None:
        return (Held(unit.kind, name),) if unit.kind else ()
    names, _ = taken(function, bound=False)
    decorated = _decorations(function)
    if unit.kind is None or names[:1] != [name] or "staticmethod" in decorated:
        return (Held(unit, name),)
    return (unit.kind,) if "classmethod" in decorated else (Thing(unit.kind),)


def seen(method: Unit, *, thing: bool) -> Values:
    """What a method is, looked at from an object, or from its class."""
    decorated = _decorations(method.function) if method.function else frozenset()
    bound = (thing or "classmethod" in decorated) and "staticmethod" not in decorated
    return (Bound(method),) if bound else (method,)


def is_read(method: Unit) -> bool:
    """Whether a method is read like a value."""
    return method.function is not None and not _PROPERTIES.isdisjoint(_decorations(method.function))


def _decorations(function: Function) -> frozenset[str]:
    """The last names of a function's decorators."""
    found = set()
    for each in function.decorator_list:
        match each.func if isinstance(each, ast.Call) else each:
            case ast.Name(id=name) | ast.Attribute(attr=name):
                found.add(name)
    return frozenset(found)

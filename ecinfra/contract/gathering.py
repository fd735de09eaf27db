"""From what a unit says to what follows from it, whoever runs it."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

from ecinfra.contract.actions import LIBRARIES, NAMING, NONE, TARGETS, TRANSACTION
from ecinfra.contract.arguments import argument, arguments, taken
from ecinfra.contract.facts import Doubt, Edge, Fact, Flow, Loose, Needed, Read, Use
from ecinfra.contract.guards import needed
from ecinfra.contract.imports import imported, of_import
from ecinfra.contract.libraries import COPIES, ENVIRON, GETATTR, GETTERS, IMPORTER
from ecinfra.contract.meaning import attribute, evaluate, lineage
from ecinfra.contract.registration import registered
from ecinfra.contract.syntax import Alias, Import, Mention
from ecinfra.contract.transactions import steps
from ecinfra.contract.units import Kind, Unit
from ecinfra.contract.values import (
    ANY,
    Bound,
    Client,
    Foreign,
    Held,
    Later,
    Method,
    Scope,
    Text,
    Thing,
    Value,
    Values,
    Variable,
)

# methods that objects of Python's own have as well, and clients do not
_PLAIN = frozenset(name for kind in (bytes, dict, float, int, list, set, str) for name in dir(kind)) - {"copy"}
_LENIENT = frozenset({"KeyError", "LookupError", "Exception", "BaseException"})


def facts(unit: Unit) -> list[Fact]:
    """What follows from what a unit says."""
    if unit.facts is None:
        unit.facts = [*imported(unit), *registered(unit)]
        outer = _outer(unit)
        for mention in unit.reading.mentions:
            if isinstance(mention.node, ast.Attribute) or mention.node.id in outer:
                unit.facts += _of_mention(mention, unit)
    return unit.facts


def _of_mention(mention: Mention, unit: Unit) -> Iterator[Fact]:
    node, parent = mention.node, mention.parent
    call = parent if isinstance(parent, ast.Call) and parent.func is node else None
    if isinstance(node, ast.Name):
        if node.id == GETATTR and call:
            yield from _looked_up(call, mention, unit)
        found = evaluate(node, Scope(unit))
    else:
        owners = evaluate(node.value, Scope(unit))
        found = tuple(value for owner in owners for value in attribute(owner, node.attr))
        if call and not found and node.attr not in _PLAIN:
            yield Loose(_guard(mention, unit), node.attr)
        if not mention.quiet:
            yield from (Edge(_guard(mention, unit), owner) for owner in owners if isinstance(owner, Kind))
    for value in found:
        match value:
            case Unit() | Bound():
                yield Edge(_guard(mention, unit), value.unit if isinstance(value, Bound) else value)
            case Kind() if not mention.quiet:
                yield Edge(_guard(mention, unit), value)
            case Foreign(path=path):
                yield from _of_library(path, call, mention, unit)
            case Method(client=client, name=name) if not client.is_resource or (call and not name[:1].isupper()):
                yield from _used(client, name, call, mention, unit)
            case Later(of=of, name=name) if call and name not in _PLAIN:
                yield from _used(of, name, call, mention, unit)
        if call:
            for to, given in _given(value, call):
                yield Flow(_guard(mention, unit), to, given, unit, call.lineno)


def _outer(unit: Unit) -> set[str]:
    """The names that come from outside a unit: what stands for something inside was met where it was given."""
    reading, module = unit.reading, unit.module
    mentioned = {mention.node.id for mention in reading.mentions if isinstance(mention.node, ast.Name)}
    offered = mentioned if module.body.reading.stars else mentioned & module.names.keys()
    here = mentioned & reading.bound.keys()
    if unit.function:
        offered -= here - reading.outer
        here = {name for name in here if any(isinstance(each, Alias) for each in reading.bound[name])}
    return offered | here | (mentioned & {GETATTR})


def _guard(mention: Mention, unit: Unit) -> Needed:
    return needed(mention.guard, unit) if mention.guard else ()


def _of_library(path: str, call: ast.Call | None, mention: Mention, unit: Unit) -> Iterator[Fact]:
    line, guard = mention.node.lineno, _guard(mention, unit)
    if path in LIBRARIES:
        yield Use(guard, Foreign(path), path, (), (), (), unit, line)
    elif path in GETTERS and call:
        yield Read(guard, _names(argument(call, 0, "key"), unit), False, unit, line)
    elif path == ENVIRON:
        match mention.parent:
            case ast.Subscript(ctx=ast.Load(), slice=key):
                required = _LENIENT.isdisjoint(mention.caught)
                yield Read(guard, _names(key, unit), required, unit, line)
            case None | ast.Call():
                yield Read(guard, (Text(ANY),), False, unit, line)
    elif path in COPIES:
        yield Read(guard, (Text(ANY),), False, unit, line)
    elif path == IMPORTER and call:
        for name in _names(argument(call, 0, "name"), unit):
            if isinstance(name, Text) and ANY not in name.text:
                yield from of_import(Import(Alias(name.text, ""), line, mention.caught), unit)
            else:
                yield Doubt(guard, unit, line)


def _names(node: ast.expr | None, unit: Unit) -> Values:
    found = evaluate(node, Scope(unit)) if node else ()
    return tuple(each for each in found if isinstance(each, (Text, Held, Later))) or (Text(ANY),)


def _looked_up(call: ast.Call, mention: Mention, unit: Unit) -> Iterator[Use]:
    """`getattr(client, name)`: as good as an attribute where the name is written down."""
    if len(call.args) < 2:
        return
    names = [each.text for each in evaluate(call.args[1], Scope(unit)) if isinstance(each, Text)]
    for of in evaluate(call.args[0], Scope(unit)):
        for name in names if all(ANY not in name for name in names) else ():
            for value in attribute(of, name):
                if isinstance(value, Method):
                    yield from _used(value.client, value.name, None, mention, unit)
        if isinstance(of, (Client, Held, Later)) and (not names or any(ANY in name for name in names)):
            yield Use(_guard(mention, unit), of, GETATTR, (), (), (), unit, mention.node.lineno)


def _used(of: Value, name: str, call: ast.Call | None, mention: Mention, unit: Unit) -> Iterator[Use]:
    if name in NONE:
        return
    operations: tuple[str, ...] = (name,)
    if name in NAMING:
        named = argument(call, 0, NAMING[name]) if call else None
        texts = [each.text for each in evaluate(named, Scope(unit)) if isinstance(each, Text)] if named else []
        operations = tuple(texts) if all(ANY not in text for text in texts) else ()
    made = steps(argument(call, 0, "TransactItems") if call else None, unit) if name == TRANSACTION else ()
    targets = [evaluate(each.value, Scope(unit)) for each in call.keywords if each.arg in TARGETS] if call else []
    known = tuple(each for values in targets for each in values if isinstance(each, (Variable, Held)))
    yield Use(_guard(mention, unit), of, name, operations, made, known, unit, mention.node.lineno)


def _given(value: Value, call: ast.Call) -> Iterable[tuple[Held, ast.expr]]:
    match value:
        case Kind():
            for made in attribute(Thing(value), "__init__"):
                return _given(made, call)
            owners = {name: kind for kind in reversed(lineage(value)) for name in kind.fields}
            return ((Held(owners[name], name), node) for name, node in arguments(call, [*owners], len(owners)))
        case Unit() | Bound():
            unit = value.unit if isinstance(value, Bound) else value
            if unit.function:
                names, positions = taken(unit.function, bound=isinstance(value, Bound))
                return ((Held(unit, name), node) for name, node in arguments(call, names, positions))
    return ()

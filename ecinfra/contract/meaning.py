"""What expressions mean: names, attributes and calls, followed to where they come from."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from itertools import islice

from ecinfra.contract.arguments import argument, arguments, taken
from ecinfra.contract.libraries import ENVIRON, IMPORTER, of_library, variables
from ecinfra.contract.methods import is_read, parameter, seen
from ecinfra.contract.syntax import Alias, Binding, Given
from ecinfra.contract.units import Kind, Module, Unit
from ecinfra.contract.values import (
    Bound,
    Client,
    Foreign,
    Held,
    Items,
    Later,
    Method,
    Scope,
    Text,
    Thing,
    Value,
    Values,
    inverted,
    telling,
    tests,
    texts,
)

_DEEPEST = 8
_MOST = 64


def evaluate(node: ast.expr, scope: Scope) -> Values:
    """What an expression may stand for."""
    match node:
        case ast.Name(id=name):
            return named(name, scope)
        case ast.Attribute(value=of, attr=name):
            return _each(attribute(value, name) for value in evaluate(of, scope))
        case ast.Call():
            return _each(_called(value, node, scope) for value in evaluate(node.func, scope))
        case ast.Constant(value=str(text)):
            return (Text(text),)
        case ast.JoinedStr(values=parts):
            return texts(evaluate(each, scope) for each in parts)
        case ast.BinOp(left=one, op=ast.Add(), right=other):
            return texts((evaluate(one, scope), evaluate(other, scope)))
        case ast.FormattedValue(value=value) | ast.NamedExpr(value=value) | ast.Await(value=value):
            return evaluate(value, scope)
        case ast.IfExp(body=one, orelse=other):
            return _each((evaluate(one, scope), evaluate(other, scope)))
        case ast.BoolOp(values=several):
            return _each(evaluate(each, scope) for each in several)
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return inverted(evaluate(operand, scope))
        case ast.Compare(left=left, ops=[operator], comparators=[right]):
            return tests(evaluate(left, scope), operator, _each(_parts(each) for each in evaluate(right, scope)))
        case ast.Subscript(value=of, slice=key):
            return _each(_entry(value, key, scope) for value in evaluate(of, scope))
        case ast.List(elts=values) | ast.Tuple(elts=values) | ast.Set(elts=values):
            return (Items(scope, values),)
        case ast.Dict(keys=keys, values=values):
            return (Items(scope, values, keys),)
        case ast.ListComp(elt=each) | ast.SetComp(elt=each) | ast.GeneratorExp(elt=each) | ast.DictComp(value=each):
            return (Items(scope, [each]),)
    return ()


def named(name: str, scope: Scope) -> Values:
    """What a name may stand for in a unit."""
    if name in scope.given:
        return scope.given[name]
    unit = scope.unit
    bound = unit.reading.bound.get(name)
    if bound is None or name in unit.reading.outer or unit.node is unit.module.tree:
        return member(unit.module, name)
    if name not in scope.meanings:
        scope.meanings[name] = ()  # should it be made of itself
        scope.meanings[name] = _each(_bound(each, name, scope) for each in bound)
    return scope.meanings[name]


def member(module: Module, name: str) -> Values:
    """What a module offers under a name: its own, what it imports, or a module inside it."""
    if name not in module.meanings:
        module.meanings[name] = ()
        own = _each(_bound(each, name, Scope(unit)) for unit, each in module.names.get(name, ()))
        module.meanings[name] = own or _inner(module, name)
    return module.meanings[name]


def attribute(value: Value, name: str) -> Values:
    """What an attribute of something may stand for."""
    match value:
        case Module():
            return member(value, name)
        case Foreign(path=path):
            return (Foreign(f"{path}.{name}"),)
        case Client():
            return (Method(value, name),)
        case Held() | Later():
            return (Later(value, name),)
        case Kind() | Thing():
            kind, thing = (value.kind, True) if isinstance(value, Thing) else (value, False)
            if (name, thing) not in kind.meanings:
                kind.meanings[name, thing] = ()
                kind.meanings[name, thing] = _of_class(kind, name, thing=thing)
            return kind.meanings[name, thing]
    return ()


def lineage(kind: Kind) -> list[Kind]:
    """A class of the project and those that it inherits from, nearest first."""
    if kind.above is None:
        kind.above = [kind]  # should it inherit from itself
        found = _each(evaluate(base, Scope(kind.module.body)) for base in kind.node.bases)
        above = [each for value in found if isinstance(value, Kind) for each in lineage(value)]
        kind.above = list(dict.fromkeys([kind, *above]))
    return kind.above


def _each(found: Iterable[Values]) -> Values:
    return tuple(islice(dict.fromkeys(value for values in found for value in values), _MOST))


def _bound(binding: Binding, name: str, scope: Scope) -> Values:
    unit = scope.unit
    match binding:
        case Alias(module=path, name=part):
            target = unit.module.home.module(path)
            if target is None:
                return (Foreign(f"{path}.{part}" if part else path),)
            return member(target, part) if part else (target,)
        case Given(value=value, part=False):
            return evaluate(value, scope)
        case Given(value=value):
            return _each(_parts(each) for each in evaluate(value, scope) if isinstance(each, Items))
        case ast.ClassDef():
            return (unit.module.kind(binding),)
        case ast.FunctionDef() | ast.AsyncFunctionDef():
            return (unit.module.unit(binding),) if unit.node is unit.module.tree else ()
    return parameter(unit, name)


def _inner(module: Module, name: str) -> Values:
    starred = [module.home.module(star) for star in module.body.reading.stars]
    found = _each(member(star, name) for star in starred if star)
    inner = None if found or not module.is_package else module.home.module(f"{module.name}.{name}")
    return (inner,) if inner else found


def _of_class(of: Kind, name: str, *, thing: bool) -> Values:
    """An attribute of a class, or of an object of it."""
    found: list[Values] = []
    for kind in lineage(of):
        method = kind.methods.get(name)
        if method:
            return _returned(method, Scope(method)) if thing and is_read(method) else seen(method, thing=thing)
        if name in kind.body.reading.bound:
            found.append(named(name, Scope(kind.body)))
        found += [evaluate(written, Scope(unit)) for unit, written in kind.assigned.get(name, ()) if thing]
    return _each(found)


def _called(value: Value, call: ast.Call, scope: Scope) -> Values:
    """What a call of something may give."""
    match value:
        case Foreign(path=path):
            first = argument(call, 0, "service_name", "key", "thing", "name")
            values = evaluate(first, scope) if first else ()
            if path == IMPORTER:
                return _each(_bound(Alias(each.text, ""), "", scope) for each in values if isinstance(each, Text))
            return of_library(path, values)
        case Method(client=client, name=name) if client.is_resource and name[:1].isupper():
            return (client,)
        case Kind():
            return (Thing(value),)
        case Unit() | Bound():
            unit = value.unit if isinstance(value, Bound) else value
            if unit.function is None or scope.depth >= _DEEPEST:
                return ()
            names, positions = taken(unit.function, bound=isinstance(value, Bound))
            given = {name: telling(evaluate(each, scope)) for name, each in arguments(call, names, positions)}
            return _returned(unit, Scope(unit, {name: each for name, each in given.items() if each}, scope.depth + 1))
    return ()


def _returned(unit: Unit, scope: Scope) -> Values:
    """What a function may give back, asked once for the same arguments."""
    key = tuple(scope.given.items())
    if key not in unit.returned:
        unit.returned[key] = ()
        unit.returned[key] = _each(evaluate(each.value, scope) for each in unit.reading.returns)
    return unit.returned[key]


def _entry(value: Value, key: ast.expr, scope: Scope) -> Values:
    """What stands under a key: every value, where the key is not written down."""
    match value:
        case Foreign(path=path) if path == ENVIRON:
            return variables(evaluate(key, scope))
        case Items():
            return _inside(value, value.under(key))
    return ()


def _parts(value: Value) -> Values:
    """What a loop gets of something; what is no list is itself the only part."""
    return _inside(value, value.looped) if isinstance(value, Items) else (value,)


def _inside(items: Items, parts: list[ast.expr]) -> Values:
    """What stands in a list; one that is made of what stands in it has nothing more to say."""
    if items.asked:
        return ()
    items.asked = True
    found = _each(evaluate(each, items.scope) for each in parts)
    items.asked = False
    return found

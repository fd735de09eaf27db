"""The words that a reading is written in, and small questions to Python's syntax."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Literal, NamedTuple

Function = ast.FunctionDef | ast.AsyncFunctionDef


class Condition(NamedTuple):
    """A test, and whether it is to hold."""

    test: ast.expr
    holds: bool


# what a line needs to run: of each group of classes one exists (`case Put():`), each condition comes out so
Guard = tuple[tuple[ast.expr, ...] | Condition, ...]


class Alias(NamedTuple):
    """What an import binds: a module, or a name of it."""

    module: str
    name: str


class Given(NamedTuple):
    """An expression that a name stands for, or whose parts it stands for one after the other."""

    value: ast.expr
    part: bool = False


Binding = Alias | Given | Function | ast.ClassDef | Literal["parameter"]
# what names stand for; nothing where only the running code knows
Bound = dict[str, list[Binding]]


class Mention(NamedTuple):
    """A name, or attributes of something, and what is done with it; `quiet` where it stands for a type."""

    node: ast.Name | ast.Attribute
    parent: ast.AST | None
    guard: Guard
    caught: frozenset[str]
    quiet: bool


class Import(NamedTuple):
    """An import of a module, or of a name of one."""

    alias: Alias
    line: int
    caught: frozenset[str]


class Return(NamedTuple):
    """What a function gives back, where its guard lets it."""

    value: ast.expr
    guard: Guard


def bind(bound: Bound, target: ast.expr, value: ast.expr, *, part: bool = False) -> None:
    """Let a target's names stand for a value, or for parts of it."""
    match target:
        case ast.Name(id=name):
            bound.setdefault(name, []).append(Given(value, part))
        case ast.Starred(value=ast.Name(id=name)):
            bound.setdefault(name, [])
        case ast.Tuple(elts=targets) | ast.List(elts=targets):
            match value:
                case ast.Tuple(elts=values) | ast.List(elts=values) if len(values) == len(targets) and not part:
                    for each, own in zip(targets, values, strict=True):
                        bind(bound, each, own)
                case _:
                    for each in targets:
                        bind(bound, each, value, part=True)


def parameters(function: Function) -> list[str]:
    """The parameters that arguments may be given for, the positional ones first."""
    given = function.args
    return [each.arg for each in (*given.posonlyargs, *given.args, *given.kwonlyargs)]


def defaults(given: ast.arguments) -> list[ast.expr]:
    """What parameters are where nothing is given."""
    return [*given.defaults, *(value for value in given.kw_defaults if value)]


def imported(node: ast.Import | ast.ImportFrom, package: str) -> Iterator[tuple[str, Alias, Alias]]:
    """Each name that an import binds, what is imported, and what the name then stands for."""
    if isinstance(node, ast.Import):
        for name in node.names:
            whole = Alias(name.name, "")
            first = name.name.partition(".")[0]
            yield name.asname or first, whole, whole if name.asname else Alias(first, "")
        return
    module = _absolute(node, package)
    for name in node.names:
        alias = Alias(module, "" if name.name == "*" else name.name)
        yield name.asname or name.name, alias, alias


def handled(handler: ast.ExceptHandler) -> Iterator[str]:
    """The names of what a handler catches."""
    match handler.type:
        case None:
            yield "Exception"
        case ast.Tuple(elts=types):
            yield from (name for each in types if (name := _last(each)))
        case each:
            yield _last(each)


def classes(pattern: ast.pattern) -> list[ast.expr]:
    """The classes of which a pattern wants one; none where others may match as well."""
    match pattern:
        case ast.MatchClass(cls=wanted):
            return [wanted]
        case ast.MatchAs(pattern=ast.pattern() as inner):
            return classes(inner)
        case ast.MatchOr(patterns=several):
            found = [classes(each) for each in several]
            return [each for group in found for each in group] if all(found) else []
    return []


def captures(pattern: ast.pattern) -> Iterator[str]:
    """The names that a pattern binds."""
    for node in ast.walk(pattern):
        match node:
            case ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)) | ast.MatchMapping(rest=str(name)):
                yield name


def leaves(node: ast.If) -> bool:
    """Whether what follows runs only where the condition did not hold."""
    return not node.orelse and isinstance(node.body[-1], (ast.Return, ast.Raise, ast.Continue))


def is_elsewhere(test: ast.expr) -> bool:
    """Whether a condition never holds in a function: type checkers and scripts alone ask it."""
    match test:
        case ast.Name(id="TYPE_CHECKING") | ast.Attribute(attr="TYPE_CHECKING"):
            return True
        case ast.Compare(left=ast.Name(id="__name__"), comparators=[ast.Constant(value="__main__")]):
            return True
    return False


def _last(node: ast.expr) -> str:
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def _absolute(node: ast.ImportFrom, package: str) -> str:
    """The module of `from .module import name`, inside a package."""
    if not node.level:
        return node.module or ""
    parts = package.split(".")
    above = parts[: len(parts) - node.level + 1]
    return ".".join([*above, *([node.module] if node.module else [])])

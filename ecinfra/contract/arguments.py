"""What a call gives to whom."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ecinfra.contract.syntax import Function


def argument(call: ast.Call, position: int, *names: str) -> ast.expr | None:
    """An argument, by its position or by one of its names."""
    for keyword in call.keywords:
        if keyword.arg in names:
            return keyword.value
    plain = call.args[: position + 1]
    return None if len(plain) <= position or any(isinstance(each, ast.Starred) for each in plain) else plain[position]


def arguments(call: ast.Call, parameters: list[str], positions: int) -> Iterator[tuple[str, ast.expr]]:
    """Each parameter that is given something, and what: as many by position as are taken so."""
    for name, value in zip(parameters[:positions], call.args, strict=False):
        if isinstance(value, ast.Starred):
            break
        yield name, value
    for keyword in call.keywords:
        if keyword.arg in parameters:
            yield keyword.arg or "", keyword.value


def taken(function: Function, *, bound: bool) -> tuple[list[str], int]:
    """The parameters of a function, and how many of them are taken by position; a bound one has its first."""
    given = function.args
    positional = [*given.posonlyargs, *given.args]
    first = 1 if bound and positional else 0
    names = [each.arg for each in (*positional, *given.kwonlyargs)]
    return names[first:], len(positional) - first

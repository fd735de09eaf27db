"""What follows from what a unit says, whoever runs it: what it runs in turn, reads, calls and imports."""

from __future__ import annotations

import ast
from typing import NamedTuple

from ecinfra.contract.syntax import Alias
from ecinfra.contract.units import Kind, Module, Unit
from ecinfra.contract.values import Held, Test, Value, Values

# what must hold: of each group of classes one has been made, each test comes out so
Needed = tuple[tuple[Kind, ...] | Test, ...]


class Edge(NamedTuple):
    """A unit runs another, makes an object of a class, or imports a module."""

    needed: Needed
    to: Unit | Kind | Module


class Flow(NamedTuple):
    """What a call gives for a parameter."""

    needed: Needed
    to: Held
    value: ast.expr
    unit: Unit
    line: int


class Read(NamedTuple):
    """An environment variable is read; `required` where the code fails without it."""

    needed: Needed
    names: Values
    required: bool
    unit: Unit
    line: int


class Use(NamedTuple):
    """A method of a client is used, or a function of a library that uses one.

    `operations` are the calls behind it, nothing where they cannot be told; `words` are the steps of a transaction,
    each with what it needs; `targets` say what is called on.
    """

    needed: Needed
    receiver: Value
    name: str
    operations: tuple[str, ...]
    words: tuple[tuple[Needed, str], ...]
    targets: Values
    unit: Unit
    line: int


class Wanted(NamedTuple):
    """An import of something that is not among the sources."""

    needed: Needed
    alias: Alias
    optional: bool
    unit: Unit
    line: int


class Doubt(NamedTuple):
    """A module is imported whose name only the running code knows."""

    needed: Needed
    unit: Unit
    line: int


class Loose(NamedTuple):
    """A method is called of something that nobody can tell."""

    needed: Needed
    name: str


Fact = Edge | Flow | Read | Use | Wanted | Doubt | Loose

"""Modules of handlers, and the units in them that run each for itself: bodies, functions, methods."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ecinfra.contract.reading import Reading
from ecinfra.contract.syntax import Binding, Function, Guard
from ecinfra.errors import Place

if TYPE_CHECKING:
    from ecinfra.contract.facts import Fact, Needed
    from ecinfra.contract.sources import Shelf
    from ecinfra.contract.values import Values


@dataclass(eq=False)
class Unit:
    """A module's body, a class's body, a function or a method."""

    module: Module
    name: str
    node: ast.Module | ast.ClassDef | Function
    kind: Kind | None = None
    # what its names stand for, and what it gives back, as far as that was asked; kept by `meaning`
    meanings: dict[str, Values] = field(default_factory=dict)
    returned: dict[tuple[tuple[str, Values], ...], Values] = field(default_factory=dict)
    # what its guards ask for, as far as that was asked; kept by `guards`
    guards: dict[Guard, Needed] = field(default_factory=dict)
    # what follows from what it says; kept by `gathering`
    facts: list[Fact] | None = None

    @cached_property
    def reading(self) -> Reading:
        """What it says."""
        return Reading(self.node, self.module.package)

    @property
    def function(self) -> Function | None:
        """Its definition, where it is a function or a method."""
        return self.node if isinstance(self.node, Function) else None

    @property
    def is_body(self) -> bool:
        """Whether it runs when its module is imported."""
        return self.function is None

    def __str__(self) -> str:
        return f"{self.module.name.rpartition('.')[2]}.{self.name}"

    def place(self, line: int) -> Place:
        """A line of it."""
        return Place(str(self.module.path), line)


@dataclass(eq=False)
class Kind:
    """A class: its body, and its methods by name."""

    module: Module
    node: ast.ClassDef
    # its attributes, those of its objects, and what it inherits from, as far as that was asked; kept by `meaning`
    meanings: dict[tuple[str, bool], Values] = field(default_factory=dict)
    above: list[Kind] | None = None

    @cached_property
    def body(self) -> Unit:
        """What runs when it is defined."""
        return Unit(self.module, self.node.name, self.node, self)

    @cached_property
    def methods(self) -> dict[str, Unit]:
        """Its methods."""
        return {
            node.name: Unit(self.module, f"{self.node.name}.{node.name}", node, self)
            for bindings in self.body.reading.bound.values()
            for node in bindings
            if isinstance(node, Function)
        }

    @cached_property
    def fields(self) -> list[str]:
        """The names that its body declares a type for, in order: what a dataclass is made of."""
        return [name for name, bindings in self.body.reading.bound.items() if "parameter" in bindings]

    @cached_property
    def assigned(self) -> dict[str, list[tuple[Unit, ast.expr]]]:
        """What its methods assign to attributes of `self`, and which method does."""
        found: dict[str, list[tuple[Unit, ast.expr]]] = {}
        for method in self.methods.values():
            for node in ast.walk(method.node):
                for name, value in _to_self(node):
                    found.setdefault(name, []).append((method, value))
        return found


class Broken(NamedTuple):
    """Why no module can be made of a file."""

    place: Place
    reason: str


@dataclass(eq=False)
class Module:
    """A module: a file, or a folder that is a package without one."""

    name: str
    path: Path
    home: Shelf
    tree: ast.Module
    is_package: bool
    broken: Broken | None = None
    has_globals: bool = False
    meanings: dict[str, Values] = field(default_factory=dict)
    kinds: dict[ast.ClassDef, Kind] = field(default_factory=dict)
    units: dict[Function, Unit] = field(default_factory=dict)

    @property
    def package(self) -> str:
        """The package that its relative imports start from."""
        return self.name if self.is_package else self.name.rpartition(".")[0]

    @cached_property
    def body(self) -> Unit:
        """What runs when it is imported."""
        return Unit(self, "", self.tree)

    def unit(self, node: Function) -> Unit:
        """The unit of a function at its top level."""
        if node not in self.units:
            self.units[node] = Unit(self, node.name, node)
        return self.units[node]

    def kind(self, node: ast.ClassDef) -> Kind:
        """The class of a definition at its top level."""
        if node not in self.kinds:
            self.kinds[node] = Kind(self, node)
        return self.kinds[node]

    @cached_property
    def names(self) -> dict[str, list[tuple[Unit, Binding]]]:
        """Its own names, what they stand for, and which unit says so: a function may say it of a global name."""
        found = {name: [(self.body, each) for each in bound] for name, bound in self.body.reading.bound.items()}
        functions = [node for node in self.tree.body if isinstance(node, Function)] if self.has_globals else []
        for unit in map(self.unit, functions):
            for name in unit.reading.outer:
                found.setdefault(name, []).extend((unit, each) for each in unit.reading.bound.get(name, ()))
        return found

    @cached_property
    def tested(self) -> frozenset[str]:
        """The texts that its code looks for in something: `"NAME" in os.environ`."""
        return frozenset(_tested(self.tree))


def _to_self(node: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    targets: list[ast.expr] = []
    match node:
        case ast.Assign():
            targets = node.targets
        case ast.AnnAssign():
            targets = [node.target]
        case _:
            return
    for target in targets:
        match target:
            case ast.Attribute(value=ast.Name(id="self"), attr=name) if node.value:
                yield name, node.value


def _tested(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        match node:
            case ast.Compare(left=ast.Constant(value=str(name)), ops=[ast.In() | ast.NotIn()]):
                yield name

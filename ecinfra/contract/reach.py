"""What a function's code can reach from its entry point, and what follows from all of that."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from typing import Any

from ecinfra.contract.facts import Doubt, Edge, Fact, Flow, Loose, Needed, Read, Use, Wanted
from ecinfra.contract.gathering import facts
from ecinfra.contract.meaning import attribute, evaluate, lineage
from ecinfra.contract.units import Kind, Module, Unit
from ecinfra.contract.values import Held, Later, Scope, Test, Value
from ecinfra.errors import Place

# what something may be, and the line that says so, where another one than the reader's does
Found = list[tuple[Value, Place | None]]


class Reach:
    """The units that run, and their facts; a class counts from where an object of it may be made."""

    def __init__(self, variables: Mapping[str, Any]) -> None:
        self._variables = variables
        self.units: dict[Unit, Unit | None] = {}
        self.modules: dict[Module, None] = {}
        self.reads: list[Read] = []
        self.uses: list[Use] = []
        self.wanted: list[Wanted] = []
        self.doubts: list[Doubt] = []
        self.loose: set[str] = set()
        self._known: set[Unit | Kind | Module] = set()
        self._made: set[Kind] = set()
        self._flows: dict[Held, list[Flow]] = {}
        self._waiting: list[tuple[Unit, Fact]] = []
        self._queue: deque[Unit] = deque()
        self._held: dict[Held | Later, Found] = {}

    def follow(self, *starts: Unit | Kind | Module) -> None:
        """Add what starts the function, and all that it reaches."""
        for start in starts:
            self._add(start, None)
        while self._queue:
            while self._queue:
                unit = self._queue.popleft()
                for fact in facts(unit):
                    self._take(unit, fact)
            late = [(unit, fact) for unit, fact in self._waiting if self.holds(fact.needed)]
            self._waiting = [(unit, fact) for unit, fact in self._waiting if not self.holds(fact.needed)]
            for unit, fact in late:
                self._take(unit, fact)

    def holds(self, needed: Needed) -> bool:
        """Whether objects of some classes may be there, and environment variables be so."""
        return all(
            self._comes_out(each) if isinstance(each, Test) else not self._made.isdisjoint(each) for each in needed
        )

    def resolve(self, value: Value) -> Found:
        """What something may be, given all calls that are made."""
        if not isinstance(value, (Held, Later)):
            return [(value, None)]
        if value not in self._held:
            self._held[value] = []  # should it be given to itself
            found = self._given(value) if isinstance(value, Held) else self._later(value)
            self._held[value] = list({each: (each, place) for each, place in reversed(found)}.values())
        return self._held[value]

    def way(self, unit: Unit) -> list[str]:
        """The functions on the shortest way from the entry point to a unit, both included."""
        names: list[str] = []
        at: Unit | None = unit
        while at is not None:
            if not at.is_body:
                names.append(str(at))
            at = self.units[at]
        return names[::-1]

    def _comes_out(self, test: Test) -> bool:
        given = self._variables.get(test.variable)
        return not isinstance(given, str) or (given in test.texts) == test.holds

    def _given(self, held: Held) -> Found:
        return [
            (found, place or flow.unit.place(flow.line))
            for flow in self._flows.get(held, ())
            for value in evaluate(flow.value, Scope(flow.unit))
            for found, place in self.resolve(value)
        ]

    def _later(self, later: Later) -> Found:
        return [
            (found, place)
            for owner, place in self.resolve(later.of)
            for value in attribute(owner, later.name)
            for found, _ in self.resolve(value)
        ]

    def _take(self, unit: Unit, fact: Fact) -> None:
        if fact.needed and not self.holds(fact.needed):
            self._waiting.append((unit, fact))
            return
        match fact:
            case Edge(to=to):
                if to not in self._known:
                    self._known.add(to)
                    self._add(to, unit)
            case Flow(to=held):
                self._flows.setdefault(held, []).append(fact)
            case Read():
                self.reads.append(fact)
            case Use():
                self.uses.append(fact)
            case Wanted():
                self.wanted.append(fact)
            case Doubt():
                self.doubts.append(fact)
            case Loose(name=name):
                self.loose.add(name)

    def _add(self, found: Unit | Kind | Module, by: Unit | None) -> None:
        match found:
            case Module():
                self.modules[found] = None
                self._add(found.body, by)
            case Kind() if found not in self._made:
                for kind in lineage(found):
                    self._made.add(kind)
                    for method in kind.methods.values():
                        self._add(method, by)
            case Unit() if found not in self.units:
                self.units[found] = by
                self._queue.append(found)

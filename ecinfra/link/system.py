"""What linking gives: roots in their order, each with the stacks nested in it."""

from __future__ import annotations

from typing import Any

from ecinfra.errors import Place
from ecinfra.frozen import frozen


@frozen
class Wire:
    """One value that leaves its stack: an output there, a parameter wherever it is read."""

    name: str
    id: str
    attribute: str
    home: str
    readers: tuple[str, ...]
    is_list: bool

    def __str__(self) -> str:
        return f"{self.id}.{self.attribute}" if self.attribute else self.id


@frozen
class LinkedStack:
    """A nested stack: its template, and what its root hands to each of its parameters."""

    name: str
    full_name: str
    root: str
    region: str
    template: dict[str, Any]
    arguments: dict[str, Any]
    needs: tuple[str, ...]
    tags: dict[str, Any]
    place: Place
    places: dict[str, Place]


@frozen
class Root:
    """A root stack, in one region; `takes` says which root's output feeds which of its parameters."""

    name: str
    region: str
    stacks: tuple[LinkedStack, ...]
    parameters: dict[str, Any]
    outputs: dict[str, Any]
    takes: dict[str, str]
    needs: tuple[str, ...]
    tags: dict[str, str]


@frozen
class System:
    """A linked app: its roots in an order in which they can be deployed, and every wire."""

    name: str
    environment: str
    roots: tuple[Root, ...]
    wires: tuple[Wire, ...]

    @property
    def stacks(self) -> tuple[LinkedStack, ...]:
        """Every nested stack, in an order in which they can be deployed."""
        return tuple(stack for root in self.roots for stack in root.stacks)

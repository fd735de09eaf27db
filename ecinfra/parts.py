"""What an App is made of: plain parts, and what they must look like."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple, Protocol, runtime_checkable

from troposphere import AWSObject

from ecinfra.errors import Place


class Settings(Protocol):
    """What differs between environments; a system adds fields of its own."""

    @property
    def environment(self) -> str:
        """The environment's name."""
        ...

    @property
    def region(self) -> str:
        """The region of every stack that names no other."""
        ...


@runtime_checkable
class Construct(Protocol):
    """Anything with a title that is made of resources."""

    @property
    def title(self) -> str:
        """The logical id that the others derive from."""
        ...

    def resources(self) -> Iterable[AWSObject]:
        """The resources it is made of."""
        ...


def given(**properties: Any) -> dict[str, Any]:
    """The properties that have a value."""
    return {name: value for name, value in properties.items() if value is not None and value != ""}


class Resource(NamedTuple):
    """One rendered resource: plain data, and the line that made it."""

    id: str
    stack: str
    body: dict[str, Any]
    place: Place

    @property
    def type(self) -> str:
        """Its CloudFormation type."""
        name: str = self.body["Type"]
        return name


class Output(NamedTuple):
    """A declared output."""

    name: str
    value: Any
    description: str
    place: Place


class Named(NamedTuple):
    """A parameter, condition or mapping of a stack: its definition, and the line that made it."""

    name: str
    stack: str
    definition: Any
    place: Place

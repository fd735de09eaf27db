"""What an App is made of: plain parts, and what they must look like."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple, Protocol, runtime_checkable

from troposphere import AWSObject

from ecinfra.errors import DefinitionError, Place

_TITLE = re.compile(r"[A-Za-z][A-Za-z0-9]{0,254}")


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


class Owner(Protocol):
    """An app, as its stacks see it."""

    tags: dict[str, str]
    keep_data: bool
    stacks: dict[str, Any]

    def claim(self, kind: str, names: list[str], place: Place) -> None:
        """Take names that may be borne once in the app: all of them, or none."""
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


def check_title(title: str, place: Place) -> None:
    """Refuse what cannot be a logical id."""
    if not _TITLE.fullmatch(title):
        raise DefinitionError(
            f"'{title}' cannot be a logical id",
            place=place,
            hint="letters and digits only, beginning with a letter, at most 255",
        )


def check_tags(tags: Mapping[str, Any], place: Place) -> None:
    """Refuse tags that are no texts."""
    for key, value in tags.items():
        if type(value) is not str:
            raise DefinitionError(
                f"the tag {key} cannot be {value!r}",
                place=place,
                hint="tags of stacks and resources are texts; an expression can be a tag of the whole app",
            )

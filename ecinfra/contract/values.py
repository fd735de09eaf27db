"""What an expression may stand for, as far as the sources tell."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import islice, product
from typing import NamedTuple

from ecinfra.contract.units import Kind, Module, Unit

# stands for any text, in a text of which only parts are known
ANY = "*"
_MOST_TEXTS = 64


class Foreign(NamedTuple):
    """Something of a library, by the path to it: `boto3.client`, `boto3.Session().client`."""

    path: str


class Client(NamedTuple):
    """A client of an AWS service, or a resource of boto3's; which service is empty where nobody can tell."""

    service: str
    is_resource: bool = False


class Method(NamedTuple):
    """A method of a client."""

    client: Client
    name: str


class Held(NamedTuple):
    """A parameter of a function, or a field of a class: what its callers give."""

    by: Unit | Kind
    name: str


class Later(NamedTuple):
    """An attribute of what a caller gives."""

    of: Held | Later
    name: str


class Variable(NamedTuple):
    """The value of an environment variable."""

    name: str


class Text(NamedTuple):
    """A text; `ANY` in it stands for what is not known of it."""

    text: str


class Test(NamedTuple):
    """Whether an environment variable has one of some values, or has none of them."""

    variable: str
    texts: frozenset[str]
    holds: bool


class Thing(NamedTuple):
    """An object of a class."""

    kind: Kind


class Bound(NamedTuple):
    """A method of an object, or of its class."""

    unit: Unit


@dataclass(eq=False)
class Scope:
    """Where an expression stands: a unit, and what its parameters are given."""

    unit: Unit
    given: Mapping[str, Values] = field(default_factory=dict)
    depth: int = 0
    meanings: dict[str, Values] = field(init=False)

    def __post_init__(self) -> None:
        self.meanings = {} if self.given else self.unit.meanings


@dataclass(eq=False)
class Items:
    """A list, a tuple, a set, or the values of a dictionary, whose keys are told where they are."""

    scope: Scope
    values: list[ast.expr]
    keys: list[ast.expr | None] | None = None
    asked: bool = False

    @property
    def looped(self) -> list[ast.expr]:
        """What a loop gets: of a dictionary its keys."""
        return self.values if self.keys is None else [key for key in self.keys if key]

    def under(self, key: ast.expr) -> list[ast.expr]:
        """What stands under a key: every value, where one of the keys is not written down."""
        pairs = zip(self.keys or [None] * len(self.values), self.values, strict=True)
        return [value for own, value in pairs if not _differ(own, key)]


Value = Module | Unit | Kind | Foreign | Client | Method | Held | Later | Variable | Text | Test | Thing | Bound | Items
# what it may be, one or the other; nothing where that cannot be told
Values = tuple[Value, ...]


def _differ(one: ast.expr | None, other: ast.expr) -> bool:
    return isinstance(one, ast.Constant) and isinstance(other, ast.Constant) and one.value != other.value


def texts(parts: Iterable[Values]) -> Values:
    """Every text that some parts may be put together to."""
    choices = [list(dict.fromkeys(each.text for each in part if isinstance(each, Text))) or [ANY] for part in parts]
    return tuple(Text("".join(each)) for each in islice(product(*choices), _MOST_TEXTS))


def tests(left: Values, operator: ast.cmpop, right: Values) -> Values:
    """What is asked of an environment variable, where that is all that a comparison asks."""
    if len(left) != 1 or not isinstance(left[0], Variable) or ANY in left[0].name:
        return ()
    texts = frozenset(each.text for each in right if isinstance(each, Text) and ANY not in each.text)
    if len(texts) != len(right) or not isinstance(operator, (ast.Eq, ast.NotEq, ast.In, ast.NotIn)):
        return ()
    return (Test(left[0].name, texts, isinstance(operator, (ast.Eq, ast.In))),)


def inverted(values: Values) -> Values:
    """The opposite of a test."""
    return tuple(each._replace(holds=not each.holds) for each in values if isinstance(each, Test))


def telling(values: Values) -> Values:
    """What is worth following into a function."""
    return tuple(each for each in values if isinstance(each, (Client, Kind, Text, Thing, Unit, Variable)))

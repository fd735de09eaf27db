"""Values: what they hold is said once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple, NoReturn, TypeVar, dataclass_transform

Class = TypeVar("Class")
Instance = TypeVar("Instance")


class Field(NamedTuple):
    """A default that every value makes for itself, or one that does not count when values are compared."""

    factory: Callable[[], Any] | None
    default: Any
    compare: bool


class Shape(NamedTuple):
    """The names of a value's fields, their defaults, and which of them count."""

    names: tuple[str, ...]
    defaults: dict[str, Any]
    compared: tuple[str, ...]


def field(*, default_factory: Callable[[], Any] | None = None, default: Any = ..., compare: bool = True) -> Any:
    """Say more of a field than its default."""
    return Field(default_factory, default, compare)


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(cls: type[Class]) -> type[Class]:
    """What `dataclass(frozen=True)` makes, in a fiftieth of the time: no method is compiled for the class.

    What was worked out once by a cached property is no part of the value.
    """
    names = tuple(cls.__annotations__)
    defaults = {name: cls.__dict__[name] for name in names if name in cls.__dict__}
    fields = {name: default for name, default in defaults.items() if isinstance(default, Field)}
    for name, said in fields.items():
        delattr(cls, name)
        if said.factory is None and said.default is ...:
            del defaults[name]
    compared = tuple(name for name in names if name not in fields or fields[name].compare)
    cls.__shape__ = Shape(names, defaults, compared)  # type: ignore[attr-defined]
    for method in (__init__, __setattr__, __delattr__, __eq__, __hash__, __repr__):
        setattr(cls, method.__name__, method)
    return cls


def replace(value: Instance, **changes: Any) -> Instance:
    """A value like another one, but for some fields."""
    shape: Shape = value.__shape__  # type: ignore[attr-defined]
    return type(value)(**{**{name: value.__dict__[name] for name in shape.names}, **changes})


def __init__(self: Any, *args: Any, **said: Any) -> None:  # noqa: N807 - it is put onto classes under this name
    names, defaults, _ = self.__shape__
    held = self.__dict__
    held.update(zip(names, args, strict=False))
    if len(args) > len(names) or not held.keys().isdisjoint(said) or not said.keys() <= set(names):
        _refuse(type(self).__name__, names, args, said)
    held.update(said)
    if len(held) < len(names):
        for name in names:
            if name not in held:
                if name not in defaults:
                    raise TypeError(f"{type(self).__name__} needs {name}")
                default = defaults[name]
                if isinstance(default, Field):
                    default = default.factory() if default.factory else default.default
                held[name] = default
    if hasattr(self, "__post_init__"):
        self.__post_init__()


def _refuse(title: str, names: tuple[str, ...], args: tuple[Any, ...], said: dict[str, Any]) -> NoReturn:
    if len(args) > len(names):
        raise TypeError(f"{title} takes {len(names)} values, and is given {len(args)}")
    for name in said:
        if name not in names:
            raise TypeError(f"{title} has no {name}; it has {', '.join(names)}")
    twice = next(name for name in names[: len(args)] if name in said)
    raise TypeError(f"{title} is given {twice} twice")


def __setattr__(self: Any, name: str, value: Any) -> NoReturn:  # noqa: ARG001, N807
    raise AttributeError(f"cannot assign to {name} of a {type(self).__name__}: it is frozen")


def __delattr__(self: Any, name: str) -> NoReturn:  # noqa: N807
    raise AttributeError(f"cannot delete {name} of a {type(self).__name__}: it is frozen")


def __eq__(self: Any, other: object) -> bool:  # noqa: N807
    return type(self) is type(other) and _content(self) == _content(other)


def __hash__(self: Any) -> int:  # noqa: N807
    return hash(_content(self))


def __repr__(self: Any) -> str:  # noqa: N807
    said = ", ".join(f"{name}={self.__dict__[name]!r}" for name in self.__shape__.names)
    return f"{type(self).__name__}({said})"


def _content(value: Any) -> tuple[Any, ...]:
    return tuple(value.__dict__[name] for name in value.__shape__.compared)

"""Values: what they hold is said once."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn, TypeVar, dataclass_transform

if TYPE_CHECKING:
    from inspect import Signature

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


class _Signature:
    """What a frozen class is called with, worked out for those who ask: editors, `help`."""

    def __get__(self, value: Any, owner: Any) -> Signature:
        if value is not None or owner.__init__ is not __init__:
            raise AttributeError("__signature__")
        from inspect import Parameter, Signature  # slow to import, and rarely asked for

        names, defaults, _ = owner.__shape__
        return Signature(
            [
                Parameter(
                    name,
                    Parameter.POSITIONAL_OR_KEYWORD,
                    default=_made(defaults[name]) if name in defaults else Parameter.empty,
                    annotation=owner.__annotations__[name],
                )
                for name in names
            ]
        )


def field(*, default_factory: Callable[[], Any] | None = None, default: Any = ..., compare: bool = True) -> Any:
    """Say more of a field than its default."""
    return Field(default_factory, default, compare)


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(cls: type[Class]) -> type[Class]:
    """What `dataclass(frozen=True)` makes, in a fiftieth of the time: no method is compiled for the class.

    What was worked out once by a cached property is no part of the value. Methods of the class's own stay, and there
    is no inheritance: a value holds others.
    """
    own = cls.__dict__
    _check(cls)
    names = tuple(name for name, said in cls.__annotations__.items() if not _of_the_class(said))
    defaults = {name: own[name] for name in names if name in own}
    fields = {name: default for name, default in defaults.items() if isinstance(default, Field)}
    for name, said in fields.items():
        delattr(cls, name)
        if said.factory is None and said.default is ...:
            del defaults[name]
    _check_defaults(cls.__name__, names, defaults)
    compared = tuple(name for name in names if name not in fields or fields[name].compare)
    cls.__shape__ = Shape(names, defaults, compared)  # type: ignore[attr-defined]
    if "__match_args__" not in own:
        cls.__match_args__ = names  # type: ignore[misc, attr-defined]
    for name, method in _METHODS.items():
        if own.get(name) is None:  # where there is an __eq__ alone, Python says of the hash that it is None
            setattr(cls, name, method)
    return cls


def replace(value: Instance, /, **changes: Any) -> Instance:
    """A value like another one, but for some fields; `copy.replace` does the same, `dataclasses.replace` does not."""
    shape: Shape = value.__shape__  # type: ignore[attr-defined]
    return type(value)(**{**{name: value.__dict__[name] for name in shape.names}, **changes})


def _check(cls: type[Any]) -> None:
    if hasattr(cls, "__shape__"):
        parent = next(parent for parent in cls.__mro__[1:] if hasattr(parent, "__shape__"))
        raise TypeError(f"{cls.__name__} inherits from {parent.__name__}, which is frozen: hold one instead")
    for name in ("__setattr__", "__delattr__"):
        if name in cls.__dict__:
            raise TypeError(f"{cls.__name__} has a {name}, which would thaw it")


def _of_the_class(annotation: Any) -> bool:
    said = annotation if type(annotation) is str else str(annotation)
    return "ClassVar" in said and said.partition("[")[0].rpartition(".")[2].strip() == "ClassVar"


def _check_defaults(title: str, names: tuple[str, ...], defaults: dict[str, Any]) -> None:
    earlier = None
    for name in names:
        if name not in defaults:
            if earlier is not None:
                raise TypeError(f"{title}.{name} has no default, and {earlier} before it has one")
            continue
        earlier = name
        default = defaults[name]
        if isinstance(default, Field):
            default = default.default
        if type(default).__hash__ is None:
            kind = type(default).__name__
            raise ValueError(f"{title}.{name}: all values would share one {kind}; say field(default_factory=...)")


def _made(default: Any) -> Any:
    if not isinstance(default, Field):
        return default
    return default.factory() if default.factory else default.default


def __init__(self: Any, /, *args: Any, **said: Any) -> None:  # noqa: N807 - it is put onto classes under this name
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
                held[name] = _made(defaults[name])
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
    return _content(self) == _content(other) if type(self) is type(other) else NotImplemented


def __hash__(self: Any) -> int:  # noqa: N807
    return hash(_content(self))


def __repr__(self: Any) -> str:  # noqa: N807
    said = ", ".join(f"{name}={self.__dict__[name]!r}" for name in self.__shape__.names)
    return f"{type(self).__name__}({said})"


def _content(value: Any) -> tuple[Any, ...]:
    return tuple(value.__dict__[name] for name in value.__shape__.compared)


# name: what is put onto a class under it
_METHODS: dict[str, Any] = {
    "__init__": __init__,
    "__setattr__": __setattr__,
    "__delattr__": __delattr__,
    "__eq__": __eq__,
    "__hash__": __hash__,
    "__repr__": __repr__,
    "__replace__": replace,
    "__signature__": _Signature(),
}

"""What a unit imports: modules among the sources, and what is looked for elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

from ecinfra.contract.facts import Edge, Wanted
from ecinfra.contract.syntax import Import
from ecinfra.contract.units import Module, Unit

_LENIENT = frozenset({"ImportError", "ModuleNotFoundError", "Exception", "BaseException"})


def imported(unit: Unit) -> Iterator[Edge | Wanted]:
    """The modules that run because a unit imports them, and what the sources do not hold."""
    for each in unit.reading.imports:
        yield from of_import(each, unit)


def of_import(found: Import, unit: Unit) -> Iterator[Edge | Wanted]:
    """The modules that run because of one import, or what the sources do not hold."""
    home = unit.module.home
    missing = Wanted((), found.alias, not _LENIENT.isdisjoint(found.caught), unit, found.line)
    path, name = found.alias
    module = home.module(path)
    if module is None:
        yield missing
        return
    for part in _above(path):
        package = home.module(part)
        if package:
            yield Edge((), package)
    yield Edge((), module)
    inner = home.module(f"{path}.{name}") if name and module.is_package and name not in module.names else None
    if inner:
        yield Edge((), inner)
    elif name and not _offers(module, name):
        yield missing


def _above(path: str) -> Iterator[str]:
    parts = path.split(".")
    return (".".join(parts[:number]) for number in range(1, len(parts)))


def _offers(module: Module, name: str) -> bool:
    """Whether a module has a name; one that makes names when asked, or takes in all of another, may."""
    makes = module.broken or module.body.reading.stars or "__getattr__" in module.names
    return name in module.names or bool(makes) or name.startswith("__")

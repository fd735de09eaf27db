"""A function's code, from its entry point on: what is there to run, and what is not."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass

from ecinfra.contract.cases import Case
from ecinfra.contract.meaning import member
from ecinfra.contract.packages import Release, brought, installed, release
from ecinfra.contract.reach import Reach
from ecinfra.contract.rules import RULES, Remark, remark
from ecinfra.contract.sources import Shelf
from ecinfra.contract.units import Kind, Unit
from ecinfra.contract.values import Bound
from ecinfra.errors import nearest

_ENTRY = RULES["EC204"]
_IMPORT = RULES["EC207"]
_UNJUDGED = RULES["EC208"]
_BROKEN = RULES["EC209"]


@dataclass(frozen=True, eq=False)
class Running:
    """A case, its sources, its release of Python, and all that its code reaches."""

    case: Case
    shelf: Shelf
    python: Release
    reach: Reach


def run(case: Case) -> tuple[Running | None, list[Remark]]:
    """Follow a function's code from its entry point; why not, where there is none to follow."""
    python = release(case.runtime)
    if case.shelf is None:
        said = "runs code that is not among the project's sources: it was not checked"
        return None, [remark(_UNJUDGED, case.function, said, "Code")]
    if python is None:
        said = f"runs on {case.runtime}: only Python is checked"
        return None, [remark(_UNJUDGED, case.function, said, "Runtime")]
    try:
        running = Running(case, case.shelf, python, Reach(case.variables))
        said = _start(running)
    except RecursionError:
        said = "runs code that is nested too deep to be followed: it was not checked"
        return None, [remark(_UNJUDGED, case.function, said, "Code")]
    return (None, [remark(_ENTRY, case.function, said, "Handler")]) if said else (running, [])


def check_imports(running: Running) -> Iterator[Remark]:
    """What is imported is in the zip, in the layer or in the runtime."""
    found = brought(running.python)
    layered = installed(running.shelf.requirements)
    for wanted in running.reach.wanted:
        path, name = wanted.alias
        first = path.partition(".")[0]
        own = running.shelf.module(first) is not None
        if wanted.optional or (not own and (first in found or first.lower() in layered or not path)):
            continue
        place = wanted.unit.place(wanted.line)
        what = f"{name} from {path}" if own and name else path
        if own:
            said = f"imports {what}, and there is no such thing"
        elif running.case.is_sealed:
            said = f"imports {what}, which is neither in its zip nor in its layer nor in its runtime"
        else:
            said = f"imports {what}: whether a layer from elsewhere holds it was not checked"
            yield remark(_UNJUDGED, running.case.function, said, place=place)
            continue
        yield remark(_IMPORT, running.case.function, said, place=place)


def check_sources(running: Running) -> Iterator[Remark]:
    """What runs is Python."""
    for module in running.reach.modules:
        if module.broken is None:
            continue
        said = f"imports {module.name}, which is not Python: {module.broken.reason}"
        rule = _BROKEN
        if running.python > sys.version_info[:2]:
            here = ".".join(map(str, sys.version_info[:2]))
            said = f"imports {module.name}, which Python {here} cannot read: {module.broken.reason}"
            rule = _UNJUDGED
        yield remark(rule, running.case.function, said, place=module.broken.place)


def check_doubts(running: Running) -> Iterator[Remark]:
    """What is imported is told before it runs."""
    for doubt in running.reach.doubts:
        said = "imports a module whose name only the running code knows"
        yield remark(_UNJUDGED, running.case.function, said, place=doubt.unit.place(doubt.line))


def _start(running: Running) -> str:
    """Follow the code from its entry point; what is wrong with that, where nothing is there to start at."""
    case = running.case
    path, _, name = case.entry.replace("/", ".").rpartition(".")
    module = running.shelf.module(path) if path else None
    if module is None or module.path.suffix != ".py":
        return _no_module(case, path)
    if name not in module.names and not module.broken and not module.body.reading.stars:
        hint = nearest(name, [each for each in module.names if not each.startswith("_")])
        return f"starts at {case.entry}, and {module.path.name} has no {name}{f'; {hint}' if hint else ''}"
    found = (each.unit if isinstance(each, Bound) else each for each in member(module, name))
    running.reach.follow(module, *(each for each in found if isinstance(each, (Unit, Kind))))
    return ""


def _no_module(case: Case, path: str) -> str:
    said = f"starts at {case.entry}, and its zip has no module {path}" if path else f"starts at '{case.entry}'"
    if case.shelf and not path.startswith(f"{case.shelf.root.top}."):
        said += f"; what is in it lies below {case.shelf.root.top}"
    return said

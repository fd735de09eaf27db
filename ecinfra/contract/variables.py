"""Environment variables: those that code reads are given, and those that are given are read."""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatchcase
from typing import NamedTuple

from ecinfra.constructs.function import RESERVED_VARIABLES
from ecinfra.contract.facts import Read
from ecinfra.contract.packages import reads
from ecinfra.contract.rules import RULES, Remark, remark
from ecinfra.contract.running import Running
from ecinfra.contract.values import ANY, Text
from ecinfra.errors import Place, nearest

_UNSET = RULES["EC201"]
_DEFAULT = RULES["EC202"]
_UNREAD = RULES["EC203"]
_UNJUDGED = RULES["EC208"]
# what the libraries of AWS look at, and Lambda leaves to others to set
_SDK = "AWS_"


class _Reading(NamedTuple):
    name: str
    required: bool
    place: Place


def check_variables(running: Running) -> Iterator[Remark]:
    """Each variable that is read is set, and each one set is read."""
    function, given = running.case.function, running.case.variables
    found = [each for read in running.reach.reads for each in _readings(running, read)]
    yield from _unset(running, [each for each in found if ANY not in each.name])
    for each in dict.fromkeys(each for each in found if ANY in each.name):
        shape = "" if each.name == ANY else f", {each.name}"
        said = f"reads environment variables by names that only the running code knows{shape}"
        yield remark(_UNJUDGED, function, said, place=each.place)
    imported = {wanted.alias.module.partition(".")[0] for wanted in running.reach.wanted}
    for name in given if not running.reach.doubts else ():
        if not any(fnmatchcase(name, each.name) for each in found) and not reads(name, imported):
            said = f"is given {name}, and nothing in its code reads that"
            yield remark(_UNREAD, function, said, "Environment", "Variables", name)


def _unset(running: Running, found: list[_Reading]) -> Iterator[Remark]:
    """One remark for each variable: where it is needed, else where it is asked for."""
    given = running.case.variables
    for name in dict.fromkeys(each.name for each in found):
        if name in given or name in RESERVED_VARIABLES:
            continue
        own = [each for each in found if each.name == name]
        needed = [each for each in own if each.required]
        if needed:
            hint = nearest(name, given) if given else ""
            said = f"reads {name}, and is not given it{f'; {hint}' if hint.startswith('did') else ''}"
            yield remark(_UNSET, running.case.function, said, place=needed[0].place)
        elif not name.startswith(_SDK):
            said = f"reads {name}, and is not given it: the code's default holds"
            yield remark(_DEFAULT, running.case.function, said, place=own[0].place)


def _readings(running: Running, read: Read) -> Iterator[_Reading]:
    own = read.unit.place(read.line)
    known = [found for name in read.names for found in running.reach.resolve(name) if isinstance(found[0], Text)]
    for value, place in known:
        if isinstance(value, Text):
            required = read.required and value.text not in read.unit.module.tested
            yield _Reading(value.text, required, place or own)
    if not known:
        yield _Reading(ANY, False, own)

"""What each stack takes from the others."""

from __future__ import annotations

from typing import NamedTuple

from ecinfra.app import App
from ecinfra.errors import LinkError, Place
from ecinfra.frozen import frozen
from ecinfra.link.index import Index
from ecinfra.link.references import (
    CONDITION,
    DEPENDS_ON,
    GET_ATT,
    MAPPING,
    REF,
    VALUE,
    Found,
    Reference,
    in_condition,
    in_expression,
)


class Use(NamedTuple):
    """Who reads something from another stack, and where that is written."""

    reader: str
    place: Place


@frozen
class Reads:
    """What each stack takes from outside: values, parameters, conditions, mappings, and mere order."""

    values: dict[str, dict[Reference, Use]]
    parameters: dict[str, dict[str, None]]
    copies: dict[str, dict[Reference, None]]
    order: dict[str, dict[str, Use]]


def read(app: App, names: Index, homes: dict[str, str]) -> Reads:
    """Go through everything that every stack says, and note what it takes from outside."""
    reads = Reads(
        values={name: {} for name in app.stacks},
        parameters={name: {} for name in app.stacks},
        copies={name: {} for name in app.stacks},
        order={name: {} for name in app.stacks},
    )
    for resource in names.resources.values():
        _note(resource.stack, names.refers[resource.id], Use(resource.id, resource.place), names, homes, reads)
    for stack in app.stacks.values():
        for output in stack.outputs.values():
            found = in_expression(output.value)
            _note(stack.name, found, Use(f"output {output.name}", output.place), names, homes, reads)
        for shelf in (stack.conditions, stack.mappings):
            for named in shelf.values():
                use = Use(named.name, named.place)
                _note(stack.name, in_condition(named.definition), use, names, homes, reads)
        for other, place in stack.after.items():
            reads.order[stack.name].setdefault(other, Use(f"stack {stack.name}", place))
        for name in stack.parameters:
            reads.parameters[stack.name].setdefault(name)
    return reads


def _note(stack: str, found: Found, use: Use, names: Index, homes: dict[str, str], reads: Reads) -> None:
    """Note what a piece of a stack reads from outside; and what its values read where they live."""
    for reference, value in found.items():
        if not names.defines(reference):
            names.check(reference, use.reader, use.place)
        kind = reference.kind
        if kind in (CONDITION, MAPPING):
            _note_copy(stack, reference, use, names, homes, reads)
        elif kind == REF and reference.id in names.parameters:
            reads.parameters[stack].setdefault(reference.id)
        elif homes[reference.id] == stack:
            if kind == VALUE:
                _note(stack, in_expression(value["is"]), use, names, homes, reads)
        elif kind == DEPENDS_ON:
            reads.order[stack].setdefault(homes[reference.id], use)
        elif kind == GET_ATT and not reference.attribute:
            raise LinkError(
                f"{use.reader} reads an attribute of {reference.id}, which is in another stack, by a name that is not "
                "written out",
                place=use.place,
                hint="what crosses stacks is known when they are linked: write the attribute's name",
            )
        elif reference not in reads.values[stack]:
            reads.values[stack][reference] = use
            if kind == VALUE:
                _note(homes[reference.id], in_expression(value["is"]), use, names, homes, reads)


def _note_copy(stack: str, reference: Reference, use: Use, names: Index, homes: dict[str, str], reads: Reads) -> None:
    """A condition or mapping of another stack is repeated where it is used."""
    shelf = names.conditions if reference.kind == CONDITION else names.mappings
    named = shelf[reference.id]
    if named.stack != stack and reference not in reads.copies[stack]:
        reads.copies[stack][reference] = None
        _note(stack, in_condition(named.definition), use, names, homes, reads)

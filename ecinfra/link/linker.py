"""From an App to a System: every reference resolved, every stack in its root."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise

from ecinfra.app import App
from ecinfra.errors import CircleError, CollisionError, LinkError, UnknownNameError, nearest
from ecinfra.link.build import Plan, build_roots
from ecinfra.link.circles import shortest_circle
from ecinfra.link.index import Index, index, makes_list
from ecinfra.link.late import late_permissions
from ecinfra.link.naming import wire_name
from ecinfra.link.reads import Reads, read
from ecinfra.link.references import VALUE, Reference, in_expression
from ecinfra.link.regions import cut, root_names
from ecinfra.link.settle import hashed_ids
from ecinfra.link.system import System, Wire


def link(app: App) -> System:
    """Resolve every reference of an app, and cut it into roots."""
    names = index(app)
    inside = names.needs()
    if late_permissions(names, inside):
        inside = names.needs()
    _refuse_inner_circle(names, inside)
    renamed = hashed_ids(names)
    homes = {resource.id: resource.stack for resource in names.resources.values()}
    reads = read(app, names, homes)
    made = set(homes.values())
    _refuse_outputs_of_nothing(app, made)
    needs = {
        name: {homes[reference.id] for reference in reads.values[name]} | reads.order[name].keys() & made
        for name in app.stacks
        if name in made
    }
    _refuse_circle(needs, reads, homes)
    segments = cut({name: app.stacks[name].region for name in needs}, needs)
    roots = root_names(app.root_name, app.region, segments)
    _refuse_stack_names(app, names)
    _refuse_lists(app, names)
    _refuse_unknown_parameters(app, names)
    plan = Plan(app, names, reads, _wires(app, names, reads, homes), renamed, needs)
    return System(
        app.name,
        app.environment,
        build_roots(plan, list(zip(roots, segments, strict=True))),
        tuple(plan.wires.values()),
    )


def _wires(app: App, names: Index, reads: Reads, homes: dict[str, str]) -> dict[Reference, Wire]:
    readers: dict[Reference, list[str]] = defaultdict(list)
    for stack, values in reads.values.items():
        for reference in values:
            readers[reference].append(stack)
    taken = {*names.resources, *names.parameters, *names.conditions, *names.mappings, *app.stacks}
    taken.update(output for stack in app.stacks.values() for output in stack.outputs)
    return {
        reference: Wire(
            wire_name(reference, taken, reads.values[stacks[0]][reference].place),
            reference.id,
            reference.attribute,
            homes[reference.id],
            tuple(stacks),
            _is_list(names, reference),
        )
        for reference, stacks in readers.items()
    }


def _is_list(names: Index, reference: Reference) -> bool:
    if reference.kind == VALUE:
        value = names.values[reference.id, reference.attribute]
        return bool(value["list"]) or makes_list(names, value["is"])
    return makes_list(names, {"Fn::GetAtt": [reference.id, reference.attribute]})


def _refuse_inner_circle(names: Index, inside: dict[str, set[str]]) -> None:
    """CloudFormation makes none of the resources of one stack that need one another."""
    homes = {resource.id: resource.stack for resource in names.resources.values()}
    needs = {name: {other for other in others if homes[other] == homes[name]} for name, others in inside.items()}
    circle = next(([name, name] for name, others in needs.items() if name in others), None) or shortest_circle(needs)
    if circle:
        raise CircleError(
            f"resources of stack {homes[circle[0]]} need one another in a circle: " + " -> ".join(circle),
            place=names.resources[circle[0]].place,
            hint="compose a name instead of asking for it, or say it in a resource of its own that stands after both",
        )


def _refuse_circle(needs: dict[str, set[str]], reads: Reads, homes: dict[str, str]) -> None:
    circle = shortest_circle(needs)
    if not circle:
        return
    lines = []
    carried: list[tuple[int, str]] = []
    place = None
    for reader, home in pairwise(circle):
        edge = [
            (f"{reference} for {use.reader} ({use.place})", use.place)
            for reference, use in reads.values[reader].items()
            if homes[reference.id] == home
        ]
        if home in reads.order[reader]:
            use = reads.order[reader][home]
            edge.append((f"mere order, for {use.reader} ({use.place})", use.place))
        place = place or edge[0][1]
        lines.append(f"  {reader} needs of {home}: " + "; ".join(text for text, _ in edge))
        carried.append((len(edge), f"{reader} -> {home}"))
    count, thinnest = min(carried)
    what = "one value" if count == 1 else f"{count} values"
    raise CircleError(
        "stacks need one another in a circle: " + " -> ".join(circle) + "\n" + "\n".join(lines),
        place=place,
        hint=f"cut {thinnest}, which carries {what}: move what reads it, or what it reads, to the other stack",
    )


def _refuse_outputs_of_nothing(app: App, made: set[str]) -> None:
    """A stack without resources is not made: its parameters, conditions and mappings are the whole app's."""
    for stack in app.stacks.values():
        if stack.name not in made and stack.outputs:
            raise LinkError(
                f"stack {stack.name} has outputs and no resources, and CloudFormation makes no such stack",
                place=stack.place,
                hint="declare the outputs in a stack that has resources",
            )


def _refuse_stack_names(app: App, names: Index) -> None:
    """In a root, nested stacks and parameters share one room."""
    for stack in app.stacks.values():
        if stack.name in names.parameters:
            raise CollisionError(f"a parameter is called {stack.name} too", place=stack.place)


def _refuse_unknown_parameters(app: App, names: Index) -> None:
    """A tag of the stacks is written in the roots, where there is nothing but parameters."""
    for reference in in_expression(app.stack_tags):
        if reference.id not in names.parameters:
            raise UnknownNameError(
                f"a tag of the app refers to {reference}, and no parameter is called {reference.id}",
                hint=nearest(reference.id, names.parameters),
            )


def _refuse_lists(app: App, names: Index) -> None:
    """An output is a text."""
    for stack in app.stacks.values():
        for output in stack.outputs.values():
            if makes_list(names, output.value):
                raise LinkError(
                    f"output {output.name} of {stack.name} is a list, and CloudFormation puts out texts only",
                    place=output.place,
                    hint='join it: Join(",", ...)',
                )

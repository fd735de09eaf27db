"""Calls of AWS: what those that the code can reach need, action by action."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ecinfra.contract.actions import LIBRARIES, STEPS, TRANSACTION, actions, of_resource, of_waiter
from ecinfra.contract.facts import Use
from ecinfra.contract.reach import Reach
from ecinfra.contract.values import Client, Foreign, Variable


class Need(NamedTuple):
    """An action that a call needs; `action` is empty where only the running code knows, and so may be `service`.

    `variables` name what is called on, where an environment variable does.
    """

    service: str
    call: str
    action: str
    variables: tuple[str, ...]
    use: Use


def needs(reach: Reach) -> Iterator[Need]:
    """What all calls of AWS that a function's code can reach need."""
    for use in reach.uses:
        found = [value for target in use.targets for value, _ in reach.resolve(target)]
        variables = tuple(dict.fromkeys(value.name for value in found if isinstance(value, Variable)))
        for receiver, _ in reach.resolve(use.receiver):
            match receiver:
                case Client(service=service):
                    for call, wanted in _calls(receiver, use, reach):
                        yield from (Need(service, call, action, variables, use) for action in wanted)
                case Foreign(path=path) if path == use.name:
                    library, _, name = path.rpartition(".")
                    yield from (Need(library, name, action, (), use) for action in LIBRARIES[path])


def unknown(reach: Reach) -> set[str]:
    """The names of methods that are called of things that nobody can tell: they may be calls of AWS."""
    return reach.loose | {use.name for use in reach.uses if not reach.resolve(use.receiver)}


def _calls(client: Client, use: Use, reach: Reach) -> Iterator[tuple[str, list[str]]]:
    """Each call behind a use, with the actions that it needs."""
    unknown = [""]
    if not client.service or not use.operations:
        yield use.name, unknown
    elif use.name == TRANSACTION:
        words = dict.fromkeys(word for needed, word in use.words if reach.holds(needed))
        yield TRANSACTION, [STEPS[word] for word in words] or unknown
    else:
        for operation in use.operations:
            if use.name == "get_waiter":
                found = of_waiter(client.service, operation)
            else:
                found = (of_resource if client.is_resource else actions)(client.service, operation)
            yield operation, unknown if found is None else found

"""Grants: every call is covered by one, and every one is used by some call."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ecinfra.contract.actions import matches, may_be, prefix
from ecinfra.contract.calls import Need, needs, unknown
from ecinfra.contract.libraries import GETATTR
from ecinfra.contract.permissions import allows_on, comes_along, covering, is_lambdas_own, named_by
from ecinfra.contract.rules import RULES, Remark, remark
from ecinfra.contract.running import Running
from ecinfra.lint.estate import Estate, Located
from ecinfra.lint.literals import items, text

_UNCOVERED = RULES["EC205"]
_UNUSED = RULES["EC206"]
_UNJUDGED = RULES["EC208"]


def check_calls(running: Running, estate: Estate) -> Iterator[Remark]:
    """Each call that code can reach is allowed."""
    case = running.case
    wanted = {(need.action, need.call, need.use.unit, need.use.line): need for need in needs(running.reach)}
    for need in wanted.values():
        if not need.action:
            yield _remark(running, need, _unknown(need), judged=False)
    if not wanted:
        return
    if case.role is None or not case.is_known:
        said = "what its role may do is not all written in the system: whether that covers its calls was not checked"
        yield remark(_UNJUDGED, case.function, said, "Role")
        return
    for need in wanted.values():
        if need.action and (said := _refused(running, need, case.role, estate)):
            yield _remark(running, need, said)


def check_grants(role: Located, runnings: list[Running]) -> Iterator[Remark]:
    """Each action that a role allows is needed by some call of its functions, or comes along with one."""
    if not is_lambdas_own(role) or any(running.reach.doubts for running in runnings):
        return
    found = [need for running in runnings for need in needs(running.reach)]
    needed = {need.action for need in found if need.action}
    unjudged = {prefix(need.service) if need.service else "*" for need in found if not need.action}
    loose = set[str]().union(*(unknown(running.reach) for running in runnings))
    whens = frozenset(when for running in runnings for when in running.case.whens)
    for statement in runnings[0].case.grants:
        granted = [text(action) for action in items(statement.body.get("Action"))]
        unused = [
            action
            for action in granted
            if not any(matches(each, [action]) for each in needed)
            and not matches(action, (f"{service}:*" for service in unjudged))
            and not comes_along(action, needed, whens)
            and not may_be(action, loose)
        ]
        if unused:
            functions = ", ".join(running.case.id for running in runnings)
            said = f"allows {', '.join(unused)}, and no call that {functions} can reach needs that"
            yield remark(_UNUSED, statement.owner, said, *statement.path, "Action")


def _refused(running: Running, need: Need, role: Located, estate: Estate) -> str:
    """Why a call is denied; nothing where it is not."""
    called = f"calls {need.call} of {need.service}"
    allowing = covering(estate, running.case.grants, need.action)
    if not allowing:
        return f"{called}, and {role.id} does not allow {need.action}"
    for target in _targets(running, need.variables, estate):
        if not allows_on(estate, allowing, need.action, target):
            others = " and ".join(named_by(estate, allowing))
            return f"{called} on {target.id}, and {role.id} allows {need.action} on {others} alone"
    return ""


def _targets(running: Running, variables: Iterable[str], estate: Estate) -> Iterator[Located]:
    case = running.case
    for name in variables:
        target = estate.resource(case.function.template, case.variables.get(name))
        if target:
            yield target


def _unknown(need: Need) -> str:
    if need.call == GETATTR:
        return f"calls something of {need.service or 'a client'} by a name that only the running code knows"
    if need.service:
        return f"calls {need.call} of {need.service}: which actions that needs only the running code knows"
    return f"calls {need.call} of a client whose service only the running code knows"


def _remark(running: Running, need: Need, said: str, *, judged: bool = True) -> Remark:
    use = need.use
    way = running.reach.way(use.unit)
    through = f"; the way there: {', '.join(way)}" if judged and way else ""
    rule = _UNCOVERED if judged else _UNJUDGED
    return remark(rule, running.case.function, f"{said}{through}", place=use.unit.place(use.line))

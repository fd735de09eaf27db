"""Everything in which a system's code and its infrastructure contradict each other."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from ecinfra.app import App
from ecinfra.assets import Asset
from ecinfra.constructs import Function, Layer
from ecinfra.contract.cases import Case, Cases
from ecinfra.contract.grants import check_calls, check_grants
from ecinfra.contract.rules import Remark
from ecinfra.contract.running import Running, check_doubts, check_imports, check_sources, run
from ecinfra.contract.variables import check_variables
from ecinfra.lint.checks.gateways import check_patience
from ecinfra.lint.checks.queues import check_visibility
from ecinfra.lint.estate import Estate
from ecinfra.lint.finding import Finding, Level
from ecinfra.lint.functions import FUNCTION
from ecinfra.lint.linter import located
from ecinfra.render import Rendered

_ORDER = {level: number for number, level in enumerate(Level)}


def assets(app: App) -> dict[str, Asset]:
    """The sources of an app's functions and layers, by the keys that templates name them by."""
    constructs = (construct for stack in app.stacks.values() for construct in stack.constructs)
    return {each.code.key: each.code for each in constructs if isinstance(each, (Function, Layer))}


def functions(rendered: Rendered) -> list[str]:
    """The logical ids of a system's functions."""
    return [
        name
        for template in rendered.templates
        for name, body in template.body["Resources"].items()
        if body.get("Type") == FUNCTION
    ]


def check(rendered: Rendered, sources: Mapping[str, Asset], names: Collection[str] = ()) -> list[Finding]:
    """Hold the code of a system's functions against its templates: of all functions, or of those that are named."""
    estate = Estate(rendered)
    every = [*Cases(estate, sources)]
    chosen = [case for case in every if not names or case.id in names]
    remarks = [*_remarks(estate, every, chosen), *_patience(estate, chosen)]
    rank = {template.path: number for number, template in enumerate(rendered.templates)}
    findings = list(dict.fromkeys(_finding(rendered, each) for each in remarks))
    findings.sort(key=lambda finding: (rank[finding.template], _ORDER[finding.level]))
    return findings


def _remarks(estate: Estate, every: list[Case], chosen: list[Case]) -> Iterator[Remark]:
    ran: dict[str, Running] = {}
    for case in chosen:
        running, said = run(case)
        yield from said
        if running:
            ran[case.id] = running
            yield from _of_function(running, estate)
    for sharing in _by_role(every):
        runnings = [ran[case.id] for case in sharing if case.id in ran]
        role = sharing[0].role
        if role and len(runnings) == len(sharing):
            yield from check_grants(role, runnings)


def _of_function(running: Running, estate: Estate) -> Iterator[Remark]:
    yield from check_sources(running)
    yield from check_imports(running)
    yield from check_variables(running)
    yield from check_calls(running, estate)
    yield from check_doubts(running)


def _finding(rendered: Rendered, said: Remark) -> Finding:
    finding = located(rendered, said.template, said.fault)
    return replace(finding, place=said.place) if said.place else finding


def _by_role(cases: Iterable[Case]) -> Iterable[list[Case]]:
    found: dict[str, list[Case]] = {}
    for case in cases:
        if case.role:
            found.setdefault(case.role.id, []).append(case)
    return found.values()


def _patience(estate: Estate, chosen: list[Case]) -> Iterator[Remark]:
    """Lint's own rules about timeouts: a function's, against its queue's and its API's."""
    meant = {case.id for case in chosen}.union(*(case.wakers for case in chosen))
    for check_timeouts in (check_visibility, check_patience):
        for template, fault in check_timeouts(estate):
            if fault.path[1] in meant:
                yield Remark(template, fault)

"""Everything that is wrong with a system's templates."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from typing import NamedTuple

from ecinfra.errors import Place
from ecinfra.lint.finding import Fault, Finding, Level
from ecinfra.lint.memory import Memory
from ecinfra.render import Rendered, Template

Watch = Callable[[Template], None]
Found = list[tuple[str, Fault]]

_ORDER = {level: number for number, level in enumerate(Level)}


class _Subject(NamedTuple):
    template: Template
    region: str

    @property
    def key(self) -> str:
        return f"{self.region} {self.template.key}"


def lint(
    rendered: Rendered,
    templates: Iterable[Template] | None = None,
    memory: Memory | None = None,
    watch: Watch | None = None,
) -> list[Finding]:
    """Find everything that is wrong with templates of a system: all of them, or those that are named.

    `watch` is called before a template is checked that memory does not know.
    """
    regions = {root.name: root.region for root in rendered.system.roots}
    every = [_Subject(template, regions[template.root]) for template in rendered.templates]
    wanted = {template.path for template in (rendered.templates if templates is None else templates)}
    chosen = [subject for subject in every if subject.template.path in wanted]
    found = [*_own(rendered, every, memory), *_foreign(chosen, memory, watch)]
    if memory is not None:
        memory.save({*(subject.key for subject in every), _own_key(every)})
    rank = {subject.template.path: number for number, subject in enumerate(chosen)}
    findings = [located(rendered, chosen[rank[path]].template, fault) for path, fault in found if path in rank]
    findings.sort(key=lambda finding: (rank[finding.template], _ORDER[finding.level]))
    return findings


def _own(rendered: Rendered, every: list[_Subject], memory: Memory | None) -> Found:
    """What our rules find: they look at all templates at once."""
    known = memory.get(_own_key(every)) if memory else None
    if known is not None:
        return known
    from ecinfra.lint.checks import CHECKS  # a run that finds nothing changed does not need them
    from ecinfra.lint.estate import Estate

    estate = Estate(rendered)
    found = [(template.path, fault) for check in CHECKS for template, fault in check(estate)]
    found = list(dict.fromkeys(found))
    if memory is not None:
        memory.put(_own_key(every), found)
    return found


def _own_key(every: list[_Subject]) -> str:
    lines = "\n".join(f"{subject.key} {subject.template.path}" for subject in every)
    return "own " + hashlib.sha256(lines.encode()).hexdigest()


def _foreign(chosen: list[_Subject], memory: Memory | None, watch: Watch | None) -> Found:
    """What cfn-lint finds, template by template."""
    known = {subject.key: memory.get(subject.key) if memory else None for subject in chosen}
    if any(found is None for found in known.values()):
        from ecinfra.lint.cloudformation import linters

        with linters() as linter:
            for subject in chosen:
                if known[subject.key] is None:
                    if watch:
                        watch(subject.template)
                    faults = linter(subject.region).check(subject.template)
                    known[subject.key] = found = [("", fault) for fault in faults]
                    if memory is not None:
                        memory.put(subject.key, found)
    # the same text may be two templates: the address is that of each
    return [(subject.template.path, fault) for subject in chosen for _, fault in known[subject.key] or ()]


def located(rendered: Rendered, template: Template, fault: Fault) -> Finding:
    """A fault with its whole address."""
    return Finding(
        rule=fault.rule,
        message=fault.message,
        system=rendered.system.name,
        root=template.root,
        stack=template.name,
        template=template.path,
        path=fault.path,
        place=_place(rendered, template, fault),
    )


def _place(rendered: Rendered, template: Template, fault: Fault) -> Place | None:
    """The line that wrote a resource, or that made its stack."""
    name = str(fault.path[1]) if len(fault.path) > 1 and fault.path[0] == "Resources" else ""
    if template.stack is not None:
        return template.stack.places.get(name, template.stack.place)
    stacks = (stack for stack in rendered.system.stacks if stack.root == template.root)
    return next((stack.place for stack in stacks if stack.name == name), None)

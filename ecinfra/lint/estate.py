"""All templates of a system as one: its resources, and where a value comes from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ecinfra.lint.finding import Fault, Rule
from ecinfra.lint.literals import members, references
from ecinfra.render import Rendered, Template

Said = Iterator[tuple[Template, Fault]]

_NOTHING: tuple[Any, ...] = ("", {"Ref": "AWS::NoValue"})


@dataclass(frozen=True, slots=True, eq=False)
class Located:
    """A resource, and the template that it lives in."""

    template: Template
    id: str
    body: dict[str, Any]

    @property
    def type(self) -> str:
        """Its CloudFormation type."""
        return str(self.body.get("Type", ""))

    @property
    def properties(self) -> dict[str, Any]:
        """Its properties, as the template writes them."""
        return members(self.body.get("Properties"))

    def fault(self, rule: Rule, message: str, *path: str | int) -> tuple[Template, Fault]:
        """What a rule says of it, or of a property of it."""
        return self.template, Fault(rule, ("Resources", self.id, *(("Properties", *path) if path else ())), message)


@dataclass(frozen=True, slots=True)
class Source:
    """An expression, and the template that it is to be understood in."""

    template: Template
    value: Any


@dataclass(frozen=True)
class Estate:
    """The templates of a system, nested ones and those of its roots."""

    rendered: Rendered

    def region(self, template: Template) -> str:
        """The region that a template is deployed to."""
        return self._regions[template.root]

    def all(self, *types: str) -> list[Located]:
        """Every resource of some types."""
        return [resource for kind in types for resource in self._by_type.get(kind, ())]

    @cached_property
    def resources(self) -> list[Located]:
        """Every resource."""
        return [
            Located(template, name, body)
            for template in self.rendered.templates
            for name, body in template.body["Resources"].items()
        ]

    def source(self, template: Template, value: Any) -> Source:
        """Where a value comes from, through parameters, outputs and roots."""
        while True:
            further = self._further(template, value)
            if further is None:
                return Source(template, value)
            template, value = further

    def resource(self, template: Template, value: Any, *types: str) -> Located | None:
        """The resource that a value refers to as a whole, if it is of one of the types."""
        found = self._owner(self.source(template, value))
        return found if found and (not types or found.type in types) else None

    def attribute(self, template: Template, value: Any) -> Any:
        """A value as it is written down where it comes from."""
        return self.source(template, value).value

    def inside(self, template: Template, value: Any, *types: str) -> Iterator[Located]:
        """The resources that an expression mentions, each once."""
        seen: dict[tuple[str, str], Located] = {}
        waiting = [self.source(template, value)]
        while waiting:
            home = waiting.pop()
            for reference in references(home.value):
                source = self.source(home.template, reference)
                if owner := self._owner(source):
                    seen[owner.template.path, owner.id] = owner
                elif source.value != reference:
                    waiting.append(source)
        yield from (owner for owner in seen.values() if not types or owner.type in types)

    @cached_property
    def _by_type(self) -> dict[str, list[Located]]:
        found: dict[str, list[Located]] = {}
        for resource in self.resources:
            found.setdefault(resource.type, []).append(resource)
        return found

    @cached_property
    def _by_id(self) -> dict[tuple[str, str], Located]:
        return {(resource.template.path, resource.id): resource for resource in self.resources}

    @cached_property
    def _regions(self) -> dict[str, str]:
        return {root.name: root.region for root in self.rendered.system.roots}

    @cached_property
    def _nested(self) -> dict[tuple[str, str], Template]:
        return {(template.root, template.name): template for template in self.rendered.templates if template.stack}

    @cached_property
    def _roots(self) -> dict[str, Template]:
        return {template.root: template for template in self.rendered.templates if template.stack is None}

    @cached_property
    def _takes(self) -> dict[tuple[str, str], str]:
        return {(root.name, name): other for root in self.rendered.system.roots for name, other in root.takes.items()}

    def _owner(self, source: Source) -> Located | None:
        match source.value:
            case {"Ref": str(name)} | {"Fn::GetAtt": [str(name), _]}:
                return self._by_id.get((source.template.path, name))
        return None

    def _further(self, template: Template, value: Any) -> tuple[Template, Any] | None:
        match value:
            case {"Ref": str(name)}:
                return self._argument(template, name)
            case {"Fn::GetAtt": [str(name), str(attribute)]} if attribute.startswith("Outputs."):
                nested = self._nested.get((template.root, name)) if template.stack is None else None
                return _output(nested, attribute.removeprefix("Outputs.")) if nested else None
            case {"Fn::Join": [",", dict(whole)]}:
                return template, whole
            case {"Fn::If": [_, first, second]} if second in _NOTHING:
                return template, first
        return None

    def _argument(self, template: Template, name: str) -> tuple[Template, Any] | None:
        """What a parameter is given, by the root or by another root's output."""
        if template.stack is not None:
            arguments = template.stack.arguments
            return (self._roots[template.root], arguments[name]) if name in arguments else None
        other = self._takes.get((template.root, name))
        return _output(self._roots[other], name) if other else None


def _output(template: Template, name: str) -> tuple[Template, Any] | None:
    output = members(template.body.get("Outputs")).get(name)
    return (template, output["Value"]) if output else None

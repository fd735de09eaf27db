"""A deployment in the mind: evaluates rendered templates as CloudFormation would, with symbols for values.

It knows nothing of the linker: it reads templates in the order in which roots would be deployed, and refuses
whatever is not there yet.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from ecinfra.render import Rendered, Template

_IN_SUB = re.compile(r"\$\{([^!}]+)\}")


@dataclass
class Scope:
    """One template being deployed."""

    template: dict[str, Any]
    parameters: dict[str, Any]
    region: str
    attributes: dict[tuple[str, str], Any] = field(default_factory=dict)

    def value(self, node: Any) -> Any:
        """What an expression comes to."""
        match node:
            case {"Ref": str() as name} if len(node) == 1:
                return self.name(name)
            case {"Fn::GetAtt": [str() as name, str() as attribute]}:
                return self.attribute(name, attribute)
            case {"Fn::Join": [str() as glue, parts]}:
                return glue.join(str(part) for part in self.value(parts))
            case {"Fn::Sub": str() as text}:
                return self.text(text, {})
            case {"Fn::Sub": [str() as text, dict() as own]}:
                return self.text(text, {name: self.value(part) for name, part in own.items()})
            case {"Fn::If": [str() as name, yes, no]}:
                return self.value(yes if self.holds(self.template["Conditions"][name]) else no)
            case dict():
                return {key: self.value(value) for key, value in node.items()}
            case list():
                return [self.value(value) for value in node]
        return node

    def holds(self, condition: Any) -> bool:
        """Whether a condition holds."""
        match condition:
            case {"Fn::Equals": [one, other]}:
                return bool(self.value(one) == self.value(other))
            case {"Fn::Not": [inner]}:
                return not self.holds(inner)
            case {"Condition": str() as name}:
                return self.holds(self.template["Conditions"][name])
        raise AssertionError(f"no condition: {condition}")

    def name(self, name: str) -> Any:
        """What a Ref comes to."""
        if name == "AWS::Region":
            return self.region
        if name.startswith("AWS::"):
            return name
        if name in self.parameters:
            return self.parameters[name]
        assert name in self.template["Resources"], f"{name} is neither parameter nor resource"
        return f"<{name}>"

    def attribute(self, name: str, attribute: str) -> Any:
        """What a GetAtt comes to."""
        if (name, attribute) in self.attributes:
            return self.attributes[name, attribute]
        resource = self.template["Resources"][name]
        assert resource["Type"] != "AWS::CloudFormation::Stack", f"{name} has no {attribute} yet"
        if attribute == "NameServers":
            return [f"<{name}.{attribute}.{number}>" for number in (1, 2)]
        return f"<{name}.{attribute}>"

    def text(self, text: str, own: dict[str, Any]) -> str:
        """What a Sub comes to."""

        def found(match: re.Match[str]) -> str:
            name = match.group(1)
            if name in own:
                return str(own[name])
            target, dot, attribute = name.partition(".")
            return str(self.attribute(target, attribute) if dot else self.name(name))

        return _IN_SUB.sub(found, text)


def typed(parameters: dict[str, Any], given: dict[str, Any]) -> dict[str, Any]:
    """Parameters as a template sees them: every one given, as text, lists split; none given that it does not know."""
    assert set(given) <= set(parameters), f"not declared: {set(given) - set(parameters)}"
    values = {}
    for name, definition in parameters.items():
        value = given[name] if name in given else definition["Default"]
        assert isinstance(value, str), f"{name} is handed {value!r}, not text"
        is_list = definition["Type"] == "CommaDelimitedList" or definition["Type"].startswith("List<")
        values[name] = value.split(",") if is_list else value
    return values


def deploy(rendered: Rendered, given: dict[str, str] | None = None) -> dict[str, dict[str, Any]]:
    """Every resource's properties as they come out, by stack; stack outputs under `Outputs of <stack>`."""
    by_root: dict[str, dict[str, Template]] = {}
    for template in rendered.templates:
        by_root.setdefault(template.root, {})[template.name] = template
    results: dict[str, dict[str, Any]] = {}
    root_outputs: dict[str, dict[str, Any]] = {}
    for root in rendered.system.roots:
        fed = {name: root_outputs[other][name] for name, other in root.takes.items()}
        body = by_root[root.name]["Root"].body
        handed = {"ArtifactBucket": "<bucket>", "ArtifactEndpoint": "<endpoint>", **(given or {}), **fed}
        handed = {name: value for name, value in handed.items() if name in body["Parameters"]}
        scope = Scope(body, typed(body["Parameters"], handed), root.region)
        waiting = dict(body["Resources"])
        while waiting:
            ready = [name for name in waiting if not _needs(waiting[name]) & set(waiting)]
            assert ready, f"a circle in {root.name}: {sorted(waiting)}"
            for name in ready:
                template = by_root[root.name][name]
                resource = waiting.pop(name)
                assert template.key in scope.value(resource["Properties"]["TemplateURL"])
                arguments = scope.value(resource["Properties"].get("Parameters", {}))
                _deploy_stack(template, arguments, root.region, scope, results)
        root_outputs[root.name] = {
            name: scope.value(output["Value"]) for name, output in body.get("Outputs", {}).items()
        }
    return results


def _needs(resource: dict[str, Any]) -> set[str]:
    names = set(re.findall(r"'Fn::GetAtt': \['(\w+)'", str(resource["Properties"])))
    waits = resource.get("DependsOn", [])
    return names | set([waits] if isinstance(waits, str) else waits)


def _deploy_stack(
    template: Template, arguments: dict[str, Any], region: str, root: Scope, results: dict[str, dict[str, Any]]
) -> None:
    body = template.body
    scope = Scope(body, typed(body.get("Parameters", {}), arguments), region)
    results[template.name] = {
        name: scope.value(resource.get("Properties", {}))
        for name, resource in body["Resources"].items()
        if "Condition" not in resource or scope.holds(body["Conditions"][resource["Condition"]])
    }
    for resource in body["Resources"].values():
        waits = resource.get("DependsOn", [])
        assert set([waits] if isinstance(waits, str) else waits) <= set(body["Resources"])
    outputs = {name: scope.value(output["Value"]) for name, output in body.get("Outputs", {}).items()}
    assert all(isinstance(value, str) for value in outputs.values()), outputs
    results[f"Outputs of {template.name}"] = outputs
    for name, value in outputs.items():
        root.attributes[template.name, f"Outputs.{name}"] = value

"""The templates of the stacks, and what their roots hand to them."""

from __future__ import annotations

import re
from typing import Any

from ecinfra.app import ARTIFACT_BUCKET, ARTIFACT_ENDPOINT, App
from ecinfra.frozen import frozen
from ecinfra.link.index import Index
from ecinfra.link.reads import Reads
from ecinfra.link.references import DEPENDS_ON, REF, VALUE, Reference, in_expression
from ecinfra.link.regions import Segment
from ecinfra.link.rewriting import Swap, rewrite, rewrite_at
from ecinfra.link.system import LinkedStack, Root, Wire
from ecinfra.parts import Resource
from ecinfra.stack import Stack

_SAM = "AWS::Serverless-2016-10-31"
_SSM = re.compile(r"AWS::SSM::Parameter::Value<(.*)>")


@frozen
class Plan:
    """All that linking found out."""

    app: App
    names: Index
    reads: Reads
    wires: dict[Reference, Wire]
    renamed: dict[str, str]
    needs: dict[str, set[str]]


def build_roots(plan: Plan, segments: list[tuple[str, Segment]]) -> tuple[Root, ...]:
    """Every root, with the stacks nested in it."""
    root_of = {stack: root for root, (_, stacks) in segments for stack in stacks}
    resources: dict[str, list[Resource]] = {name: [] for name in plan.app.stacks}
    for resource in plan.names.resources.values():
        resources[resource.stack].append(resource)
    roots = []
    for name, (region, members) in segments:
        stacks = tuple(
            _build_stack(plan, plan.app.stacks[member], name, region, resources[member], root_of) for member in members
        )
        roots.append(_build_root(plan, name, region, stacks, root_of))
    return tuple(roots)


def _build_stack(
    plan: Plan, stack: Stack, root: str, region: str, resources: list[Resource], root_of: dict[str, str]
) -> LinkedStack:
    swap = _swap(plan, stack.name)
    parameters, arguments = _parameters(plan, stack.name, root, root_of)
    template: dict[str, Any] = {
        "AWSTemplateFormatVersion": "2010-09-09",
        "Transform": _SAM if any(item.type.startswith("AWS::Serverless::") for item in resources) else None,
        "Description": stack.description,
        "Parameters": parameters,
        **_sections(plan, stack, swap),
        "Resources": {plan.renamed.get(item.id, item.id): _body(plan, stack.name, item, swap) for item in resources},
        "Outputs": _outputs(plan, stack, swap),
    }
    return LinkedStack(
        name=stack.name,
        full_name=f"{plan.app.root_name}-{stack.name}",
        root=root,
        region=region,
        template={key: value for key, value in template.items() if value or key == "Resources"},
        arguments=arguments,
        needs=tuple(other for other in plan.app.stacks if other in plan.needs[stack.name]),
        tags={**plan.app.tags, **plan.app.stack_tags, **stack.tags},
        place=stack.place,
        places={plan.renamed.get(item.id, item.id): item.place for item in resources},
    )


def _swap(plan: Plan, stack: str) -> Swap:
    inside = {reference: {"Ref": plan.wires[reference].name} for reference in plan.reads.values[stack]}
    renamed = plan.renamed

    def swap(reference: Reference) -> Any:
        if reference in inside:
            return inside[reference]
        if reference.id in renamed and reference.kind != VALUE:
            return _native(reference, renamed[reference.id])
        return None

    return swap


def _native(reference: Reference, name: str) -> dict[str, Any]:
    return {"Ref": name} if reference.kind == REF else {"Fn::GetAtt": [name, reference.attribute]}


def _body(plan: Plan, stack: str, resource: Resource, swap: Swap) -> dict[str, Any]:
    outside = plan.reads.values[stack]
    homes = plan.names.resources
    body = resource.body
    for path, found in plan.names.spots[resource.id]:
        if any(item in outside or item.kind == VALUE or item.id in plan.renamed for item in found):
            body = rewrite_at(body, path, swap)
    if "DependsOn" in body:
        waits = [
            plan.renamed.get(item.id, item.id)
            for item in plan.names.refers[resource.id]
            if item.kind == DEPENDS_ON and homes[item.id].stack == stack
        ]
        body = {key: value for key, value in body.items() if key != "DependsOn"}
        if waits:
            body["DependsOn"] = waits if len(waits) > 1 else waits[0]
    return body


def _sections(plan: Plan, stack: Stack, swap: Swap) -> dict[str, Any]:
    copies = plan.reads.copies[stack.name]
    shelves = {
        "Mappings": (stack.mappings, plan.names.mappings, "Mapping"),
        "Conditions": (stack.conditions, plan.names.conditions, "Condition"),
    }
    return {
        section: {
            name: rewrite(known[name].definition, swap)
            for name in (*own, *(item.id for item in copies if item.kind == kind))
        }
        for section, (own, known, kind) in shelves.items()
    }


def _outputs(plan: Plan, stack: Stack, swap: Swap) -> dict[str, Any]:
    outputs: dict[str, Any] = {}
    for output in stack.outputs.values():
        described = {"Description": output.description} if output.description else {}
        outputs[output.name] = {
            **described,
            "Value": _guarded(plan, stack.name, output.value, rewrite(output.value, swap)),
        }
    for reference, wire in plan.wires.items():
        if wire.home == stack.name:
            outputs[wire.name] = {"Value": _sent(plan, reference, wire, swap)}
    return outputs


def _sent(plan: Plan, reference: Reference, wire: Wire, swap: Swap) -> Any:
    """A wire's value where it begins; a list as text, and nothing where its resource is not made."""
    if reference.kind == VALUE:
        value = plan.names.values[reference.id, reference.attribute]["is"]
    else:
        value = _native(reference, reference.id)
    rewritten = rewrite(value, swap)
    if wire.is_list:
        rewritten = {"Fn::Join": [",", rewritten]}
    return _guarded(plan, wire.home, value, rewritten)


def _guarded(plan: Plan, stack: str, said: Any, value: Any) -> Any:
    """A value where all that it names is made, and the empty text where something is not."""
    named = [plan.names.resources[name] for name in sorted(plan.names.targets(in_expression(said)))]
    for condition in dict.fromkeys(each.body["Condition"] for each in named if "Condition" in each.body):
        if any(each.stack == stack for each in named if each.body.get("Condition") == condition):
            value = {"Fn::If": [condition, value, ""]}
    return value


def _parameters(plan: Plan, stack: str, root: str, root_of: dict[str, str]) -> tuple[dict[str, Any], dict[str, Any]]:
    """What a stack takes, and what its root hands to it."""
    parameters: dict[str, Any] = {}
    arguments: dict[str, Any] = {}
    for name in plan.reads.parameters[stack]:
        definition = plan.names.parameters[name].definition
        kind = _SSM.sub(r"\1", definition["Type"])
        # the root has checked the value already, and where it is SSM's name of one, that is all it could check
        parameters[name] = {key: definition[key] for key in ("Description", "NoEcho") if key in definition}
        parameters[name]["Type"] = "CommaDelimitedList" if kind == "List<String>" else kind
        is_list = kind == "CommaDelimitedList" or kind.startswith("List<")
        arguments[name] = {"Fn::Join": [",", {"Ref": name}]} if is_list else {"Ref": name}
    for reference in plan.reads.values[stack]:
        wire = plan.wires[reference]
        parameters[wire.name] = {
            "Type": "CommaDelimitedList" if wire.is_list else "String",
            "Description": f"{wire} of {wire.home}",
        }
        near = root_of[wire.home] == root
        arguments[wire.name] = {"Fn::GetAtt": [wire.home, f"Outputs.{wire.name}"]} if near else {"Ref": wire.name}
    return parameters, arguments


def _build_root(plan: Plan, name: str, region: str, stacks: tuple[LinkedStack, ...], root_of: dict[str, str]) -> Root:
    members = {stack.name for stack in stacks}
    wanted = [ARTIFACT_BUCKET, ARTIFACT_ENDPOINT]
    wanted += [parameter for stack in stacks for parameter in plan.reads.parameters[stack.name]]
    wanted += [reference.id for reference in in_expression(plan.app.stack_tags)]
    parameters = {key: plan.names.parameters[key].definition for key in dict.fromkeys(wanted)}
    outputs: dict[str, Any] = {}
    takes: dict[str, str] = {}
    for stack in stacks:
        for output in plan.app.stacks[stack.name].outputs:
            declared = stack.template["Outputs"][output]
            outputs[output] = {**declared, "Value": {"Fn::GetAtt": [stack.name, f"Outputs.{output}"]}}
    for wire in plan.wires.values():
        if wire.home in members and not members.issuperset(wire.readers):
            outputs[wire.name] = {"Value": {"Fn::GetAtt": [wire.home, f"Outputs.{wire.name}"]}}
        elif wire.home not in members and not members.isdisjoint(wire.readers):
            parameters[wire.name] = {"Type": "String", "Description": f"{wire} of {root_of[wire.home]}"}
            takes[wire.name] = root_of[wire.home]
    needs = {root_of[other] for stack in stacks for other in plan.needs[stack.name]} - {name}
    return Root(
        name=name,
        region=region,
        stacks=stacks,
        parameters=parameters,
        outputs=outputs,
        takes=takes,
        needs=tuple(root for root in dict.fromkeys(root_of.values()) if root in needs),
        tags=dict(plan.app.tags),
    )

"""Who defines a name, and what each resource refers to."""

from __future__ import annotations

from typing import Any

from ecinfra.app import ARTIFACT_BUCKET, ARTIFACT_ENDPOINT, App
from ecinfra.errors import LinkError, Place, UnknownNameError, nearest
from ecinfra.facts import is_list
from ecinfra.link.references import (
    CONDITION,
    MAPPING,
    REF,
    VALUE,
    Found,
    Reference,
    Spot,
    in_expression,
    in_resource,
)
from ecinfra.parts import Named, Resource

_ARTIFACTS = {
    ARTIFACT_BUCKET: {
        "Type": "String",
        "Description": "Bucket that holds the templates and the code, by their content",
    },
    ARTIFACT_ENDPOINT: {
        "Type": "String",
        "Description": "Where S3 answers in path style, such as https://s3.eu-west-1.amazonaws.com",
    },
}


class Index:
    """An app's names, each with its definition, and the references of every resource."""

    def __init__(self) -> None:
        self.resources: dict[str, Resource] = {}
        self.spots: dict[str, list[Spot]] = {}
        self.refers: dict[str, Found] = {}
        self.parameters: dict[str, Named] = {}
        self.conditions: dict[str, Named] = {}
        self.mappings: dict[str, Named] = {}
        self.values: dict[tuple[str, str], dict[str, Any]] = {}

    def put(self, resource: Resource) -> None:
        """Index a resource, in place of one of the same id."""
        self.resources[resource.id] = resource
        self.spots[resource.id] = spots = in_resource(resource.body)
        self.refers[resource.id] = found = {}
        for spot in spots:
            found.update(spot.found)
        self.learn(found, resource.place)

    def learn(self, found: Found, place: Place) -> None:
        """Take up the expressions of the values referred to, and of those inside them."""
        for reference, value in found.items():
            if reference.kind != VALUE:
                continue
            key = reference.id, reference.attribute
            known = self.values.setdefault(key, value)
            if known is value:
                self.learn(in_expression(value["is"]), place)
            elif known["is"] != value["is"]:
                raise LinkError(
                    f"the value {reference.attribute} of {reference.id} is defined in two ways", place=place
                )

    def targets(self, found: Found) -> set[str]:
        """The resources that are referred to, also by the values referred to."""
        targets = set()
        for reference, value in found.items():
            if reference.id in self.resources:
                targets.add(reference.id)
            if reference.kind == VALUE:
                targets |= self.targets(in_expression(value["is"]))
        return targets

    def needs(self) -> dict[str, set[str]]:
        """Which resources each resource needs."""
        return {name: self.targets(found) for name, found in self.refers.items()}

    def check(self, reference: Reference, reader: str, place: Place) -> None:
        """Refuse a name that nobody defines."""
        known: dict[str, Any] = {**self.resources}
        match reference.kind:
            case "Ref":
                known |= self.parameters
            case "Condition":
                known = {**self.conditions}
            case "Mapping":
                known = {**self.mappings}
        if reference.id not in known:
            what = {CONDITION: "condition", MAPPING: "mapping"}.get(reference.kind, "resource")
            what += " or parameter" if reference.kind == REF else ""
            raise UnknownNameError(
                f"{reader} refers to {reference}, and no {what} is called {reference.id}",
                place=place,
                hint=nearest(reference.id, known),
            )

    def defines(self, reference: Reference) -> bool:
        """Whether somebody defines the name."""
        match reference.kind:
            case "Ref":
                return reference.id in self.resources or reference.id in self.parameters
            case "Condition":
                return reference.id in self.conditions
            case "Mapping":
                return reference.id in self.mappings
        return reference.id in self.resources


def index(app: App) -> Index:
    """Index every stack of an app."""
    names = Index()
    for name, definition in _ARTIFACTS.items():
        names.parameters[name] = Named(name, "", definition, Place("", 0))
    for stack in app.stacks.values():
        names.parameters |= stack.parameters
        names.conditions |= stack.conditions
        names.mappings |= stack.mappings
        for resource in stack.resources.values():
            names.put(resource)
        for output in stack.outputs.values():
            names.learn(in_expression(output.value), output.place)
    return names


def makes_list(names: Index, expression: Any) -> bool:
    """Whether an expression comes to a list."""
    match expression:
        case {"Fn::GetAtt": [str() as name, str() as attribute]}:
            return name in names.resources and is_list(names.resources[name].type, attribute)
        case {"Ref": str() as name}:
            kind = names.parameters[name].definition["Type"] if name in names.parameters else ""
            return "List<" in kind or kind == "CommaDelimitedList"
        case {"Ecinfra::Value": {"is": inner, "list": said}}:
            return bool(said) or makes_list(names, inner)
        case {"Fn::Split": _} | {"Fn::GetAZs": _} | {"Fn::Cidr": _}:
            return True
    return isinstance(expression, list)

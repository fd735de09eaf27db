"""Stack: resources made, changed and removed together."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import redirect_stderr
from io import StringIO
from typing import Any, TypeVar

import troposphere
from troposphere import AWSObject, Parameter, encode_to_dict

from ecinfra.errors import DefinitionError, Place, users_line
from ecinfra.parts import Construct, Named, Output, Owner, Resource, check_tags, check_title
from ecinfra.refusals import REFUSALS, refused
from ecinfra.retention import keep
from ecinfra.tags import tag
from ecinfra.values import Parcel

Addition = TypeVar("Addition", bound="Construct | AWSObject | Parameter | troposphere.Output")


class Stack:
    """Resources made, changed and removed together; grows by `.add(x)`, which returns x."""

    def __init__(
        self, app: Owner, name: str, region: str, description: str, tags: Mapping[str, str], place: Place
    ) -> None:
        self.app = app
        self.name = name
        self.region = region
        self.description = description
        self.tags = tags
        self.place = place
        self.resources: dict[str, Resource] = {}
        self.constructs: list[Construct] = []
        self.parameters: dict[str, Named] = {}
        self.conditions: dict[str, Named] = {}
        self.mappings: dict[str, Named] = {}
        self.outputs: dict[str, Output] = {}
        self.after: dict[str, Place] = {}

    def add(self, addition: Addition, tags: Mapping[str, str] | None = None) -> Addition:
        """Add a construct, a troposphere resource, parameter or output; `tags` go onto all that it is made of.

        It is rendered at once: what is changed on it later changes nothing here.
        """
        place = users_line()
        title = getattr(addition, "title", None) or type(addition).__name__
        check_tags(tags or {}, place)
        if isinstance(addition, Parameter):
            self._name(self.parameters, title, _encode(addition, self.name, place), place)
        elif isinstance(addition, troposphere.Output):
            self._put_out(title, addition.Value, addition.properties.get("Description", ""), place)
        elif isinstance(addition, AWSObject):
            self._store([self._prepared(addition, tags, place)])
        elif not callable(getattr(addition, "resources", None)):
            raise DefinitionError(
                f"cannot add {type(addition).__name__} to stack {self.name}: it is neither a construct nor a "
                "troposphere resource",
                place=place,
                hint="a construct has a title and resources()",
            )
        else:
            self._store([self._prepared(each, tags, place) for each in self._made(addition, title, place)])
            self.constructs.append(addition)
        return addition

    def _made(self, construct: Construct, title: str, place: Place) -> list[AWSObject]:
        try:
            with redirect_stderr(StringIO()):  # troposphere writes there before it raises
                return list(construct.resources())
        except REFUSALS as error:
            raise refused(error, self.name, title, place) from error

    def output(self, name: str, value: Any, description: str = "") -> None:
        """Declare an output; the root stack repeats it."""
        self._put_out(name, value, description, users_line())

    def _put_out(self, name: str, value: Any, description: str, place: Place) -> None:
        check_title(name, place)
        encoded = encode_to_dict(value)
        if not (isinstance(encoded, (str, int)) or (isinstance(encoded, dict) and len(encoded) == 1)):
            raise DefinitionError(
                f"output {name} of {self.name} cannot be {value!r}", place=place, hint="an output is a text"
            )
        self.app.claim("output", [name], place)
        self.outputs[name] = Output(name, encoded, description, place)

    def condition(self, name: str, expression: Any) -> str:
        """Define a condition, and return its name; any stack of the app may use it."""
        self._name(self.conditions, name, encode_to_dict(expression), users_line())
        return name

    def mapping(self, name: str, table: Mapping[str, Mapping[str, Any]]) -> str:
        """Define a mapping, and return its name; any stack of the app may look things up in it."""
        place = users_line()
        for key in (*table, *(key for row in table.values() for key in row)):
            if not isinstance(key, str):
                raise DefinitionError(f"mapping {name} has the key {key!r}", place=place, hint="its keys are texts")
        self._name(self.mappings, name, encode_to_dict({**table}), place)
        return name

    def needs(self, *others: Stack) -> None:
        """Stand after other stacks, although no value is read from them."""
        place = users_line()
        for other in others:
            if other is self or self.app.stacks.get(other.name) is not other:
                what = "itself" if other is self else f"{other.name}, a stack of another app"
                raise DefinitionError(f"stack {self.name} cannot stand after {what}", place=place)
            self.after.setdefault(other.name, place)

    def _name(self, shelf: dict[str, Named], name: str, definition: Any, place: Place) -> None:
        check_title(name, place)
        self.app.claim("id", [name], place)
        shelf[name] = Named(name, self.name, definition, place)

    def _prepared(self, resource: AWSObject, tags: Mapping[str, str] | None, place: Place) -> Resource:
        title = str(resource.title or "")
        check_title(title, place)
        body = {"Type": resource.resource_type, **_encode(resource, self.name, place)}
        for name, value in body.get("Properties", {}).items():
            if isinstance(value, Parcel):
                body["Properties"][name] = value.content
        if isinstance(body.get("Condition"), dict):  # troposphere's Condition("Name") says the name in a dictionary
            body["Condition"] = body["Condition"]["Condition"]
        tag(body, {**self.app.tags, **self.tags, **(tags or {})})
        keep(body, self.app.keep_data)
        return Resource(title, self.name, body, place)

    def _store(self, resources: list[Resource]) -> None:
        """Take all resources of an addition, or none."""
        if resources:
            self.app.claim("id", [resource.id for resource in resources], resources[0].place)
        self.resources.update((resource.id, resource) for resource in resources)


def _encode(item: AWSObject | Parameter, stack: str, place: Place) -> dict[str, Any]:
    try:
        body: dict[str, Any] = item.to_dict()
        if "Properties" not in body:  # then troposphere hands on what else was said as it is
            body = encode_to_dict(body)
    except REFUSALS as error:
        raise refused(error, stack, str(item.title), place) from error
    return body

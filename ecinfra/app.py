"""App and Stack: what a template author grows. Nothing here touches the world."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import redirect_stderr
from io import StringIO
from typing import Any, TypeVar

from troposphere import AWSObject, Parameter, encode_to_dict

from ecinfra.errors import CollisionError, DefinitionError, Place, users_line
from ecinfra.parts import Construct, Named, Output, Resource, Settings
from ecinfra.refusals import REFUSALS, refused
from ecinfra.retention import keep
from ecinfra.tags import tag
from ecinfra.values import Parcel

_TITLE = re.compile(r"[A-Za-z][A-Za-z0-9]{0,254}")
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,63}")

ROOT = "Root"
ARTIFACT_BUCKET = "ArtifactBucket"
ARTIFACT_ENDPOINT = "ArtifactEndpoint"


Addition = TypeVar("Addition", bound="Construct | AWSObject | Parameter")


class Stack:
    """Resources made, changed and removed together; grows by `.add(x)`, which returns x."""

    def __init__(
        self, app: App, name: str, region: str, description: str, tags: Mapping[str, str], place: Place
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
        """Add a construct, a troposphere resource or a parameter; `tags` go onto all that it is made of."""
        place = users_line()
        title = getattr(addition, "title", None) or type(addition).__name__
        if isinstance(addition, Parameter):
            self._name(self.parameters, title, _encode(addition, self.name, place), place)
            return addition
        if isinstance(addition, AWSObject):
            self._resource(addition, tags, place)
            return addition
        if not callable(getattr(addition, "resources", None)):
            raise DefinitionError(
                f"cannot add {type(addition).__name__} to stack {self.name}: it is neither a construct nor a "
                "troposphere resource",
                place=place,
                hint="a construct has a title and resources()",
            )
        try:
            with redirect_stderr(StringIO()):  # troposphere writes there before it raises
                made = list(addition.resources())
        except REFUSALS as error:
            raise refused(error, self.name, title, place) from error
        for resource in made:
            self._resource(resource, tags, place)
        self.constructs.append(addition)
        return addition

    def output(self, name: str, value: Any, description: str = "") -> None:
        """Declare an output; the root stack repeats it."""
        place = users_line()
        self.app.claim("output", name, place)
        self.outputs[name] = Output(name, encode_to_dict(value), description, place)

    def condition(self, name: str, expression: Any) -> str:
        """Define a condition, and return its name; any stack of the app may use it."""
        self._name(self.conditions, name, encode_to_dict(expression), users_line())
        return name

    def mapping(self, name: str, table: Mapping[str, Mapping[str, Any]]) -> str:
        """Define a mapping, and return its name; any stack of the app may look things up in it."""
        self._name(self.mappings, name, encode_to_dict({**table}), users_line())
        return name

    def needs(self, *others: Stack) -> None:
        """Stand after other stacks, although no value is read from them."""
        place = users_line()
        for other in others:
            self.after.setdefault(other.name, place)

    def _name(self, shelf: dict[str, Named], name: str, definition: Any, place: Place) -> None:
        _check_title(name, place)
        self.app.claim("id", name, place)
        shelf[name] = Named(name, self.name, definition, place)

    def _resource(self, resource: AWSObject, tags: Mapping[str, str] | None, place: Place) -> None:
        title = str(resource.title or "")
        _check_title(title, place)
        self.app.claim("id", title, place)
        body = {"Type": resource.resource_type, **_encode(resource, self.name, place)}
        for name, value in body.get("Properties", {}).items():
            if isinstance(value, Parcel):
                body["Properties"][name] = value.content
        tag(body, {**self.app.tags, **self.tags, **(tags or {})})
        keep(body, self.app.keep_data)
        self.resources[title] = Resource(title, self.name, body, place)


class App:
    """A named system in one environment; grows by `.stack()`."""

    def __init__(
        self,
        name: str,
        settings: Settings,
        *,
        tags: Mapping[str, Any] | None = None,
        keep_data: bool = True,
    ) -> None:
        """Tags go onto every resource; one whose value is an expression over parameters, onto every stack."""
        place = users_line()
        self.name = name
        self.environment = settings.environment
        self.region = settings.region
        self.keep_data = keep_data
        self.stacks: dict[str, Stack] = {}
        said = {"Project": name, "Environment": self.environment, "ManagedBy": "ecinfra", **(tags or {})}
        self.tags = {key: value for key, value in said.items() if isinstance(value, str)}
        self.stack_tags = {key: encode_to_dict(said[key]) for key in said if key not in self.tags}
        self._claims: dict[tuple[str, str], Place] = {
            ("id", name): place for name in (ARTIFACT_BUCKET, ARTIFACT_ENDPOINT)
        }
        for word in (name, self.environment):
            if not _NAME.fullmatch(word):
                raise DefinitionError(
                    f"'{word}' cannot be part of a stack's name",
                    place=place,
                    hint="letters, digits and hyphens, beginning with a letter",
                )

    @property
    def root_name(self) -> str:
        """The name of the root stack in the app's own region."""
        return f"{self.name}-{self.environment}"

    def stack(
        self,
        name: str,
        *,
        region: str | None = None,
        description: str = "",
        tags: Mapping[str, str] | None = None,
    ) -> Stack:
        """Add a stack; in the app's region, unless it names another."""
        place = users_line()
        _check_title(name, place)
        if name == ROOT:
            raise DefinitionError(
                f"no stack can be called {ROOT}: the template of its root is", place=place, hint="say what it holds"
            )
        if name in self.stacks:
            raise CollisionError(
                f"two stacks are called {name}; the other one is at {self.stacks[name].place}", place=place
            )
        full_name = f"{self.root_name}-{name}"
        stack = Stack(
            self,
            name,
            region or self.region,
            description or full_name,
            {"Stack": full_name, **(tags or {})},
            place,
        )
        self.stacks[name] = stack
        return stack

    def claim(self, kind: str, name: str, place: Place) -> None:
        """Take a name that may be borne once in the app."""
        taken = self._claims.get((kind, name))
        if taken:
            what = "logical id" if kind == "id" else kind
            raise CollisionError(
                f"the {what} {name} is taken, by {taken}",
                place=place,
                hint="logical ids and outputs are unique in an app, so that a plain Ref can name anything in it",
            )
        self._claims[kind, name] = place


def _check_title(title: str, place: Place) -> None:
    if not _TITLE.fullmatch(title):
        raise DefinitionError(
            f"'{title}' cannot be a logical id",
            place=place,
            hint="letters and digits only, beginning with a letter, at most 255",
        )


def _encode(item: AWSObject | Parameter, stack: str, place: Place) -> dict[str, Any]:
    try:
        body: dict[str, Any] = item.to_dict()
    except REFUSALS as error:
        raise refused(error, stack, str(item.title), place) from error
    return body

"""App: a named system in one environment. Nothing here touches the world."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from troposphere import AWSHelperFn, encode_to_dict

from ecinfra.errors import CollisionError, DefinitionError, Place, users_line
from ecinfra.parts import Settings, check_tags, check_title
from ecinfra.stack import Stack

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,63}")

ROOT = "Root"
ARTIFACT_BUCKET = "ArtifactBucket"
ARTIFACT_ENDPOINT = "ArtifactEndpoint"


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
        for key, value in (tags or {}).items():
            if not isinstance(value, (str, dict, AWSHelperFn)):
                raise DefinitionError(f"the tag {key} cannot be {value!r}", place=place, hint="tags are texts")
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
        check_title(name, place)
        if name.lower() == ROOT.lower():
            raise DefinitionError(
                f"no stack can be called {ROOT}: the template of its root is", place=place, hint="say what it holds"
            )
        check_tags(tags or {}, place)
        for other in self.stacks.values():
            if other.name.lower() == name.lower():  # their templates are files, and some disks know no difference
                raise CollisionError(f"two stacks are called {name}; the other one is at {other.place}", place=place)
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

    def claim(self, kind: str, names: list[str], place: Place) -> None:
        """Take names that may be borne once in the app: all of them, or none."""
        claimed: dict[tuple[str, str], Place] = {}
        for name in names:
            taken = self._claims.get((kind, name)) or claimed.get((kind, name))
            if taken:
                what = "logical id" if kind == "id" else kind
                raise CollisionError(
                    f"the {what} {name} is taken, by {taken}",
                    place=place,
                    hint="logical ids and outputs are unique in an app, so that a plain Ref can name anything in it",
                )
            claimed[kind, name] = place
        self._claims |= claimed

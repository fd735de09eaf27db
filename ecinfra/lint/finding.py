"""What a rule says, and where."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from ecinfra.errors import Place

Path = tuple[str | int, ...]


class Level(Enum):
    """How much a finding weighs: errors and warnings want to be mended, notes want to be known."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: ours, or one of cfn-lint's."""

    id: str
    name: str
    level: Level
    description: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """What a rule says of one template, and the path to it from the top of that template."""

    rule: Rule
    path: Path
    message: str


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault with its whole address, down to the line of Python that wrote the resource."""

    rule: Rule
    message: str
    system: str
    root: str
    stack: str
    template: str
    path: Path
    place: Place | None

    @property
    def level(self) -> Level:
        """The level of its rule."""
        return self.rule.level

    @property
    def resource(self) -> str:
        """The logical id of the resource, where it is about one."""
        return str(self.path[1]) if len(self.path) > 1 and self.path[0] == "Resources" else ""

    @property
    def property(self) -> str:
        """The property, from the resource down: `RedrivePolicy.maxReceiveCount`."""
        parts = self.path[2:] if self.resource else self.path
        return ".".join(str(part) for part in (parts[1:] if parts[:1] == ("Properties",) else parts))

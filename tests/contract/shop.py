"""A small system with one function, and what is found where its code and its templates differ."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ecinfra import App, Stack, link, render
from ecinfra.assets import Handlers
from ecinfra.constructs import Bucket, Function, Layer, Queue, Table
from ecinfra.contract import assets, check
from ecinfra.grants import Grant, Trigger

HANDLER = "def handler(event, context):\n    return event\n"


@dataclass(frozen=True)
class Dev:
    environment: str = "dev"
    region: str = "eu-west-1"


class Shop:
    """A system below a folder: what its function is made of is given piece by piece."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.app = App("Shop", Dev(), keep_data=False)
        self.data: Stack = self.app.stack("Data")
        self.desk: Stack = self.app.stack("Desk")
        self.books = self.data.add(Table("Books"))
        self.notes = self.data.add(Table("Notes"))
        self.scans = self.data.add(Bucket("Scans"))
        self.mail = self.data.add(Queue("Mail"))
        self.handlers = Handlers(folder / "handlers")

    def write(self, **files: str) -> None:
        """Write sources: `clerk__handler` is clerk/handler.py."""
        for name, text in files.items():
            path = self.handlers.folder / f"{name.replace('__', '/')}.py"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")

    def clerk(
        self,
        code: str | None = None,
        *,
        title: str = "Clerk",
        handler: str = "clerk.handler.handler",
        env: Mapping[str, Any] | None = None,
        may: Iterable[Grant] = (),
        on: Iterable[Trigger] = (),
        layer: Layer | None = None,
        **how: Any,
    ) -> Function:
        """Add the function; `code` is its handler."""
        if code is not None:
            self.write(clerk__handler=code)
        function = Function(
            title, self.handlers.handler("clerk"), handler, layer, tuple(on), tuple(may), dict(env or {}), **how
        )
        return self.desk.add(function)

    def layer(self, requirements: str = "", **files: str) -> Layer:
        """Add a layer with modules of these names."""
        self.write(**{f"layer__{name}": text for name, text in files.items()})
        folder = self.handlers.folder / "layer"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "requirements.txt").write_text(requirements, encoding="utf-8")
        return self.desk.add(Layer("Shared", self.handlers.layer("python3.13", "arm64")))

    def findings(self, *names: str) -> list[str]:
        """What is found: rule, resource and property, message, and the line where it is one of the code."""
        clerk = self.handlers.handler("clerk")  # plain troposphere may name it as well
        found = []
        for finding in check(render(link(self.app)), {clerk.key: clerk, **assets(self.app)}, names):
            where = ".".join(part for part in (finding.resource, finding.property) if part)
            place = finding.place.relative_to(self.handlers.folder) if finding.place else None
            line = f" [{place}]" if place and place.file.endswith(".py") and not Path(place.file).is_absolute() else ""
            found.append(f"{finding.rule.id} {where}: {finding.message}{line}")
        return found

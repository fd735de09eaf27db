"""What was bundled: plain data, to be shown, compared and kept."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from ecinfra.bundle.bundler import Artifact
from ecinfra.bundle.parts import FunctionPart, LayerPart, Parts


class PackedFunction(NamedTuple):
    """A function, the key of its zip, and that of its layer's."""

    title: str
    key: str
    layer: str | None


class PackedLayer(NamedTuple):
    """A layer, the key of its zip, and what it is built for."""

    title: str
    key: str
    target: str


class Hashed(NamedTuple):
    """A key, and what it is the hash of: the circumstances, and the content of each file."""

    key: str
    circumstances: tuple[str, ...]
    files: dict[str, str]


class Outcome(NamedTuple):
    """The artifacts of an app, who uses them, and what their keys are the hashes of, by title."""

    artifacts: tuple[Artifact, ...]
    functions: tuple[PackedFunction, ...]
    layers: tuple[PackedLayer, ...]
    hashed: dict[str, Hashed]

    def as_built_before(self) -> Outcome:
        """The same, of which nothing was built just now."""
        return self._replace(artifacts=tuple(artifact._replace(built=False) for artifact in self.artifacts))


def outcome(wanted: Parts, artifacts: Iterable[Artifact]) -> Outcome:
    """Put together what was wanted and what was made of it."""
    return Outcome(
        tuple(artifacts),
        tuple(
            PackedFunction(part.title, part.asset.key, part.layer.asset.key if part.layer else None)
            for part in wanted.functions
        ),
        tuple(PackedLayer(part.title, part.asset.key, part.target.label) for part in wanted.layers),
        {part.title: _hashed(part) for part in wanted.every},
    )


def differences(before: Outcome | None, now: Outcome) -> dict[str, list[str]]:
    """What changed the key of each artifact that has another one than before, by title."""
    known = before.hashed if before else {}
    return {
        title: _different(known.get(title), hashed)
        for title, hashed in now.hashed.items()
        if title not in known or known[title].key != hashed.key
    }


def to_data(outcome: Outcome) -> dict[str, Any]:
    """The outcome as JSON takes it."""
    return {
        "artifacts": [{**artifact._asdict(), "path": str(artifact.path)} for artifact in outcome.artifacts],
        "functions": [function._asdict() for function in outcome.functions],
        "layers": [layer._asdict() for layer in outcome.layers],
        "hashed": {title: hashed._asdict() for title, hashed in outcome.hashed.items()},
    }


def from_data(data: dict[str, Any]) -> Outcome:
    """The outcome that was written as JSON."""
    return Outcome(
        tuple(Artifact(**{**each, "path": Path(each["path"])}) for each in data["artifacts"]),
        tuple(PackedFunction(**each) for each in data["functions"]),
        tuple(PackedLayer(**each) for each in data["layers"]),
        {
            title: Hashed(each["key"], tuple(each["circumstances"]), each["files"])
            for title, each in data["hashed"].items()
        },
    )


def _hashed(part: FunctionPart | LayerPart) -> Hashed:
    asset = part.asset
    files = {f"{asset.folder.name}/{source.name}": source.digest for source in asset.sources}
    return Hashed(asset.key, asset.circumstances, files)


def _different(before: Hashed | None, now: Hashed) -> list[str]:
    if before is None:
        return ["it is bundled for the first time"]
    said = []
    if before.circumstances != now.circumstances:
        said.append(f"it is built for {', '.join(now.circumstances)}, not for {', '.join(before.circumstances)}")
    for name in sorted({*before.files, *now.files}):
        if name not in before.files:
            said.append(f"{name} is new")
        elif name not in now.files:
            said.append(f"{name} is gone")
        elif before.files[name] != now.files[name]:
            said.append(f"{name} changed")
    return said or ["artifacts are built in another way now"]

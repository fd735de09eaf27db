"""From an app to the artifacts of its code: what is there is left, what is not is built, all of it or nothing."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import NamedTuple

from ecinfra.app import App
from ecinfra.bundle.archive import unpacked, write
from ecinfra.bundle.function import check_entry, function_members
from ecinfra.bundle.layer import check_imports, layer_members
from ecinfra.bundle.parts import FunctionPart, LayerPart, Parts, parts
from ecinfra.errors import AssetError

Watch = Callable[[str, str], None]
_PREFIX = ".bundle-"
_DAY = 86_400
_LIMIT = 262_144_000  # what Lambda takes of a function with its layer, unzipped


def _nobody(_what: str, _detail: str) -> None:
    """Watch nothing."""


class Artifact(NamedTuple):
    """A zip: the key that templates name it by, where it lies, its sizes, and whether it was built just now."""

    key: str
    path: Path
    size: int
    built: bool
    unpacked: int


def bundle(app: App, folder: Path, watch: Watch = _nobody) -> tuple[Artifact, ...]:
    """Build the zips of an app's functions and layers into a folder; those that are there are not built again.

    `watch` is told what is being built, and how far that is.
    """
    return build(parts(app), folder, watch)


def build(wanted: Parts, folder: Path, watch: Watch = _nobody) -> tuple[Artifact, ...]:
    """Build what is wanted and is not there."""
    for function in wanted.functions:
        check_entry(function)
    every = {part.asset.key: part for part in wanted.every}
    places = {key: folder / key.rpartition("/")[2] for key in every}
    try:
        there = {key: size for key, place in places.items() if (size := unpacked(place)) is not None}
        missing = {places[key]: part for key, part in every.items() if key not in there}
        sizes = there | _add(missing, folder, lambda built: _check_limit(wanted, {**there, **built}), watch)
        return tuple(
            Artifact(key, place, place.stat().st_size, key not in there, sizes[key]) for key, place in places.items()
        )
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise AssetError(f"cannot write {error.filename or folder}: {reason}") from error


def _add(
    missing: Mapping[Path, FunctionPart | LayerPart],
    folder: Path,
    check: Callable[[Mapping[str, int]], None],
    watch: Watch,
) -> dict[str, int]:
    """Build zips beside their places, check them, and put them there; how many bytes each unzips to."""
    if not missing:
        check({})
        return {}
    from tempfile import TemporaryDirectory  # wanted only where something changed

    folder.mkdir(parents=True, exist_ok=True)
    _sweep(folder)
    with TemporaryDirectory(prefix=_PREFIX, dir=folder) as temporary:
        fresh = {place: Path(temporary) / place.name for place in missing}
        sizes = {part.asset.key: _write(part, fresh[place], watch) for place, part in missing.items()}
        check(sizes)
        for place, written in fresh.items():
            written.replace(place)
    return sizes


def _sweep(folder: Path) -> None:
    """Remove what builds left behind that were killed: nothing is built for a day."""
    from shutil import rmtree  # wanted only where something changed

    for path in folder.glob(f"{_PREFIX}*"):
        if path.stat().st_mtime < time.time() - _DAY:
            rmtree(path, ignore_errors=True)


def _write(part: FunctionPart | LayerPart, path: Path, watch: Watch) -> int:
    """Write a zip; how many bytes it unzips to."""
    match part:
        case FunctionPart():
            members = function_members(part)
            write(path, members)
        case LayerPart():
            what = f"the layer {part.title} for {part.target.label}"
            watch(what, "")
            members = layer_members(part, path.with_suffix(".wheels"), partial(watch, what))
            write(path, members)
            if part.target.host:
                check_imports(part, path, path.with_suffix(".unzipped"), partial(watch, what))
    return sum(member.size for member in members)


def _check_limit(wanted: Parts, sizes: Mapping[str, int]) -> None:
    for part in reversed(wanted.every):  # a layer that is too large alone, before those who use it
        size = sizes[part.asset.key]
        layer = part.layer if isinstance(part, FunctionPart) else None
        both = size + (sizes[layer.asset.key] if layer else 0)
        if both > _LIMIT:
            which = f", {size:,} of them without {layer.title}" if layer else ""
            raise AssetError(
                f"{part.where} unzips to {both:,} bytes{which}; Lambda takes {_LIMIT:,} of a function and its layer",
                hint="leave out packages that the functions can do without",
            )

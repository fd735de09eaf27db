"""The zip of a layer: what its requirements ask for, and what its folder holds, below python/."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from ecinfra.assets import HOST_REQUIREMENTS, REQUIREMENTS
from ecinfra.bundle.archive import Member, stored
from ecinfra.bundle.parts import LayerPart
from ecinfra.bundle.pip import download
from ecinfra.bundle.process import run
from ecinfra.bundle.wheels import check_tags, members
from ecinfra.errors import AssetError

_TOP = "python/"  # Lambda puts a layer into /opt, and /opt/python on the path
_MODULE = re.compile(r"python/([A-Za-z_]\w*)(?:/__init__\.py|\.py|\.[\w.-]*so)")
_IMPORT = """\
import importlib, sys
sys.path.insert(0, sys.argv[1])
for name in sys.argv[2:]:
    try:
        importlib.import_module(name)
    except BaseException as error:
        sys.exit(f"{name} cannot be imported: {type(error).__name__}: {error}")
"""


def layer_members(part: LayerPart, wheels: Path, watch: Callable[[str], None]) -> list[Member]:
    """The files of a layer's zip; its wheels are downloaded to a folder, and read when the zip is written."""
    requirements = {REQUIREMENTS, HOST_REQUIREMENTS}
    files = [Path(source.path) for source in part.asset.sources if source.name in requirements]
    found: dict[str, tuple[str, Member]] = {}
    own = [stored(source.name, source.content()) for source in part.asset.sources if source.name not in requirements]
    _merge(found, part.asset.folder.name, own)
    if files:
        for wheel in download(files, part.target, wheels, watch):
            check_tags(wheel, part.target)
            _merge(found, wheel.name, members(wheel, part.target))
    return [member for _, member in found.values()]


def check_imports(part: LayerPart, archive: Path, folder: Path, watch: Callable[[str], None]) -> None:
    """Import all that a layer for this machine holds, alone: what only ecinfra's own surroundings have is not there."""
    from zipfile import ZipFile  # wanted by new layers only

    with ZipFile(archive) as content:
        content.extractall(folder)
        found = {match[1] for name in content.namelist() if (match := _MODULE.fullmatch(name))}
    # our own modules may ask for what only the functions are told
    modules = sorted(found - {source.name.partition("/")[0].removesuffix(".py") for source in part.asset.sources})
    watch(f"importing {len(modules)} modules")
    alone = [sys.executable, "-I", "-S", "-B", "-c", _IMPORT, os.fspath(folder / "python"), *modules]
    code, said = run(alone)
    if code:
        raise AssetError(f"the layer at {part.asset.folder} does not work on this machine: {said[-1]}")


def _merge(found: dict[str, tuple[str, Member]], origin: str, more: Iterable[Member]) -> None:
    """Add files below python/; two of one name must be the same."""
    for member in more:
        name = _TOP + member.name
        other, known = found.setdefault(name, (origin, member._replace(name=name)))
        if (known.size, known.crc) != (member.size, member.crc):
            raise AssetError(f"{other} and {origin} both hold {member.name}, and not the same")

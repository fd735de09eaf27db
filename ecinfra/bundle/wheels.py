"""Wheels as members of an archive: as they were compressed, without what only an installer wants."""

from __future__ import annotations

import stat
import struct
from collections.abc import Iterator
from functools import partial
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

from ecinfra.assets import escapes, ignored
from ecinfra.bundle.archive import DEFLATED, STORED, Member, stored
from ecinfra.bundle.target import Target
from ecinfra.errors import AssetError

if TYPE_CHECKING:
    from zipfile import ZipFile, ZipInfo

_ELF = b"\x7fELF"
_MACHINE = struct.Struct("<18xH")
_LOCAL_HEADER = 30
_LENGTHS = struct.Struct("<26xHH")
_ENCRYPTED = 0x1
_RECORDS = frozenset({"RECORD", "RECORD.jws", "RECORD.p7s", "INSTALLER", "REQUESTED", "direct_url.json"})
_LIBRARIES = frozenset({"purelib", "platlib"})
_PROGRAMS = (".exe", ".dll", ".pyd")  # of Windows: some wheels for all systems bring them along


def check_tags(wheel: Path, target: Target) -> None:
    """Refuse what is no wheel, and a wheel that is for another runtime or another machine."""
    parts = wheel.name.removesuffix(".whl").split("-")
    if wheel.suffix != ".whl" or len(parts) not in (5, 6):
        raise AssetError(f"{wheel.name} is not a wheel; a layer holds nothing else")
    if target.tags is not None and target.tags.isdisjoint(
        "-".join(tag) for tag in product(*(part.split(".") for part in parts[-3:]))
    ):
        raise AssetError(f"{wheel.name} does not fit {target.label}")


def members(wheel: Path, target: Target) -> Iterator[Member]:
    """The files of a wheel that belong into a layer, under the names that they have when installed."""
    from zipfile import BadZipFile, ZipFile  # wanted by new layers only

    try:
        with ZipFile(wheel) as archive:
            for info in archive.infolist():
                _check(info, wheel)
                name = _installed(info.filename)
                if name and not info.is_dir():
                    _check_machine(archive, info, wheel, target)
                    yield _member(name, archive, info, wheel)
    except BadZipFile as error:
        raise AssetError(f"{wheel.name} is damaged: {error}") from error


def _installed(name: str) -> str | None:
    """Where a file of a wheel is installed; nowhere, where a layer has no use for it."""
    parts = name.split("/")
    if parts[0].endswith(".data"):
        if len(parts) < 3 or parts[1] not in _LIBRARIES:
            return None
        parts = parts[2:]
    if parts[0].endswith(".dist-info") and parts[-1] in _RECORDS and len(parts) == 2:
        return None
    if name.endswith(_PROGRAMS) or any(ignored(part) for part in parts):
        return None
    return "/".join(parts)


def _check(info: ZipInfo, wheel: Path) -> None:
    name = info.orig_filename.removesuffix("/")
    if escapes(name):
        raise AssetError(f"{wheel.name} holds {name!r}, which would be extracted elsewhere")
    kind = stat.S_IFMT(info.external_attr >> 16)
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise AssetError(f"{wheel.name} holds {name!r}, which is neither a file nor a folder")
    if info.flag_bits & _ENCRYPTED:
        raise AssetError(f"{wheel.name} holds {name!r}, which is encrypted")


def _check_machine(archive: ZipFile, info: ZipInfo, wheel: Path, target: Target) -> None:
    """Refuse machine code of another machine."""
    if target.machine is None:
        return
    with archive.open(info) as file:
        head = file.read(_MACHINE.size)
    if head.startswith(_ELF) and (len(head) < _MACHINE.size or _MACHINE.unpack(head)[0] != target.machine):
        raise AssetError(f"{wheel.name} holds {info.filename}, machine code that does not run on {target.label}")


def _member(name: str, archive: ZipFile, info: ZipInfo, wheel: Path) -> Member:
    if info.compress_type not in (STORED, DEFLATED):
        return stored(name, archive.read(info))
    raw = partial(_raw, wheel, info.header_offset, info.compress_size)
    return Member(name, info.file_size, info.compress_size, info.CRC, info.compress_type, raw)


def _raw(wheel: Path, offset: int, size: int) -> bytes:
    """The content of a file as it lies in the archive, behind a header that says how long it is itself."""
    with wheel.open("rb") as file:
        file.seek(offset)
        name, extra = _LENGTHS.unpack(file.read(_LOCAL_HEADER))
        file.seek(name + extra, 1)
        return file.read(size)

"""Zip archives: the same members give the same bytes, whoever writes them, with whatever version of zlib.

Nothing is compressed here. What comes from a wheel stays as the wheel's author compressed it, and sources are stored.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import NamedTuple

from ecinfra.errors import AssetError

STORED = 0
DEFLATED = 8

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_VERSION = 20
_UNIX = 3
_UTF8 = 0x800
_FIRST_OF_1980 = 0x21  # no earlier day can be written
_MODE = 0o100644 << 16  # a file that everybody may read
_MOST_MEMBERS = 0xFFFF


class Member(NamedTuple):
    """A file of an archive; `raw` gives its content as it is written: stored or deflated."""

    name: str
    size: int
    packed: int
    crc: int
    method: int
    raw: Callable[[], bytes]


def stored(name: str, content: bytes) -> Member:
    """A file that is written as it is."""
    return Member(name, len(content), len(content), zlib.crc32(content), STORED, partial(bytes, content))


def write(path: Path, members: Iterable[Member]) -> None:
    """Write an archive: in the order of names, with one date and one mode for all."""
    ordered = sorted(members, key=lambda member: member.name.encode())
    if len(ordered) > _MOST_MEMBERS:
        raise AssetError(f"{path.name} would hold {len(ordered):,} files, and a zip holds {_MOST_MEMBERS:,} at most")
    directory = bytearray()
    with path.open("wb") as file:
        for member in ordered:
            offset = file.tell()
            name = member.name.encode()
            said = (
                0 if name.isascii() else _UTF8,
                member.method,
                0,
                _FIRST_OF_1980,
                member.crc,
                member.packed,
                member.size,
                len(name),
            )
            file.write(_LOCAL.pack(b"PK\3\4", _VERSION, *said, 0) + name)
            file.write(member.raw())
            directory += _CENTRAL.pack(b"PK\1\2", _UNIX << 8 | _VERSION, _VERSION, *said, 0, 0, 0, 0, _MODE, offset)
            directory += name
        end = file.tell()
        file.write(directory)
        file.write(_END.pack(b"PK\5\6", 0, 0, len(ordered), len(ordered), len(directory), end, 0))


def unpacked(path: Path) -> int | None:
    """How many bytes an archive unzips to; nothing where it is no whole archive."""
    from zipfile import BadZipFile, ZipFile  # wanted only where something changed

    try:
        with ZipFile(path) as archive:
            return sum(info.file_size for info in archive.infolist())
    except (BadZipFile, FileNotFoundError):
        return None

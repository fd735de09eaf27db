"""Requirements of a layer: each pinned to one version, with the hashes of its files, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from ecinfra.assets import read
from ecinfra.errors import AssetError, Place

_COMMENT = re.compile(r"(?:^|\s)#.*")
_PINNED = re.compile(r"([A-Za-z0-9][A-Za-z0-9._-]*)(?:\s*\[[^\]]*\])?\s*==\s*[A-Za-z0-9][A-Za-z0-9.!+_-]*")
_HASH = re.compile(r"\s--hash=sha(?:256|384|512):[0-9a-f]+(?=\s|$)")
_HOW = "a layer is built of name==version --hash=sha256:..., as pip-compile --generate-hashes writes it"


def names(file: Path) -> list[str]:
    """The packages that a file of requirements asks for."""
    found = []
    for number, line in _lines(read(str(file)).decode("utf-8-sig", "replace")):
        said = _HASH.sub("", line).strip()
        place = Place(str(file), number)
        if said.startswith("-"):
            raise AssetError(f"'{said}' is an option of pip, not a package", place=place, hint=_HOW)
        if ";" in said:
            raise AssetError(
                f"'{said}' has a condition, which would ask the machine that builds", place=place, hint=_HOW
            )
        pinned = _PINNED.fullmatch(said)
        if not pinned:
            raise AssetError(f"'{said}' is not pinned to one version", place=place, hint=_HOW)
        if not _HASH.search(line):
            raise AssetError(f"'{said}' has no hash", place=place, hint=_HOW)
        found.append(pinned[1])
    return found


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Each requirement as one line, with the number of its first; a backslash continues a line."""
    first, parts = 0, list[str]()
    for number, line in enumerate([*text.splitlines(), ""], 1):
        bare = _COMMENT.sub("", line).rstrip()
        first = first if parts else number
        parts.append(bare.removesuffix("\\"))
        if not bare.endswith("\\"):
            whole = " ".join(parts).strip()
            parts = []
            if whole:
                yield first, whole

"""Sources that become artifacts: addressed by the hash of their content, built or not."""

from __future__ import annotations

import hashlib
import os
import re
import sys
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from ecinfra.errors import AssetError, users_line
from ecinfra.frozen import frozen

HOST = "host"
REQUIREMENTS = "requirements.txt"
HOST_REQUIREMENTS = "requirements-host.txt"

_WAY = "1"  # how artifacts are built: another way makes other artifacts of the same sources
_FUNCTION = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
_UNSAFE = re.compile(r"\A/|\A[A-Za-z]:|\\|[\x00-\x1f\x7f\ud800-\udfff]|(?:\A|/)\.{0,2}(?:/|\Z)")
_IGNORED = frozenset(
    {
        ".DS_Store",
        ".git",
        ".hypothesis",
        ".mypy_cache",
        ".pytest_cache",
        ".ruff_cache",
        "Thumbs.db",
        "__pycache__",
    }
)
_IGNORED_ENDINGS = (".pyc", ".pyo", ".swp", "~")


class Source(NamedTuple):
    """A file of an asset: its name below the folder, where it is, and the hash of its content."""

    name: str
    path: str
    digest: str

    def content(self) -> bytes:
        """What was hashed; an error, where it is no longer there."""
        content = read(self.path)
        if hashlib.sha256(content).hexdigest() != self.digest:
            raise AssetError(f"{self.path} changed after it was hashed", hint="do it again")
        return content


@frozen
class Asset:
    """A folder of sources, and what else its artifact depends on (a runtime, an architecture).

    What is `left_out` are names at the top of the folder that are no part of it.
    """

    folder: Path
    circumstances: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """Every file that is part of its content, in one order everywhere."""
        found = (each for each in _files(self.folder) if each[0] not in self.left_out)
        return tuple(
            Source(name, path, hashlib.sha256(read(path)).hexdigest())
            for name, path in sorted(found, key=lambda each: each[0].encode())
        )

    @cached_property
    def digest(self) -> str:
        """The hash of every file's name and content, and of the circumstances."""
        said = [_WAY, *self.circumstances, *(f"{source.name}\0{source.digest}" for source in self.sources)]
        return hashlib.sha256("\0\0".join(said).encode()).hexdigest()[:32]

    @property
    def key(self) -> str:
        """Where the artifact lies in its bucket."""
        try:
            return f"code/{self.folder.name}-{self.digest}.zip"
        except AssetError as error:
            raise AssetError(error.message, place=users_line(), hint=error.hint) from error


@frozen
class Handlers:
    """The Lambda sources of a system: one folder a function, and `layer` for what they share."""

    folder: Path

    def handler(self, name: str) -> Asset:
        """The sources of one function."""
        if not _FUNCTION.fullmatch(name):
            raise AssetError(
                f"'{name}' cannot be the folder of a function",
                place=users_line(),
                hint="letters, digits, hyphens and underscores: a folder of that name stands beside the others",
            )
        return Asset(self.folder / name)

    def layer(self, *circumstances: str) -> Asset:
        """The sources of the shared layer, for what it is built for: a runtime and an architecture, or "host".

        The host is the interpreter that asks. What only it needs, because Lambda brings it along, is in
        requirements-host.txt.
        """
        if circumstances == (HOST,):
            return Asset(self.folder / "layer", (HOST, *_host()), ("requirements.in",))
        return Asset(self.folder / "layer", circumstances, ("requirements.in", HOST_REQUIREMENTS))


def read(path: str) -> bytes:
    """The content of a source."""
    try:
        with open(path, "rb") as file:  # noqa: PTH123 - Path.open takes longer, and every render reads every source
            return file.read()
    except OSError as error:
        raise AssetError(f"cannot read {path}: {(error.strerror or str(error)).lower()}") from error


def escapes(name: str) -> bool:
    """Whether a name in an archive could lead out of the folder that it is extracted to, anywhere."""
    return _UNSAFE.search(name) is not None


def ignored(name: str) -> bool:
    """Whether a file or a folder is what tools leave behind, not a source."""
    return name in _IGNORED or name.endswith(_IGNORED_ENDINGS)


def _host() -> tuple[str, ...]:
    """What extension modules of this interpreter are called, and the machine it runs on."""
    import platform  # only the host's layer asks
    from importlib.machinery import EXTENSION_SUFFIXES

    return EXTENSION_SUFFIXES[0], f"{sys.platform}-{platform.machine()}"


def _files(folder: Path) -> Iterator[tuple[str, str]]:
    """The name and the path of every file below a folder; links that stay inside it stand for what they lead to."""
    if not folder.is_dir():
        raise AssetError(
            f"there are no sources at {folder}",
            hint="a function's code=...handler(name) wants a folder of that name, with handler.py in it",
        )
    if escapes(folder.name):
        raise AssetError(f"'{folder}' does not say what the folder is called", hint="write it without . and ..")
    root = os.path.realpath(folder)
    if folder.is_symlink():
        _check_link(os.fspath(folder), os.fspath(folder.absolute().parent))
    waiting: list[tuple[str, str, tuple[str, ...]]] = [(os.fspath(folder), "", (root,))]
    while waiting:
        here, prefix, above = waiting.pop()
        for entry in _entries(here):
            name = prefix + entry.name
            if escapes(name):
                raise AssetError(f"{entry.path!r} has a name that cannot be extracted everywhere", hint="rename it")
            link = entry.is_symlink()
            real = _check_link(entry.path, root) if link else f"{above[-1]}{os.sep}{entry.name}"
            if entry.is_dir():
                if link and real in above:
                    raise AssetError(f"{entry.path} is a link to a folder around it", hint="remove it")
                waiting.append((entry.path, f"{name}/", (*above, real)))
            elif entry.is_file():
                yield name, entry.path
            else:
                raise AssetError(f"{entry.path} is neither a file nor a folder; an asset holds nothing else")


def _entries(folder: str) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return [entry for entry in entries if not ignored(entry.name)]
    except OSError as error:
        raise AssetError(f"cannot read {folder}: {(error.strerror or str(error)).lower()}") from error


def _check_link(path: str, root: str) -> str:
    """What a link leads to, which must be there and not be outside."""
    real = Path(os.path.realpath(path))  # Path.resolve raises where links go round in circles
    said = f"{path} is a link to {Path(path).readlink()}"
    if not real.exists():
        raise AssetError(f"{said}, and that is not there", hint="mend it, or remove it")
    if not real.is_relative_to(os.path.realpath(root)):
        raise AssetError(f"{said}, outside of {root}", hint="an asset holds what is in its folder: put a copy there")
    return os.fspath(real)

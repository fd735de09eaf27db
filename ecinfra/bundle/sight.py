"""What a bundle was made from, and a stamp that is another one as soon as any of it changes.

An app is a function of the files that define it: the project's templates, the modules that they import, and what lies
beside the sources. They, the sources and the artifacts are known by their names, sizes, times and inodes.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import ecinfra
from ecinfra.assets import ignored

_TEMPLATES = "templates"
_WRITTEN = frozenset({"build", ".ecinfra"})  # by commands: they may lie beside the sources


class Sight(NamedTuple):
    """Folders with all below them, folders by themselves, and single files."""

    trees: tuple[str, ...]
    folders: tuple[str, ...]
    files: tuple[str, ...]


def sight(project: Path, sources: Iterable[Path]) -> Sight:
    """What decides what an app wants bundled, and what is in it: asked when its templates have been imported."""
    folders = set(sources)
    library = os.path.dirname(os.__file__) + os.sep  # noqa: PTH120 - of some hundred strings
    files = {str(module.__file__) for module in list(sys.modules.values()) if getattr(module, "__file__", None)}
    return Sight(
        tuple(sorted(map(str, {project / _TEMPLATES, *folders}))),
        tuple(sorted({str(folder.parent) for folder in folders})),
        tuple(sorted(file for file in files if not file.startswith(library) or "site-packages" in file)),
    )


def stamp(seen: Sight, artifacts: Iterable[Path]) -> tuple[str, int]:
    """The stamp of what was seen and of what was made of it, and when the former changed the last time."""
    here = (sys.version, sys.prefix, os.environ.get("PYTHONPATH", ""), str(ecinfra.__file__))
    digest = hashlib.sha256("\0".join(here).encode())
    newest = 0
    for path, status in _entries(seen):
        if status is None:
            said = f"{path}\0"
        else:
            newest = max(newest, status.st_ctime_ns, status.st_mtime_ns)
            said = f"{path}\0{status.st_size} {status.st_mtime_ns} {status.st_ctime_ns} {status.st_ino}"
        digest.update(said.encode("utf-8", "surrogateescape"))
    for artifact in artifacts:
        made = artifact.stat()
        digest.update(f"{artifact}\0{made.st_size} {made.st_mtime_ns}".encode("utf-8", "surrogateescape"))
    return digest.hexdigest(), newest


def _entries(seen: Sight) -> Iterator[tuple[str, os.stat_result | None]]:
    """Every file, with what is known of it: nothing, where it is not there."""
    waiting = [*seen.trees]
    while waiting:
        for entry in _listed(waiting.pop()):
            if entry.is_dir(follow_symlinks=False):
                waiting.append(entry.path)
            else:
                yield from _known(entry)
    for folder in seen.folders:
        for entry in _listed(folder):
            if entry.is_dir(follow_symlinks=False):
                if entry.name not in _WRITTEN:
                    yield entry.path, None
            else:
                yield from _known(entry)
    for file in seen.files:
        try:
            yield file, os.stat(file)  # noqa: PTH116 - of some hundred files
        except OSError:
            yield file, None


def _known(entry: os.DirEntry[str]) -> Iterator[tuple[str, os.stat_result | None]]:
    """A file; of a link, itself and what it leads to."""
    yield entry.path, entry.stat(follow_symlinks=False)
    if entry.is_symlink():
        try:
            yield entry.path, entry.stat()
        except OSError:
            yield entry.path, None


def _listed(folder: str) -> list[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        return sorted((entry for entry in entries if not ignored(entry.name)), key=lambda entry: entry.name)

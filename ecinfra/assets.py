"""Sources that become artifacts: addressed by the hash of their content, built or not."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from ecinfra.errors import AssetError

_IGNORED = frozenset({"__pycache__", ".mypy_cache", ".ruff_cache", ".pytest_cache", ".DS_Store"})


@dataclass(frozen=True)
class Asset:
    """A folder of sources, and what else its artifact depends on (a runtime, an architecture)."""

    folder: Path
    circumstances: tuple[str, ...] = ()

    @cached_property
    def digest(self) -> str:
        """The hash of every file's name and content, and of the circumstances."""
        digest = hashlib.sha256("\0".join(self.circumstances).encode())
        for path in files(self.folder):
            name = path.relative_to(self.folder).as_posix()
            content = path.read_bytes()
            digest.update(f"\0{name}\0{len(content)}\0".encode())
            digest.update(content)
        return digest.hexdigest()[:32]

    @property
    def key(self) -> str:
        """Where the artifact lies in its bucket."""
        return f"code/{self.folder.name}-{self.digest}.zip"


@dataclass(frozen=True)
class Handlers:
    """The Lambda sources of a system: one folder a function, and `layer` for what they share."""

    folder: Path

    def handler(self, name: str) -> Asset:
        """The sources of one function."""
        return Asset(self.folder / name)

    def layer(self, *circumstances: str) -> Asset:
        """The sources of the shared layer, for what it is built for: a runtime and an architecture, or a host."""
        return Asset(self.folder / "layer", circumstances)


def files(folder: Path) -> list[Path]:
    """Every file below a folder that is part of its content, in one order everywhere."""
    if not folder.is_dir():
        raise AssetError(
            f"there are no sources at {folder}",
            hint="code=handlers.handler(name) wants a folder of that name",
        )
    found: list[Path] = []
    waiting = [folder]
    while waiting:
        for path in waiting.pop().iterdir():
            if path.name in _IGNORED or path.suffix == ".pyc":
                continue
            if path.is_symlink() or not (path.is_dir() or path.is_file()):
                raise AssetError(f"{path} is neither a file nor a folder; an asset holds nothing else")
            (waiting if path.is_dir() else found).append(path)
    return sorted(found, key=lambda path: path.relative_to(folder).as_posix())

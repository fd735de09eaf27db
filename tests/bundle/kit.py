"""Sources, wheels and apps to bundle."""

from __future__ import annotations

import hashlib
import struct
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from ecinfra import App
from ecinfra.assets import Handlers
from ecinfra.constructs import Function, Layer

HANDLER = "def handler(event, context):\n    return event\n"


@dataclass(frozen=True)
class Settings:
    environment: str = "dev"
    region: str = "eu-west-1"


def write(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write files below a folder, and return it."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def app(sources: Path, *names: str, layer: tuple[str, ...] = (), entry: str = "") -> App:
    """An app of functions called after their folders, over a layer for what is named."""
    handlers = Handlers(sources)
    made = App("Shop", Settings())
    back = made.stack("Back")
    shared = back.add(Layer("Shared", handlers.layer(*layer))) if layer else None
    for name in names:
        back.add(
            Function(
                name.title().replace("_", ""),
                handlers.handler(name),
                entry or f"{name}.handler.handler",
                layer=shared,
            )
        )
    return made


def elf(machine: int) -> bytes:
    """The first bytes of a file of machine code."""
    return b"\x7fELF\x02\x01\x01" + bytes(11) + struct.pack("<H", machine) + bytes(40)


def wheel(
    folder: Path, name: str, files: Mapping[str, str | bytes], *, tag: str = "py3-none-any", needs: str = ""
) -> str:
    """Write a wheel of version 1.0 into a folder; the line that requires it."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}-1.0-{tag}.whl"
    about = f"{name}-1.0.dist-info"
    wanted = f"Requires-Dist: {needs}\n" if needs else ""
    every = {
        **files,
        f"{about}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n{wanted}",
        f"{about}/WHEEL": f"Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: {tag}\n",
        f"{about}/RECORD": "",
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry, content in every.items():
            archive.writestr(entry, content)
    return f"{name}==1.0 --hash=sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}\n"


def contents(path: Path) -> dict[str, bytes]:
    """The files of a zip."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zips(folder: Path) -> list[str]:
    """Everything in a folder, by name without the hash."""
    return sorted(path.name.rpartition("-")[0] or path.name for path in folder.iterdir()) if folder.is_dir() else []


def offer(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let pip find the wheels of a folder, and no others."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, value in {"CONFIG_FILE": "/dev/null", "NO_INDEX": "1", "FIND_LINKS": str(folder)}.items():
        monkeypatch.setenv(f"PIP_{name}", value)
    monkeypatch.delenv("PIP_INDEX_URL", raising=False)
    monkeypatch.delenv("PIP_EXTRA_INDEX_URL", raising=False)
    return folder

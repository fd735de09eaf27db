"""pip, in a process of its own: it finds wheels, and checks their hashes."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from ecinfra.bundle.process import run
from ecinfra.bundle.requirements import names
from ecinfra.bundle.target import Target
from ecinfra.errors import AssetError

_TAKEN = re.compile(r"(?:Collecting|Processing) (?:\S*/)?([A-Za-z0-9_.]+(?:-(?!\d)[A-Za-z0-9_.]+)*)")
_ERROR = "ERROR: "
_OTHER_HASH = "DO NOT MATCH THE HASHES"
_NOT_LISTED = "In --require-hashes mode"
_NO_PIP = "No module named pip"


def download(files: Sequence[Path], target: Target, folder: Path, watch: Callable[[str], None]) -> list[Path]:
    """Download the wheels of all that the requirements ask for, and of nothing else, into a new folder."""
    count = sum(len(names(file)) for file in files)
    command = [sys.executable, "-P", "-m", "pip", "download", "--require-hashes", "--only-binary=:all:"]
    command += ["--no-input", "--disable-pip-version-check", "--progress-bar=off", *target.options]
    command += [f"--dest={folder}", *(f"--requirement={file}" for file in files)]
    folder.mkdir()
    taken = 0

    def follow(line: str) -> None:
        nonlocal taken
        if match := _TAKEN.match(line):
            taken += 1
            watch(f"{match[1]}, {taken} of {count}")

    code, said = run(command, follow)
    if code:
        raise _failure(said, files[0].parent, target)
    return sorted(folder.iterdir())


def _failure(said: Sequence[str], folder: Path, target: Target) -> AssetError:
    """What pip's last error means."""
    lines = [number for number, line in enumerate(said) if line.startswith(_ERROR)]
    last = said[lines[-1]].removeprefix(_ERROR) if lines else next(reversed(said), "pip said nothing")
    package = said[lines[-1] + 1].strip().partition(" from ")[0] if lines and said[lines[-1] + 1 :] else ""
    if _OTHER_HASH in last:
        reason = f"{package} does not have the hash that the requirements pin"
        hint = "somebody may have changed it where pip finds it: look before you pin another hash"
    elif _NOT_LISTED in last:
        reason = f"{package} is wanted by another package, and is not pinned itself"
        hint = "pip-compile --generate-hashes writes requirements with all that they want"
    elif _NO_PIP in last:
        reason, hint = f"{sys.executable} has no pip", "python -m ensurepip installs it"
    else:
        reason, hint = last, f"pip needs its index within reach, and there a wheel that fits {target.label}"
    return AssetError(f"the layer at {folder} cannot be built for {target.label}: {reason}", hint=hint)

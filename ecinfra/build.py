"""Files that appear whole or not at all, and the record of what was written."""

from __future__ import annotations

import errno
import hashlib
import os
import re
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from ecinfra.app import ROOT
from ecinfra.errors import ProjectError

_RECORDED = re.compile(r"([0-9a-f]{64})  ([A-Za-z][A-Za-z0-9-]*/[A-Za-z][A-Za-z0-9]*\.(?:json|yaml))")

_STAGING = re.compile(r"\.ecinfra-([0-9]+)")


def write(folder: Path, texts: Mapping[str, str]) -> None:
    """Write files below a folder, in the order given; where one of them cannot be written, none is.

    A file that says the same already is not touched.
    """
    contents = {name: text.encode() for name, text in texts.items()}
    contents = {name: content for name, content in contents.items() if not _says(folder / name, content)}
    if not contents:
        return
    staging = folder / f".ecinfra-{os.getpid()}"
    target = folder
    try:
        for name in contents:
            target = folder / name
            _prepare(target)
        _sweep(folder)
        staging.mkdir()
        for number, (name, content) in enumerate(contents.items()):
            target = folder / name
            (staging / str(number)).write_bytes(content)
        for number, name in enumerate(contents):
            target = folder / name
            (staging / str(number)).replace(target)
    except OSError as error:
        raise ProjectError(f"cannot write {target}: {_reason(error)}") from error
    finally:
        _discard(staging)


def _says(path: Path, content: bytes) -> bool:
    try:
        return path.stat().st_size == len(content) and path.read_bytes() == content
    except OSError:
        return False


def renew(folder: Path, record: str, texts: Mapping[str, str], *, whole: bool) -> list[Path]:
    """Write templates below a folder, and remove those of an earlier time that no longer exist.

    `whole` says that there are no others. What goes is on record, and is still as it was written; what somebody has
    changed since stays, and is returned.
    """
    known = _read(folder / record)
    stale = {name: digest for name, digest in known.items() if name not in texts and (whole or _twin(name, texts))}
    written = {name: hashlib.sha256(text.encode()).hexdigest() for name, text in texts.items()}
    now = {name: digest for name, digest in {**known, **written}.items() if name not in stale}
    lines = "".join(f"{digest}  {name}\n" for name, digest in now.items())
    # the record goes first, so that nothing is ever there that it does not know; a root, after what it addresses
    write(folder, {record: lines, **dict(sorted(texts.items(), key=lambda item: Path(item[0]).stem == ROOT))})
    return [folder / name for name, digest in stale.items() if not _remove(folder / name, digest)]


def _read(record: Path) -> dict[str, str]:
    """What an earlier time has written: the hash of each file."""
    try:
        lines = record.read_text(encoding="utf-8", errors="replace").splitlines()
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise ProjectError(f"cannot read {record}: {_reason(error)}") from error
    entries = (_RECORDED.fullmatch(line) for line in lines)
    return {entry[2]: entry[1] for entry in entries if entry}


def _twin(name: str, texts: Mapping[str, str]) -> bool:
    """Whether a template is written now in another format."""
    return any(name.rpartition(".")[0] == other.rpartition(".")[0] for other in texts)


def _remove(path: Path, digest: str) -> bool:
    """Remove a file that is still as it was written, and its folder with the last one."""
    try:
        if hashlib.sha256(path.read_bytes()).hexdigest() != digest:
            return False
        path.unlink()
    except (FileNotFoundError, NotADirectoryError):
        return True
    except IsADirectoryError:
        return False
    except OSError as error:
        raise ProjectError(f"cannot remove {path}, which no longer belongs there: {_reason(error)}") from error
    with suppress(OSError):  # others live in it
        path.parent.rmdir()
    return True


def _prepare(target: Path) -> None:
    """Make the folder of a file, and see that the file can be put there."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if not os.access(target.parent, os.W_OK | os.X_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))


def _sweep(folder: Path) -> None:
    """Remove what processes left behind that were killed while they wrote."""
    with os.scandir(folder) as entries:
        found = [(entry.path, _STAGING.fullmatch(entry.name)) for entry in entries]
    for path, staging in found:
        if staging and not _lives(int(staging[1])):
            _discard(Path(path))


def _lives(process: int) -> bool:
    """Whether a number is that of another process; this one has left nothing behind."""
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:  # it is somebody else's
        return True
    return process != os.getpid()


def _discard(staging: Path) -> None:
    """Remove a folder of files on their way, and of nothing else."""
    if staging.is_symlink():
        return
    with suppress(OSError):
        for path in staging.iterdir():
            if path.name.isdecimal():
                path.unlink()
        staging.rmdir()


def _reason(error: OSError) -> str:
    return (error.strerror or str(error)).lower()

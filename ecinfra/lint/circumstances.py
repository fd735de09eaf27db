"""All that decides what lint finds, except the templates: releases, schemas, rules, and the day."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterator
from datetime import date
from importlib.util import find_spec
from pathlib import Path

from ecinfra.lint.cloudformation import ARGUMENTS


def circumstances() -> str:
    """A hash of them. The day counts: cfn-lint knows when Lambda's runtimes end."""
    digest = hashlib.sha256()
    today = date.today()  # noqa: DTZ011 - cfn-lint asks for the local day too
    for part in (sys.version, today.isoformat(), *ARGUMENTS, cfn_lint_release()):
        digest.update(f"{part}\0".encode())
    for path in (*_schemas(), *_rules()):
        digest.update(path.read_bytes() if path.is_file() else b"\0")
    return digest.hexdigest()


def cfn_lint_release() -> str:
    """The installed release of cfn-lint, told without importing it."""
    for folder in _package().parent.glob("cfn_lint-*.dist-info"):
        return folder.name.removeprefix("cfn_lint-").removesuffix(".dist-info")
    from importlib.metadata import version  # installed in a way of its own

    return version("cfn-lint")


def _package() -> Path:
    spec = find_spec("cfnlint")
    assert spec is not None and spec.origin is not None
    return Path(spec.origin).parent


def _schemas() -> Iterator[Path]:
    """What says how old the schemas are: those that cfn-lint brings, and those that its user has fetched since."""
    yield _package() / "data" / "schemas" / "version.json"
    caches = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    fetched = [Path(caches), Path.home() / "Library" / "Caches", Path(os.environ.get("LOCALAPPDATA") or caches)]
    yield from (folder / "aws" / "cfn-lint" / "schemas" / "version.json" for folder in fetched)


def _rules() -> Iterator[Path]:
    """The sources of ours."""
    here = Path(__file__).parent
    yield from sorted(here.rglob("*.py"))
    yield here.parent / "data" / "rules.json"

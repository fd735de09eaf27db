from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from ecinfra.cli import main
from tests.projects import other_templates, write_project

Run = Callable[..., Result]


@pytest.fixture(autouse=True)
def _process() -> Iterator[None]:
    with other_templates():
        yield


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working directory."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def project(folder: Path) -> Path:
    """A project with one system of two stacks, as the working directory."""
    return write_project(folder)


@pytest.fixture
def run() -> Run:
    """Run a command as a shell would."""

    def run(*arguments: str) -> Result:
        return CliRunner().invoke(main, arguments, prog_name="ecinfra")

    return run

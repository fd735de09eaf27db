"""The package: what it exports, and a project outside this repository that uses the built wheel."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

import ecinfra

ROOT = Path(__file__).parents[1]
SETTINGS = """
from dataclasses import dataclass

@dataclass(frozen=True)
class Settings:
    environment: str
    region: str = "eu-west-1"

ENVIRONMENTS = {"local": Settings("local"), "prod": Settings("prod")}
"""
APP = """
from pathlib import Path

from troposphere import GetAtt, Ref, sns

from ecinfra import App
from ecinfra.assets import Handlers
from ecinfra.constructs import Function, Queue

def define(settings):
    app = App("Letters", settings)
    core = app.stack("Core")
    inbox = core.add(Queue("Inbox"))
    core.add(sns.Topic("News", DisplayName=GetAtt("Inbox", "QueueName")))
    back = app.stack("Back")
    code = Handlers(Path(__file__).parents[2] / "handlers" / "letters").handler("reader")
    back.add(
        Function(
            "Reader",
            code=code,
            handler="reader.handler.handler",
            on=[inbox.messages()],
            env={"NEWS": Ref("News")},
            timeout=5,
        )
    )
    back.output("ReaderArn", GetAtt("Reader", "Arn"))
    return app
"""


def test_everything_public_is_there() -> None:
    for name in ecinfra.__all__:
        assert hasattr(ecinfra, name)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel and a source archive, built from a copy without a network."""
    source = tmp_path_factory.mktemp("source")
    shutil.copytree(ROOT / "ecinfra", source / "ecinfra", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("setup.cfg", "pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    target = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(target), str(source)]
    subprocess.run(command, check=True, capture_output=True)
    return target


def test_the_archives_hold_the_types_the_data_and_the_scaffold(built: Path, tmp_path: Path) -> None:
    (archive,) = built.glob("*.tar.gz")
    with tarfile.open(archive) as content:
        names = {name.partition("/")[2] for name in content.getnames()}
    assert {"ecinfra/py.typed", "ecinfra/data/types.json", "LICENSE"} <= names
    (wheel,) = built.glob("*.whl")
    shutil.unpack_archive(wheel, tmp_path, "zip")
    packed = {path.relative_to(tmp_path / "ecinfra") for path in (tmp_path / "ecinfra").rglob("*") if path.is_file()}
    here = {
        path.relative_to(ROOT / "ecinfra")
        for path in (ROOT / "ecinfra").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert packed == here


def test_a_project_outside_renders_with_the_wheel_and_mixes_in_plain_troposphere(built: Path, tmp_path: Path) -> None:
    (wheel,) = built.glob("*.whl")
    site = tmp_path / "site"
    shutil.unpack_archive(wheel, site, "zip")
    project = tmp_path / "project"
    for name, text in {
        "templates/letters/settings.py": SETTINGS,
        "templates/letters/app.py": APP,
        "handlers/letters/reader/handler.py": "def handler(event, context):\n    return event\n",
    }.items():
        path = project / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    environment = {**os.environ, "PYTHONPATH": str(site)}
    where = subprocess.run(
        [sys.executable, "-P", "-c", "import ecinfra; print(ecinfra.__file__)"],
        cwd=project,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert Path(where.stdout.strip()).is_relative_to(site)
    made = subprocess.run(
        [sys.executable, "-P", "-m", "ecinfra", "render", "-e", "prod"],
        cwd=project,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, made.stderr
    back = json.loads((project / "build/letters/prod/Letters-prod/Back.json").read_text())
    assert back["Resources"]["ReaderOnInbox"]["Properties"]["EventSourceArn"] == {"Ref": "InboxGetArn"}
    assert back["Parameters"]["NewsRef"]["Type"] == "String"

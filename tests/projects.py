"""Small projects to work on, and a process that is afterwards as it was."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SETTINGS = """\
from dataclasses import dataclass


@dataclass(frozen=True)
class Settings:
    environment: str
    region: str = "eu-west-1"


ENVIRONMENTS = {name: Settings(name) for name in ("local", "dev", "prod")}
"""

APP = """\
from troposphere import GetAtt, sqs

from ecinfra import App


def define(settings):
    app = App("Shop", settings)
    mail = app.stack("Mail")
    mail.add(sqs.Queue("Inbox"))
    desk = app.stack("Desk")
    desk.add(sqs.Queue("Pile", RedriveAllowPolicy={"sourceQueueArns": [GetAtt("Inbox", "Arn")]}))
    return app
"""

REGIONS = """\
from troposphere import sqs

from ecinfra import App


def define(settings):
    app = App("Shop", settings)
    app.stack("Far", region="us-east-1").add(sqs.Queue("Pile"))
    app.stack("Mail").add(sqs.Queue("Inbox"))
    return app
"""


def write_project(folder: Path, system: str = "shop", *, app: str = APP, settings: str = SETTINGS) -> Path:
    """Write a system into a project, and return the project's folder."""
    package = folder / "templates" / system
    package.mkdir(parents=True, exist_ok=True)
    (package / "app.py").write_text(app, encoding="utf-8")
    (package / "settings.py").write_text(settings, encoding="utf-8")
    return folder


@contextmanager
def other_templates() -> Iterator[None]:
    """Let templates of other projects be imported, and forget them again."""
    path = list(sys.path)
    before = {name: module for name, module in sys.modules.items() if name.partition(".")[0] == "templates"}
    try:
        yield
    finally:
        sys.path[:] = path
        for name in [name for name in sys.modules if name.partition(".")[0] == "templates"]:
            del sys.modules[name]
        sys.modules.update(before)

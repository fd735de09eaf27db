"""cfn-lint, in this process: every rule, one template after the other, nothing loaded twice."""

from __future__ import annotations

import gc
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from ecinfra.lint.finding import Fault, Level, Rule
from ecinfra.render import Template

# What `cfn-lint` must be told to say the same: informational rules are off by default. Its experimental rules are
# about a vocabulary of metadata that AWS does not read, and stay off.
ARGUMENTS = ("--include-checks", "I")
_LEVELS = {"E": Level.ERROR, "W": Level.WARNING, "I": Level.NOTE}
# below that, no rule looks at a template's size
_NOTEWORTHY_BYTES = 500_000


@dataclass(frozen=True)
class Linter:
    """cfn-lint with its rules loaded, for one region."""

    rules: Any
    config: Any
    region: str

    def check(self, template: Template) -> list[Fault]:
        """What cfn-lint finds in a template; each thing once."""
        from cfnlint.decode.utils import convert_dict
        from cfnlint.template.template import Template as Subject

        body = convert_dict(json.loads(template.text))  # type: ignore[no-untyped-call]
        with _file(template) as name:
            subject = Subject(name, body, [self.region], [])
            matches = subject.transform() or self.rules.run(name, subject, self.config)
            faults = [
                Fault(_rule(match.rule), tuple(_plain(part) for part in getattr(match, "path", ())), match.message)
                for match in matches
            ]
        return list(dict.fromkeys(faults))


@contextmanager
def linters() -> Iterator[Any]:
    """Load cfn-lint, and hand out a function that gives the linter of a region."""
    with _uncollected():
        from cfnlint.config import ConfigMixIn
        from cfnlint.rules._rules import Rules

        from ecinfra.lint.shortcuts import take_shortcuts

        config = ConfigMixIn([], include_checks=[ARGUMENTS[1]])
        config.file_args = {}  # a .cfnlintrc could switch rules off
        rules = Rules.create_from_directory(config.append_rules[0])
        take_shortcuts(rules)
        yield lambda region: Linter(rules, config, region)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Leave garbage where it is: what cfn-lint makes by the million goes by itself, or lives until the end."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


@contextmanager
def _file(template: Template) -> Iterator[str | None]:
    """The name of a file with the template, where its size may matter: rules about size ask for one."""
    content = template.text.encode()
    if len(content) < _NOTEWORTHY_BYTES:
        yield None
        return
    with TemporaryDirectory() as folder:
        path = Path(folder) / "template.json"
        path.write_bytes(content)
        yield os.fspath(path)


def _rule(rule: Any) -> Rule:
    return Rule(rule.id, rule.shortdesc, _LEVELS[rule.id[0]], " ".join(rule.description.split()), rule.source_url)


def _plain(part: Any) -> str | int:
    """A step of a path, without the marks that cfn-lint puts on it."""
    return int(part) if isinstance(part, int) else str(part)

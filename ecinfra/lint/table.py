"""The rules of our own: what cfn-lint lets pass, and AWS or a night's sleep does not (data/rules.json)."""

from __future__ import annotations

import json
from pathlib import Path

from ecinfra.lint.finding import Level, Rule


def _table() -> dict[str, Rule]:
    text = (Path(__file__).parents[1] / "data" / "rules.json").read_text(encoding="utf-8")
    return {
        name: Rule(name, rule["name"], Level(rule["level"]), rule["description"], rule["source"])
        for name, rule in json.loads(text).items()
    }


RULES = _table()

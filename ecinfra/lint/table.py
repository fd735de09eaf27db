"""The rules of our own: what cfn-lint lets pass, and AWS or a night's sleep does not (data/rules.json)."""

from __future__ import annotations

import json
from pathlib import Path

from ecinfra.lint.finding import Level, Rule


def read(name: str) -> dict[str, Rule]:
    """The rules of a table, by their ids."""
    text = (Path(__file__).parents[1] / "data" / name).read_text(encoding="utf-8")
    return {
        number: Rule(number, rule["name"], Level(rule["level"]), rule["description"], rule["source"])
        for number, rule in json.loads(text).items()
    }


RULES = read("rules.json")

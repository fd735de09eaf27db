"""The templates of every environment, word for word, as they were reviewed.

What only says that sources changed (the keys of code) is masked. To take a change over after reviewing it:
`UPDATE_GOLDEN=1 scripts/test tests/everyonecook/test_golden.py`, then look at the difference in git.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from ecinfra.render import Template
from tests.everyonecook.rendered import ENVIRONMENTS, system

GOLDEN = Path(__file__).parents[1] / "golden" / "everyonecook"
_KEYS = re.compile(r"(code/[a-z_]+-|templates/)[0-9a-f]{32}")


def masked(template: Template) -> str:
    return _KEYS.sub(r"\1...", template.text)


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_the_templates_are_the_reviewed_ones(environment: str) -> None:
    folder = GOLDEN / environment
    made = {folder / template.path: masked(template) for template in system(environment).templates}
    if os.environ.get("UPDATE_GOLDEN"):
        for path in folder.rglob("*.json"):
            path.unlink()
        for path, text in made.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    assert set(folder.rglob("*.json")) == set(made)
    for path, text in made.items():
        assert path.read_text("utf-8") == text, path

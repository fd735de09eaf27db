"""Kinds of ingredients: a fixed few, whatever a model calls them."""

from __future__ import annotations

import json
from pathlib import Path

from kitchen.text import normalise

_SYNONYMS: dict[str, list[str]] = json.loads(Path(__file__).with_name("categories.json").read_text())
_NAMES = {name: name for name in _SYNONYMS} | {word: name for name, words in _SYNONYMS.items() for word in words}

CATEGORIES = tuple(_SYNONYMS)
DEFAULT = "condiments"


def category(said: str) -> str:
    """The category that a word stands for; condiments where it stands for none."""
    return _NAMES.get(normalise(said[:100]), DEFAULT)

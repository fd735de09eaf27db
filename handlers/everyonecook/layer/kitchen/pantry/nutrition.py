"""What is in food: tables for 100 g, and sums over ingredients. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

_TABLE: dict[str, Any] = json.loads(Path(__file__).with_name("nutrition.json").read_text())

Nutrition = dict[str, float]

NAMES: tuple[str, ...] = tuple(_TABLE["order"])
# Nothing edible has more of it in 100 g: fat has 900 kcal.
MOST = {name: 900.0 if name == "calories" else 100.0 for name in NAMES}


def _row(values: list[float]) -> Nutrition:
    return dict(zip(NAMES, map(float, values), strict=True))


DEFAULT = _row(_TABLE["default"])
NOTHING: Nutrition = dict.fromkeys(NAMES, 0.0)
_FOODS = {name: _row(values) for name, values in _TABLE["foods"].items()}
_PHRASES = {tuple(name.split("-")): name for name in _FOODS} | {
    tuple(word.split("-")): name for name, words in _TABLE["keywords"].items() for word in words
}
_LONGEST = max(map(len, _PHRASES))


def estimate(english: str) -> Nutrition:
    """What 100 g of an ingredient have, by its name alone: exactly, by a phrase in it, or as food has on average."""
    if english in _FOODS:
        return dict(_FOODS[english])
    words = [_singular(word) for word in english.split("-")]
    # longer phrases first, fish-sauce before fish; then the later one, for a fish-oil is an oil
    for length in range(min(_LONGEST, len(words)), 0, -1):
        for at in range(len(words) - length, -1, -1):
            if name := _PHRASES.get(tuple(words[at : at + length])):
                return dict(_FOODS[name])
    return dict(DEFAULT)


def is_known(nutrition: Mapping[str, Any] | None) -> bool:
    """Whether a kept value says anything: all zeros stand for a model that did not answer."""
    return bool(nutrition) and any((nutrition or {}).get(name) for name in NAMES)


def of_weight(per100g: Mapping[str, float], grams: float) -> Nutrition:
    """What so many grams have."""
    return {name: per100g.get(name, 0.0) * grams / 100 for name in NAMES}


def total(parts: Iterable[Mapping[str, float]]) -> Nutrition:
    """The sum of several."""
    summed = dict(NOTHING)
    for part in parts:
        for name in NAMES:
            summed[name] += part.get(name, 0.0)
    return summed


def shared(nutrition: Mapping[str, float], servings: int) -> Nutrition:
    """One serving of it."""
    return {name: nutrition.get(name, 0.0) / max(servings, 1) for name in NAMES}


def rounded(nutrition: Mapping[str, float]) -> Nutrition:
    """To one decimal, as people read it; fiber only where there is some."""
    short = {name: round(nutrition.get(name, 0.0), 1) for name in NAMES}
    if not short["fiber"]:
        del short["fiber"]
    return short


def _singular(word: str) -> str:
    for known in (word, word.removesuffix("s"), word.removesuffix("es")):
        if (known,) in _PHRASES:
            return known
    return word.removesuffix("s") if word.endswith("s") and not word.endswith("ss") else word

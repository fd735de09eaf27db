"""Amounts as cooks write them, in grams."""

from __future__ import annotations

import json
import re
from fractions import Fraction
from pathlib import Path
from typing import Any

from kitchen.text import plain

_TABLE: dict[str, Any] = json.loads(Path(__file__).with_name("units.json").read_text())
_GRAMS: dict[str, float] = _TABLE["grams"]
_OTHER: float = _TABLE["other"]
_FOODS: dict[str, dict[str, float]] = _TABLE["foods"]
_NAMES: dict[str, str] = {name: name for name in _GRAMS} | {
    spelling: name for name, spellings in _TABLE["spellings"].items() for spelling in spellings
}
_LONGEST_NAME = max(len(name.split()) for name in _NAMES)

# More than any pot holds; what is beyond is a slip or a joke.
MOST_GRAMS = 100_000.0
# A number without a unit is a weight from here on: nobody cooks 200 chickens, and nobody weighs out 2 g of pork.
WEIGHT_FROM = 10

_GLYPHS = {"½": " 1/2", "¼": " 1/4", "¾": " 3/4", "⅓": " 1/3", "⅔": " 2/3"}
_WORDS = {"nua": 0.5, "mot": 1.0, "hai": 2.0, "ba": 3.0, "bon": 4.0, "nam": 5.0, "vai": 3.0, "a": 1.0, "half": 0.5}
_ONE = r"\d{1,9}(?:[.,]\d{1,6})*(?:\s*/\s*\d{1,9})?(?:\s+\d{1,9}\s*/\s*\d{1,9})?"
_AMOUNT = re.compile(rf"({_ONE})(?:\s*[-–~]\s*({_ONE}))?\s*(.*)", re.DOTALL)
_THOUSANDS = re.compile(r"\d{1,3}(?:[.,]\d{3})+")


def grams(amount: str | float, english: str = "") -> float:
    """The weight of an amount of an ingredient, by its English name."""
    if isinstance(amount, int | float):
        return _weigh(float(amount), "", english)
    text = plain(_spell_out(amount))[:200].strip()
    if not text:
        return 0.0
    found = _AMOUNT.match(text)
    if not found:
        return _weigh_words(text, english)
    low, high, rest = found.groups()
    unit = _unit(rest)
    numbers = [_number(part, unit) for part in (low, high) if part]
    return _weigh(sum(numbers) / len(numbers), unit if unit or not rest.strip() else "other", english)


def split_amount(text: str) -> tuple[str, str]:
    """The amount in front of or behind an ingredient's name, and the name: "200g bò", "bò 200 g"."""
    text = " ".join(_spell_out(text).split())[:600]
    if behind := re.fullmatch(rf"(\D{{1,500}})\s({_ONE}\s?[^\W\d]{{0,12}}(?:\s[^\W\d]{{1,6}}){{0,2}})", text):
        name, amount = behind.groups()
        if _unit(plain(amount)) and not _left(amount):
            return amount.strip(), name.strip()
    front = re.match(rf"({_ONE})\s*(.*)", text)
    if not front:
        return "", text
    # where the unit is all there is, it is the name: two eggs
    name = _left(text) or front[2]
    return (text.removesuffix(name).strip(), name) if name else ("", text)


def _left(text: str) -> str:
    """What stands behind the number and the unit that a text begins with."""
    rest = re.sub(rf"^\s*{_ONE}\s*", "", text)
    given = rest.split()
    for length in range(min(_LONGEST_NAME, len(given)), 0, -1):
        if plain(" ".join(given[:length])) in _NAMES:
            return " ".join(given[length:])
    return rest


def _weigh_words(text: str, english: str) -> float:
    """The weight of an amount without digits: half a bowl, a pinch, to taste."""
    first, _, rest = text.partition(" ")
    if not _unit(text) and first in _WORDS:
        return _weigh(_WORDS[first], _unit(rest) or "other", english)
    return _weigh(1.0, _unit(text) or "other", english)


def _weigh(number: float, unit: str, english: str) -> float:
    if not unit:
        unit = "g" if number >= WEIGHT_FROM else "piece"
    each = _of_food(english).get(unit, _GRAMS.get(unit, _OTHER))
    return min(max(number * each, 0.0), MOST_GRAMS)


def _of_food(english: str) -> dict[str, float]:
    """The weights that hold for an ingredient: its own, or those of what its name ends with."""
    words = english.split("-")
    for at in range(len(words)):
        name = "-".join(words[at:])
        for known in (name, name.removesuffix("s")):
            if known in _FOODS:
                return _FOODS[known]
    return {}


def _unit(text: str) -> str:
    words = re.findall(r"[a-z]+", text)
    for length in range(min(_LONGEST_NAME, len(words)), 0, -1):
        if name := _NAMES.get(" ".join(words[:length])):
            return name
    return ""


def _number(text: str, unit: str) -> float:
    if unit in ("g", "ml", "") and _THOUSANDS.fullmatch(text):
        return float(re.sub(r"[.,]", "", text))
    try:
        parts = re.sub(r"\s*/\s*", "/", text.replace(",", ".")).split()
        return float(sum(Fraction(part) for part in parts))
    except (ValueError, ZeroDivisionError):
        return 0.0


def _spell_out(text: str) -> str:
    for glyph, fraction in _GLYPHS.items():
        text = text.replace(glyph, fraction)
    return text

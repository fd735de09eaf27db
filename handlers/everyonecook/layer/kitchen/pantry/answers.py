"""The model's answers, read as what they are: text from outside, which may say anything."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from typing import Any

from kitchen.pantry import words
from kitchen.pantry.categories import category
from kitchen.pantry.nutrition import MOST, NAMES, NOTHING, Nutrition
from kitchen.pantry.prompts import NOT_FOOD

# How many opening brackets are tried as the beginning of the JSON that the model may have wrapped in words.
_STARTS = 20
# NaN and Infinity are no JSON: nothing stands in their place
_CONSTANTS: dict[str, None] = {}
_DECODER = json.JSONDecoder(parse_constant=_CONSTANTS.get)


class Misunderstood(Exception):
    """The model's answer is not what it was asked for."""


class NotFood(Exception):
    """The model says that a word is nothing to cook with."""


@dataclass(frozen=True)
class Described:
    """An ingredient as the model describes it."""

    english: str
    general: str
    category: str
    nutrition: Nutrition | None


def translation(answer: str) -> str:
    """The English name in an answer to `translate`."""
    said = answer.strip().strip("\"'`.").strip()
    if _refuses(said):
        raise NotFood("the model knows no such ingredient")
    return _english(said)


def nutrition(answer: str) -> Nutrition:
    """The values for 100 g in an answer to `nutrition`."""
    values = _nutrition(_object(answer))
    if values is None:
        raise Misunderstood("the model gave no nutrition")
    return values


def described(answer: str) -> Described:
    """The ingredient in an answer to `describe` or `entry`."""
    said = _object(answer)
    for name in ("specific", "english"):
        if isinstance(said.get(name), str) and _refuses(said[name]):
            raise NotFood("the model knows no such ingredient")
    english = _english(said.get("specific") or said.get("english"))
    general = said.get("general")
    return Described(
        english=english,
        general=(words.english(general) if isinstance(general, str) else "") or english,
        category=category(said["category"] if isinstance(said.get("category"), str) else ""),
        nutrition=_nutrition(said.get("nutrition")),
    )


def parsed(answer: str) -> Any:
    """The JSON in an answer, even where the model put words around it."""
    starts = [at for at, letter in enumerate(answer) if letter in "{["][:_STARTS]
    for at in starts:
        try:
            found, _ = _DECODER.raw_decode(answer, at)
        except (ValueError, RecursionError):
            continue
        if found:
            return found
    raise Misunderstood("the model's answer holds no JSON")


def number(value: Any) -> float | None:
    """A number that the model gave, as number or as text, if it is one."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        found = float(str(value)[:40].replace(",", ".").strip())
    except ValueError:
        return None
    return found if math.isfinite(found) else None


def _object(answer: str) -> dict[str, Any]:
    found = parsed(answer)
    if not isinstance(found, dict):
        raise Misunderstood("the model's answer is no JSON object")
    return found


def _nutrition(said: Any) -> Nutrition | None:
    """The values, each within what 100 g can have; None where calories or anything essential is missing."""
    if not isinstance(said, dict):
        return None
    values = dict(NOTHING)
    for name in NAMES:
        value = number(said.get(name))
        if value is None and name == "fiber":
            continue
        if value is None or value < 0:
            return None
        values[name] = min(value, MOST[name])
    return values


def _english(said: Any) -> str:
    # more than a name is an explanation, or an answer to something else
    name = words.english(said) if isinstance(said, str) and len(said) <= words.LONGEST else ""
    if not name or len(name.split("-")) > 6:
        raise Misunderstood("the model gave no English name")
    return name


def _refuses(said: str) -> bool:
    return NOT_FOOD in said.upper().replace("-", "_").replace(" ", "_")[:200]

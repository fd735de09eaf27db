"""Suggested dishes, out of the model's answer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from kitchen.pantry import words
from kitchen.pantry.answers import Misunderstood, number, parsed
from kitchen.text import cut, plain, sanitise

Dish = dict[str, Any]

INGREDIENTS_MOST = 60
STEPS_MOST = 60
LONGEST_MINUTES = 1_440
_DIFFICULTIES = {
    "easy": "easy",
    "medium": "medium",
    "hard": "hard",
    "de": "easy",
    "trung binh": "medium",
    "kho": "hard",
}


@dataclass(frozen=True)
class Proposal:
    """What the model thinks of the ingredients, and the dishes it made of them, the quickest first."""

    analysis: dict[str, Any] | None
    dishes: list[Dish]


def proposal(answer: str, servings: int) -> Proposal:
    """The dishes in an answer to `suggest`: an object with analysis and recipes, or a bare list of recipes."""
    said = parsed(answer)
    listed = said.get("recipes") if isinstance(said, dict) else said
    if not isinstance(listed, list):
        raise Misunderstood("the model's answer lists no recipes")
    dishes = [dish for dish in (_dish(one, servings) for one in listed[:10]) if dish]
    if not dishes:
        raise Misunderstood("the model's recipes have no name, no ingredients or no steps")
    analysis = _analysis(said.get("analysis")) if isinstance(said, dict) else None
    return Proposal(analysis, sorted(dishes, key=lambda dish: dish["cookingTime"]))


def _dish(said: Any, servings: int) -> Dish | None:
    if not isinstance(said, dict):
        return None
    ingredients = list(_ingredients(said.get("ingredients")))
    steps = list(_steps(said.get("steps")))
    name = _text(said.get("name") or said.get("title"), 200)
    if not (name and ingredients and steps):
        return None
    return {
        "name": name,
        "description": _text(said.get("description"), 2_000),
        "usedIngredients": _names(said.get("usedIngredients")),
        "ingredients": ingredients,
        "steps": steps,
        "cookingTime": _minutes(said.get("cookingTime"), LONGEST_MINUTES) or 30,
        "difficulty": _DIFFICULTIES.get(plain(_text(said.get("difficulty"), 40)), "medium"),
        "servings": _minutes(said.get("servings"), 100) or servings,
    }


def _ingredients(said: Any) -> Iterator[dict[str, Any]]:
    for one in _list(said, INGREDIENTS_MOST):
        if not isinstance(one, dict):
            continue
        vietnamese = _text(one.get("vietnameseName"), 100)
        name = words.english(_text(one.get("name"), 100)) or words.english(vietnamese)
        if name:
            yield {
                "name": name,
                "vietnameseName": vietnamese or name,
                "amount": _amount(one.get("amount")),
                "unit": _text(one.get("unit"), 40),
                "importance": "optional" if one.get("importance") == "optional" else "required",
            }


def _steps(said: Any) -> Iterator[dict[str, Any]]:
    at = 0
    for one in _list(said, STEPS_MOST):
        step = one if isinstance(one, dict) else {"instruction": one}
        instruction = _text(step.get("instruction") or step.get("description"), 5_000)
        if instruction:
            at += 1
            minutes = _minutes(step.get("duration"), LONGEST_MINUTES)
            yield {"stepNumber": at, "instruction": instruction, **({"duration": minutes} if minutes else {})}


def _analysis(said: Any) -> dict[str, Any] | None:
    if not isinstance(said, dict):
        return None
    return {
        "compatibleIngredients": _names(said.get("compatibleIngredients")),
        "incompatibleIngredients": _names(said.get("incompatibleIngredients")),
        "compatibilityNote": _text(said.get("compatibilityNote"), 1_000),
        "separateSearchSuggestion": _text(said.get("separateSearchSuggestion"), 1_000),
    }


def _names(said: Any) -> list[str]:
    names = (words.english(_text(one, 100)) for one in _list(said, 100))
    return list(dict.fromkeys(name for name in names if name))


def _amount(said: Any) -> str:
    value = number(said)
    if value is None:
        return _text(said, 60)
    return f"{max(value, 0.0):.10g}"[:20]


def _minutes(said: Any, most: int) -> int:
    """A whole number of something, also out of a text like "30 phút"; 0 where there is none."""
    if isinstance(said, str) and (digits := re.search(r"\d{1,6}", said)):
        said = int(digits[0])
    value = number(said)
    return 0 if value is None else int(min(max(value, 0), most))


def _list(said: Any, most: int) -> list[Any]:
    return said[:most] if isinstance(said, list) else []


def _text(said: Any, longest: int) -> str:
    if not isinstance(said, str):
        return ""
    # half a surrogate pair is JSON, but nothing that the table could hold
    clean = said[: 4 * longest].encode(errors="ignore").decode()
    return cut(sanitise(clean), longest)

"""A dish of some ingredients, with its nutrition."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from kitchen.pantry import dictionary, model, nutrition, prompts, units
from kitchen.pantry.dictionary import Entry
from kitchen.pantry.dishes import Dish, proposal
from kitchen.pantry.models import Wishes
from kitchen.pantry.nutrition import Nutrition
from kitchen.pantry.translation import UNSORTED
from kitchen.text import normalise

# The function has 60 seconds; the rest is for the table, and for saying that it failed.
SECONDS = 48.0
DISHES = 1


@dataclass(frozen=True)
class Made:
    """The dishes of a job and what is to be said with them."""

    dishes: list[Dish]
    analysis: dict[str, Any] | None
    warning: str

    def result(self) -> dict[str, Any]:
        """What a job keeps of it."""
        told = {"ingredientAnalysis": self.analysis, "warning": self.warning}
        return {"result": {"recipes": self.dishes}, **{name: value for name, value in told.items() if value}}


def make(ingredients: list[str], wishes: Wishes, now: int) -> Made:
    """Ask the model for a dish, and work out what is in it."""
    answer = ask(prompts.suggest(ingredients, wishes))
    proposed = proposal(answer, wishes.servings)
    dishes = proposed.dishes[:DISHES]
    names = {one["name"] for dish in dishes for one in dish["ingredients"]}
    known = {name: entry for name in sorted(names) if (entry := dictionary.by_english(name, now))}
    for dish in dishes:
        dish["nutrition"] = per_serving(dish, known)
        remember(dish, known, ingredients, now)
    return Made(dishes, proposed.analysis, warn(dishes, proposed.analysis, wishes))


def ask(prompt: prompts.Prompt) -> str:
    """The model's answer while there is time left to say that there was none."""
    answered = model.ask_each([prompt.task], lambda _: model.ask(prompt), SECONDS)
    if prompt.task not in answered:
        raise model.Unanswered(f"the model could not be asked to {prompt.task}")
    return answered[prompt.task]


def per_serving(dish: Dish, known: dict[str, Entry]) -> Nutrition:
    """What one serving has: by dictionary and cache, else by the table of kinds of food."""
    parts = []
    for one in dish["ingredients"]:
        weight = units.grams(f"{one['amount']} {one['unit']}".strip(), one["name"])
        parts.append(nutrition.of_weight(per100g(one["name"], known.get(one["name"])), weight))
    return nutrition.rounded(nutrition.shared(nutrition.total(parts), dish["servings"]))


def per100g(english: str, entry: Entry | None) -> Nutrition:
    """What 100 g of an ingredient have."""
    return entry.nutrition if entry and nutrition.is_known(entry.nutrition) else nutrition.estimate(english)


def remember(dish: Dish, known: dict[str, Entry], asked: list[str], now: int) -> None:
    """Keep the names of ingredients that the model brought in and we did not know."""
    for one in dish["ingredients"]:
        english, vietnamese = one["name"], one["vietnameseName"]
        if english in known or english in asked or normalise(vietnamese) in ("", english):
            continue
        dictionary.remember(dictionary.new(vietnamese, english, english, UNSORTED, nutrition.estimate(english)), now)


def warn(dishes: Iterable[Dish], analysis: dict[str, Any] | None, wishes: Wishes) -> str:
    """What the user should know: it takes longer than wished, or some ingredients do not go together."""
    warnings = [
        f"this takes {dish['cookingTime']} minutes, more than the {wishes.maxTime} you asked for"
        for dish in dishes
        if dish["cookingTime"] > wishes.maxTime
    ]
    left_out = (analysis or {}).get("incompatibleIngredients")
    if left_out:
        warnings.append(f"left out, as they do not go with the rest: {', '.join(left_out)}")
    return "; ".join(warnings)

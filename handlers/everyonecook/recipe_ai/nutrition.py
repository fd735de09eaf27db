"""The nutrition of a list of ingredients."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

from kitchen.envelopes import RECIPE_AI
from kitchen.pantry import ingredients as pantry
from kitchen.pantry import nutrition
from kitchen.pantry.ingredients import Ingredient
from kitchen.routes import Call, Routes
from recipe_ai.content import named
from recipe_ai.models import NutritionRequest

# whatever is wrong with such a request is wrong with its ingredients
routes = Routes(replace(RECIPE_AI, codes={"BAD_REQUEST": "INVALID_INGREDIENTS"}))

SHOWN = ("calories", "protein", "carbs", "fat")


@routes.post("/ai/nutrition", body=NutritionRequest)
def calculate(call: Call) -> dict[str, Any]:
    """Weigh up ingredients."""
    asked: NutritionRequest = call.body
    wanted = named(one.model_dump(exclude_unset=True) for one in asked.ingredients)
    return weighed(pantry.resolve(wanted, call.now), asked.servings)


def weighed(resolved: list[Ingredient], servings: int | None) -> dict[str, Any]:
    """What ingredients have together, each by itself, and where we know it from."""
    known = [(one, one.entry, one.content) for one in resolved]
    parts = [(one, entry, content) for one, entry, content in known if entry and content]
    whole = nutrition.total(content for _, _, content in parts)
    body: dict[str, Any] = {"perRecipe": nutrition.rounded(whole)}
    if servings:
        body["perServing"] = nutrition.rounded(nutrition.shared(whole, servings))
    body["ingredientBreakdown"] = [
        {
            "ingredient": one.vietnamese,
            "amount": one.amount,
            **{name: round(content[name], 1) for name in SHOWN},
            "source": entry.source,
        }
        for one, entry, content in parts
    ]
    if missing := [one.vietnamese for one in resolved if one.entry is None]:
        body["missingIngredients"] = missing
    sources = Counter(entry.source for _, entry, _ in parts)
    return body | {"sources": {name: sources[name] for name in ("dictionary", "cache", "ai")}}

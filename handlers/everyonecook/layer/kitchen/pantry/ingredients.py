"""The ingredients of a recipe: read in any form callers send, and resolved to what we know of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from kitchen.pantry import answers, dictionary, model, nutrition, prompts, units, words
from kitchen.pantry.dictionary import Entry
from kitchen.pantry.nutrition import NOTHING, Nutrition
from kitchen.pantry.translation import ASKED_MOST, SECONDS
from kitchen.text import normalise, sanitise

Amount = str | float


@dataclass(frozen=True)
class Ingredient:
    """An ingredient and how much of it; once resolved with its entry."""

    vietnamese: str
    amount: Amount = ""
    english: str = ""
    notes: str = ""
    importance: str = ""
    entry: Entry | None = None

    @property
    def per100g(self) -> Nutrition | None:
        """What 100 g of it have, if we know the ingredient at all."""
        if self.entry is None:
            return None
        known = nutrition.is_known(self.entry.nutrition)
        return self.entry.nutrition if known else nutrition.estimate(self.entry.english)

    @property
    def content(self) -> Nutrition | None:
        """What the whole amount has."""
        per100g = self.per100g
        if self.entry is None or per100g is None:
            return None
        return nutrition.of_weight(per100g, units.grams(self.amount, self.entry.english))

    def view(self) -> dict[str, Any]:
        """The ingredient as recipes keep and show it."""
        normalized = normalise(self.vietnamese)
        found = self.entry
        view: dict[str, Any] = {
            "vietnamese": self.vietnamese,
            "normalized": normalized,
            "english": found.english if found else self.english or normalized,
            "category": found.category if found else "unknown",
            "amount": self.amount,
            "source": found.source if found else "ai",
        }
        told = {"notes": self.notes, "importance": self.importance}
        view |= {name: value for name, value in told.items() if value}
        if self.per100g:
            view["nutrition"] = {"per100g": self.per100g}
        return view


def read(given: str | Mapping[str, Any]) -> Ingredient | None:
    """An ingredient out of a text or an object with any of the names callers use; None where it has no name."""
    if isinstance(given, str):
        amount, name = units.split_amount(sanitise(given))
        return Ingredient(name, amount) if name else None
    name = next((sanitise(given[key]) for key in ("vietnamese", "vietnameseName", "name") if given.get(key)), "")
    if not name:
        return None
    # an AI recipe has both names: `name` is the English one there
    hint = given.get("english") or (given.get("name") or "" if given.get("vietnameseName") else "")
    return Ingredient(
        vietnamese=name,
        amount=_amount(given),
        english=words.english(hint),
        notes=sanitise(given.get("notes") or ""),
        importance=given.get("importance") or "",
    )


def resolve(wanted: Iterable[Ingredient], now: int) -> list[Ingredient]:
    """The ingredients with what dictionary, cache or model know of them."""
    listed = list(wanted)
    known = dictionary.look_up((normalise(one.vietnamese) for one in listed), now)
    unknown = {normalise(one.vietnamese): one for one in listed if normalise(one.vietnamese) not in known}
    askable = [key for key, one in unknown.items() if words.is_askable(one.vietnamese)]
    found = model.ask_each(askable[:ASKED_MOST], lambda key: _find(unknown[key], now), SECONDS)
    known |= {key: entry for key, entry in found.items() if entry}
    return [replace(one, entry=known.get(normalise(one.vietnamese))) for one in listed]


def contents(resolved: Iterable[Ingredient], servings: int) -> dict[str, Any]:
    """The nutrition of a recipe: one serving's on top, and that of the whole."""
    whole = nutrition.total(one.content for one in resolved if one.content)
    return spread(whole, servings)


def spread(whole: Mapping[str, float], servings: int) -> dict[str, Any]:
    """What a whole dish has, and what one serving of it has."""
    one = nutrition.rounded(nutrition.shared(whole, servings))
    return {**one, "perServing": one, "perRecipe": nutrition.rounded(whole)}


def _find(wanted: Ingredient, now: int) -> Entry | None:
    if wanted.english and (same := dictionary.by_english(wanted.english, now)):
        return replace(same, vietnamese=wanted.vietnamese, normalized=normalise(wanted.vietnamese))
    try:
        said = answers.described(model.ask(prompts.describe(wanted.vietnamese)))
    except answers.NotFood:
        return None
    made = dictionary.new(wanted.vietnamese, said.english, said.general, said.category, said.nutrition or dict(NOTHING))
    dictionary.remember(made, now)
    return made


def _amount(given: Mapping[str, Any]) -> Amount:
    amount = given.get("amount")
    if amount in (None, ""):
        amount = given.get("quantity")
    unit = sanitise(given.get("unit") or "")
    if not unit:
        return sanitise(amount) if isinstance(amount, str) else amount if amount is not None else ""
    shown = f"{amount:.10g}" if isinstance(amount, int | float) else sanitise(amount or "")
    return f"{shown} {unit}".strip()

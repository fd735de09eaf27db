"""Suggested dishes kept for a day: found again by the same ingredients, or by ones that hold them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from functools import reduce
from typing import Any

from kitchen import changes, clock, table
from kitchen.keys import recipes as keys
from kitchen.pantry.dishes import Dish
from kitchen.pantry.models import Wishes
from kitchen.table import Item
from kitchen.text import normalise

DAY = 86_400
# A sort key of an index ends at 1,024 bytes.
LONGEST_NAMES = 800
CANDIDATES_MOST = 1_000
LOOKED_AT_MOST = 100


def cache_key(english: Iterable[str], wishes: Wishes) -> str:
    """The key of a request: its ingredients in one order, servings, meal, time."""
    names = "|".join(sorted(set(english)))
    if len(names) > LONGEST_NAMES:
        names = f"sha256-{hashlib.sha256(names.encode()).hexdigest()}"
    return f"{names}|s{wishes.servings}|{wishes.mealType}|t{wishes.maxTime}"


def find(english: Iterable[str], wishes: Wishes, now: int) -> list[Dish]:
    """The dishes that an earlier request left for these ingredients and wishes; none where there are none."""
    names = sorted(set(english))
    exact = table.get(keys.ai_cache(cache_key(names, wishes)))
    if exact and (dishes := fitting(exact, wishes, now)):
        return dishes
    found = _candidates(names, now)
    scored = [(score(wishes, item["settings"]), item["PK"], fitting(item, wishes, now)) for item in found]
    return max((entry for entry in scored if entry[2]), key=lambda entry: entry[:2], default=(0, "", []))[2]


def fitting(entry: Item, wishes: Wishes, now: int) -> list[Dish]:
    """The dishes of an entry, if it still lives and was made for such wishes; none that takes too long."""
    if entry.get("ttl", 0) <= clock.seconds(now) or not suits(wishes, entry.get("settings") or {}):
        return []
    return [dish for dish in entry.get("recipes") or [] if dish["cookingTime"] <= wishes.maxTime]


def suits(wishes: Wishes, kept: Mapping[str, Any]) -> bool:
    """Whether what was made for some wishes will do for others."""
    disliked = frozenset(normalise(word) for word in kept.get("dislikedIngredients") or ()) - {""}
    return (
        kept.get("servings") == wishes.servings
        and (wishes.mealType == "none" or kept.get("mealType") == wishes.mealType)
        and wishes.maxTime <= kept.get("maxTime", 0)
        and bool(wishes.disliked) == bool(disliked)
        and wishes.disliked <= disliked
        and wishes.methods <= _methods(kept)
    )


def score(wishes: Wishes, kept: Mapping[str, Any]) -> int:
    """How well kept wishes agree with these."""
    same: tuple[bool, ...] = (
        kept.get("maxTime") == wishes.maxTime,
        kept.get("mealType") == wishes.mealType,
        _methods(kept) == wishes.methods,
    )
    return 100 + 10 * sum(same)


def keep(asked: str, wishes: Wishes, dishes: list[Dish], now: int) -> None:
    """Keep dishes for a day: by the ingredients they have, and by the request that asked for them."""
    english = list(dict.fromkeys(one["name"] for dish in dishes for one in dish["ingredients"]))
    ends = clock.seconds(now) + DAY
    key = cache_key(english, wishes)
    entry = {"recipes": dishes, "settings": wishes.model_dump(), "createdAt": clock.iso(now), "ttl": ends}
    texts = [text for dish in dishes for text in (dish["name"], *_words(dish))]
    changes.put_many(
        [
            {
                **keys.ai_cache(key),
                **keys.ai_cache_index(clock.iso(now)),
                **entry,
                "cacheKey": key,
                "searchableText": " ".join(dict.fromkeys(texts)).lower(),
            },
            *([{**keys.ai_cache(asked), **entry, "cacheKey": asked}] if asked != key else []),
            *({**keys.ai_cache_ingredient(key, name), "cacheKey": key, "ttl": ends} for name in english),
        ]
    )


def _candidates(names: list[str], now: int) -> list[Item]:
    """The entries that hold all the ingredients."""

    def narrow(left: set[str] | None, name: str) -> set[str]:
        if left is not None and not left:
            return left
        held = with_ingredient(name, now)
        return held if left is None else left & held

    common = reduce(narrow, names, None) or set()
    return list(table.get_many(keys.ai_cache(key) for key in sorted(common)[:LOOKED_AT_MOST]).values())


def with_ingredient(name: str, now: int) -> set[str]:
    """The keys of the living entries with an ingredient."""
    page = table.query(f"CACHE_INGREDIENT#{name}", index="GSI4", limit=CANDIDATES_MOST)
    living = (item for item in page.items if item.get("ttl", 0) > clock.seconds(now))
    return {item["GSI4SK"].removeprefix("AI_CACHE#") for item in living}


def _methods(kept: Mapping[str, Any]) -> frozenset[str]:
    return frozenset(kept.get("preferredCookingMethods") or ()) - {"none"}


def _words(dish: Dish) -> Iterable[str]:
    for one in dish["ingredients"]:
        yield one["vietnameseName"]
        yield one["name"]

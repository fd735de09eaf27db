"""Where recipes of everybody come from: the model's dishes of the day, and shared recipes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from boto3.dynamodb.conditions import Attr

from kitchen import clock, table
from kitchen.keys import people, posts
from kitchen.keys import recipes as keys
from kitchen.levels import of_records
from kitchen.pantry import cache
from kitchen.table import Item
from kitchen.text import normalise
from recipe_ai.lists import thumbnail
from recipe_ai.reading import may_see_post

# The Vietnamese name of an ingredient as keys have it -> its English one.
Names = Mapping[str, str]

EACH_MOST = 200
TAKEN_MOST = 200
_PAGES = 5


@dataclass(frozen=True)
class Found:
    """A recipe of some source: what callers see, and what it is ranked by."""

    id: str
    view: dict[str, Any]
    names: frozenset[str]
    text: str
    likes: int
    shares: int
    created: int


def dishes_with(names: Names, now: int) -> list[Found]:
    """The model's dishes with any of the ingredients, those with most of them first."""
    held = Counter(key for english in set(names.values()) for key in cache.with_ingredient(english, now))
    taken = [keys.ai_cache(key) for key, _ in held.most_common(TAKEN_MOST)]
    return _dishes(table.get_many(taken).values(), now)


def dishes_saying(text: str, now: int) -> list[Found]:
    """The newest of the model's dishes that name a text."""
    return _dishes(_newest(keys.CACHE_PUBLIC, text), now)


def posts_with(names: Names, viewer: str) -> list[Found]:
    """The shared recipes with any of the ingredients, as far as a viewer may see them."""
    held: Counter[str] = Counter()
    # posts have either name of an ingredient, or both
    for name in {*names, *names.values()}:
        index = f"POST_INGREDIENT#{name}"
        held.update(item["GSI4SK"] for item in table.query(index, index="GSI4", limit=EACH_MOST, newest=True).items)
    taken = [{"PK": partition, "SK": "METADATA"} for partition, _ in held.most_common(TAKEN_MOST)]
    return _posts(table.get_many(taken).values(), viewer)


def posts_saying(text: str, viewer: str) -> list[Found]:
    """The newest public recipes that name a text."""
    return _posts(_newest(posts.PUBLIC, text), viewer)


def _newest(partition: str, text: str) -> list[Item]:
    """The newest items of an index that name a text; a few pages of it are read."""
    found: list[Item] = []
    start: Item | None = None
    for _ in range(_PAGES):
        where = Attr("searchableText").contains(text) if text else None
        page = table.query(partition, index="GSI2", newest=True, limit=EACH_MOST, start=start, where=where)
        found += page.items
        start = page.next
        if start is None or len(found) >= TAKEN_MOST:
            break
    return found[:TAKEN_MOST]


def _dishes(entries: Iterable[Item], now: int) -> list[Found]:
    living = (entry for entry in entries if entry.get("ttl", 0) > clock.seconds(now))
    return [_dish(entry, number, dish) for entry in living for number, dish in enumerate(entry.get("recipes") or ())]


def _dish(entry: Item, number: int, dish: Mapping[str, Any]) -> Found:
    named = {name for one in dish["ingredients"] for name in (one["name"], normalise(one.get("vietnameseName", "")))}
    view = {
        "id": f"{entry['cacheKey']}#{number}",
        "source": "ai",
        "title": dish["name"],
        **{name: dish.get(name) for name in ("description", "ingredients", "steps", "cookingTime", "difficulty")},
        **{name: dish.get(name) for name in ("servings", "nutrition")},
        "image": None,
        "createdAt": entry["createdAt"],
    }
    text = entry.get("searchableText", "")
    return Found(f"ai#{view['id']}", view, frozenset(named), text, 0, 0, clock.moment(entry["createdAt"]))


def _posts(items: Iterable[Item], viewer: str) -> list[Found]:
    shared = [item for item in items if item.get("postType") == "recipe_share"]
    authors = {item["authorId"] for item in shared} - {viewer}
    pairs = [pair for author in authors for pair in _friendships(viewer, author)]
    records = table.get_many(pairs)

    def sees(item: Item) -> bool:
        if item["authorId"] == viewer:
            return item.get("status") not in ("hidden", "deleted")
        known = (records.get((key["PK"], key["SK"])) for key in _friendships(viewer, item["authorId"]))
        return may_see_post(item, of_records(*known))

    return [_post(item) for item in shared if sees(item)]


def _friendships(viewer: str, author: str) -> tuple[dict[str, str], dict[str, str]]:
    return people.friendship(viewer, author), people.friendship(author, viewer)


def _post(item: Item) -> Found:
    recipe = item.get("recipeData") or {}
    ingredients = recipe.get("ingredients") or item.get("ingredients") or []
    images = item.get("images") or []
    view = {
        "id": item["PK"].removeprefix("POST#"),
        "source": "social",
        "postId": item["PK"].removeprefix("POST#"),
        "recipeId": item.get("recipeId"),
        "authorId": item["authorId"],
        "title": recipe.get("title") or item.get("title", ""),
        "ingredients": ingredients,
        **{name: recipe.get(name) for name in ("description", "steps", "cookingTime", "difficulty")},
        **{name: recipe.get(name) for name in ("servings", "nutrition")},
        "image": thumbnail(recipe.get("images") or {}) or (images[0] if isinstance(images, list) and images else None),
        "likes": item.get("likes", 0),
        "shares": item.get("shares", 0),
        "createdAt": item["createdAt"],
    }
    listed = item.get("ingredients") or ()
    names = frozenset(normalise(name) for one in [*ingredients, *listed] for name in _names(one))
    text = item.get("searchableText", "").lower()
    likes, shares = item.get("likes", 0), item.get("shares", 0)
    return Found(f"social#{view['id']}", view, names, text, likes, shares, clock.moment(item["createdAt"]))


def _names(ingredient: Any) -> list[str]:
    if isinstance(ingredient, str):
        return [ingredient]
    named = (ingredient.get(name) for name in ("vietnamese", "vietnameseName", "name", "english", "normalized"))
    return [name for name in named if isinstance(name, str)]

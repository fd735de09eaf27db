"""The dictionary of ingredients, and the translations that may come to stand in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from boto3.dynamodb.conditions import Attr

from kitchen import changes, clock, table
from kitchen.keys import recipes as keys
from kitchen.pantry.nutrition import NAMES, Nutrition
from kitchen.steps import ABSENT, PRESENT, Delete, Put, Update
from kitchen.table import Item
from kitchen.text import normalise

YEAR = 365 * 86_400
# So often a translation must have been of use before it is kept for good.
PROMOTED_AT = 100


@dataclass(frozen=True)
class Entry:
    """An ingredient as we know it; `source` tells from where: dictionary, cache or ai."""

    vietnamese: str
    normalized: str
    english: str
    general: str
    category: str
    nutrition: Nutrition
    source: str

    @property
    def target(self) -> dict[str, str]:
        """The translation as callers see it."""
        return {"specific": self.english, "general": self.general, "category": self.category}


class Duplicate(Exception):
    """The dictionary has that ingredient already; `entry` is what stands there."""

    def __init__(self, entry: Entry | None) -> None:
        super().__init__("the dictionary has that ingredient already")
        self.entry = entry


def look_up(names: Iterable[str], now: int) -> dict[str, Entry]:
    """The entries there are, by normalised Vietnamese name: of the dictionary, else of the cache."""
    wanted = list(dict.fromkeys(name for name in names if name))
    places = [(name, place(name)) for place in (keys.dictionary_entry, keys.cached_translation) for name in wanted]
    items = table.get_many(key for _, key in places)
    found: dict[str, Entry] = {}
    for name, key in places:
        item = items.get((key["PK"], key["SK"]))
        if item and name not in found and _lives(item, now):
            found[name] = _entry(item)
    return found


def by_english(english: str, now: int) -> Entry | None:
    """The entry with an English name: the dictionary's, else a cached one."""
    # sort keys are the places: DICTIONARY comes before TRANSLATION_CACHE
    items = table.query(english, index="GSI5", limit=25).items
    return next((_entry(item) for item in items if item["PK"] in _SOURCES and _lives(item, now)), None)


def use(entry: Entry, now: int) -> None:
    """Note that a cached translation was of use; the hundredth time it goes into the dictionary."""
    if entry.source != "cache":
        return
    key = keys.cached_translation(entry.normalized)
    try:
        item = changes.update(key, {"lastUsed": now}, add={"usageCount": 1}, when=PRESENT)
        if item["usageCount"] >= PROMOTED_AT:
            _promote(item, entry, now)
    except changes.ConditionFailed:
        # somebody else promoted it meanwhile
        return


def remember(entry: Entry, now: int) -> Entry:
    """Keep a translation for a year, unless there is one already, which is then the answer."""
    item = {
        **keys.cached_translation(entry.normalized),
        **keys.english_index(entry.english, keys.TRANSLATION_CACHE),
        **_attributes(entry, "AI", now),
        "lastUsed": now,
        "ttl": clock.seconds(now) + YEAR,
    }
    try:
        changes.put(item, ABSENT | Attr("ttl").lte(clock.seconds(now)))
    except changes.ConditionFailed as failed:
        return _entry(failed.old) if failed.old else entry
    return entry


def add(entry: Entry, added_by: str, now: int) -> None:
    """Put an entry into the dictionary, or refuse with Duplicate where either of its names stands there."""
    standing = table.get(keys.dictionary_entry(entry.normalized), consistent=True) or _in_dictionary(entry.english)
    if standing:
        raise Duplicate(_entry(standing))
    try:
        changes.transact(
            Put(_item(entry, added_by, now), ABSENT),
            # the index lags behind; this holds the English name to one entry
            Put({**_name(entry.english), "normalized": entry.normalized}, ABSENT),
            Delete(keys.cached_translation(entry.normalized)),
        )
    except changes.ConditionFailed as failed:
        raise Duplicate(_standing(failed)) from None


def _promote(item: Item, entry: Entry, now: int) -> None:
    promoted = _item(entry, "PROMOTED", now) | {"usageCount": item["usageCount"]}
    changes.transact(
        Put(promoted, ABSENT),
        Update(_name(entry.english), once={"normalized": entry.normalized}),
        Delete(keys.cached_translation(entry.normalized)),
    )


def _item(entry: Entry, added_by: str, now: int) -> Item:
    return {
        **keys.dictionary_entry(entry.normalized),
        **keys.english_index(entry.english, keys.DICTIONARY),
        **_attributes(entry, added_by, now),
    }


def _attributes(entry: Entry, added_by: str, now: int) -> Item:
    return {
        "source": entry.vietnamese,
        "normalized": entry.normalized,
        "target": entry.target,
        "nutrition": {"per100g": entry.nutrition},
        "addedBy": added_by,
        "usageCount": 0,
        "createdAt": now,
    }


def _entry(item: Mapping[str, Any]) -> Entry:
    target, per100g = item.get("target") or {}, (item.get("nutrition") or {}).get("per100g") or {}
    normalized: str = item["SK"].removeprefix("INGREDIENT#")
    english: str = target.get("specific") or item.get("GSI5PK") or normalized
    return Entry(
        vietnamese=item.get("source") or normalized,
        normalized=normalized,
        english=english,
        general=target.get("general") or english,
        category=target.get("category") or "other",
        nutrition={name: float(per100g.get(name) or 0) for name in NAMES},
        source=_SOURCES[item["PK"]],
    )


def _in_dictionary(english: str) -> Item | None:
    return next(iter(table.query(english, index="GSI5", prefix=keys.DICTIONARY, limit=1).items), None)


def _standing(failed: changes.ConditionFailed) -> Entry | None:
    item = failed.old
    if failed.at == 1 and item:
        item = table.get(keys.dictionary_entry(item["normalized"]), consistent=True)
    return _entry(item) if item else None


def _name(english: str) -> dict[str, str]:
    return {"PK": f"DICTIONARY_ENGLISH#{english}", "SK": "DICTIONARY"}


def _lives(item: Mapping[str, Any], now: int) -> bool:
    ends: int = item.get("ttl", 0)
    return item["PK"] == keys.DICTIONARY or ends > clock.seconds(now)


def new(vietnamese: str, english: str, general: str, category: str, nutrition: Nutrition) -> Entry:
    """An entry that the model made."""
    return Entry(vietnamese, normalise(vietnamese), english, general, category, nutrition, "ai")


_SOURCES = {keys.DICTIONARY: "dictionary", keys.TRANSLATION_CACHE: "cache"}

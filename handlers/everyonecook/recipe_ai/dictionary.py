"""The dictionary of ingredients: looked up by everybody, added to by administrators."""

from __future__ import annotations

from typing import Any

from kitchen.errors import BadRequest, Conflict
from kitchen.pantry import answers, categories, dictionary, model, prompts, words
from kitchen.pantry.dictionary import Entry
from kitchen.pantry.nutrition import NOTHING
from kitchen.pantry.translation import SECONDS, nutrition_of
from kitchen.routes import Answer, Call, Routes
from kitchen.text import normalise, sanitise
from recipe_ai.models import AddDictionaryEntryRequest

routes = Routes()


@routes.get("/dictionary/{ingredient}")
def translate(call: Call) -> Answer:
    """Translate an ingredient."""
    word = sanitise(call.path["ingredient"])
    entry = find(word, call.now)
    if entry is None:
        nothing = {"found": False, "translation": None, "vietnamese": word, "normalized": normalise(word)}
        return Answer(nothing, headers={"Cache-Control": "no-store"})
    return Answer({"found": True, **view(entry, word)}, headers={"Cache-Control": "public, max-age=86400"})


@routes.post("/dictionary", body=AddDictionaryEntryRequest, group="admin")
def add(call: Call) -> Answer:
    """Add an entry."""
    vietnamese, english = sanitise(call.body.vietnamese), words.english(sanitise(call.body.english))
    if not words.is_askable(vietnamese):
        raise BadRequest("vietnamese: this is no name of an ingredient", code="INVALID_INGREDIENT")
    if not english:
        raise BadRequest("english: this is no name of an ingredient", code="INVALID_INGREDIENT")
    values = model.ask_each([english], nutrition_of, SECONDS).get(english, NOTHING)
    entry = dictionary.new(vietnamese, english, english, categories.DEFAULT, values)
    try:
        dictionary.add(entry, "ADMIN", call.now)
    except dictionary.Duplicate:
        raise Conflict("the dictionary has an ingredient of that name already") from None
    return Answer(view(entry, vietnamese), 201)


def find(word: str, now: int) -> Entry | None:
    """The entry of a word: of the dictionary, of the cache, or one that the model makes; None where it is silent."""
    if len(word) > words.LONGEST:
        raise _refusal()
    key = normalise(word)
    known = dictionary.look_up([key], now).get(key)
    if known:
        dictionary.use(known, now)
        return known
    if words.is_junk(word):
        raise _refusal()
    try:
        return model.ask_each([word], lambda _: _ask(word, now), SECONDS).get(word)
    except answers.NotFood:
        raise _refusal() from None


def view(entry: Entry, word: str) -> dict[str, Any]:
    """An entry as callers see it."""
    shown: dict[str, Any] = {
        "translation": entry.target,
        "vietnamese": word,
        "normalized": normalise(word),
        "category": entry.category,
    }
    if entry.general != entry.english:
        shown["alternatives"] = [entry.general]
    return shown


def _ask(word: str, now: int) -> Entry:
    said = answers.described(model.ask(prompts.entry(word)))
    entry = dictionary.new(word, said.english, said.general, said.category, nutrition_of(said.english))
    try:
        dictionary.add(entry, "AI", now)
    except dictionary.Duplicate as duplicate:
        standing = duplicate.entry or entry
        if standing.normalized != entry.normalized:
            # another word for the same: kept as a translation, so that the model is not asked again
            same = (standing.english, standing.general, standing.category, standing.nutrition)
            dictionary.remember(dictionary.new(word, *same), now)
        return standing
    return entry


def _refusal() -> BadRequest:
    return BadRequest("this is not the name of an ingredient", code="INVALID_INGREDIENT")

"""Vietnamese words to English names, for suggestions: what is known is looked up, what is not the model is asked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kitchen.pantry import answers, dictionary, model, prompts, words
from kitchen.pantry.dictionary import Entry
from kitchen.pantry.nutrition import NOTHING, Nutrition
from kitchen.text import normalise

# How many unknown words of one request the model is asked for, and how long: the gateway waits 29 seconds.
ASKED_MOST = 20
SECONDS = 15.0
UNSORTED = "other"


@dataclass(frozen=True)
class Translated:
    """The entries of the words that were understood, and the other words."""

    entries: list[Entry]
    failed: list[str]

    @property
    def english(self) -> list[str]:
        """The English names, each once."""
        # an entry put in by hand may have any form
        names = ((words.english(entry.english) or entry.normalized)[:60] for entry in self.entries)
        return list(dict.fromkeys(names))


def translate(names: Iterable[str], now: int) -> Translated:
    """Understand names of ingredients, and note which of the cached translations were of use."""
    wanted = {name: normalise(name) for name in names}
    known = dictionary.look_up(wanted.values(), now)
    for entry in known.values():
        dictionary.use(entry, now)
    unknown = [name for name, key in wanted.items() if key not in known and words.is_askable(name)]
    asked = model.ask_each(unknown[:ASKED_MOST], lambda name: _ask(name, now), SECONDS)
    known |= {wanted[name]: entry for name, entry in asked.items() if entry}
    failed = [name for name, key in wanted.items() if key not in known]
    return Translated([known[key] for key in dict.fromkeys(wanted.values()) if key in known], failed)


def nutrition_of(english: str) -> Nutrition:
    """What the model knows of 100 g of an ingredient; zeros where it does not."""
    try:
        return answers.nutrition(model.ask(prompts.nutrition(english)))
    except (answers.Misunderstood, model.Unanswered):
        return dict(NOTHING)


def _ask(name: str, now: int) -> Entry | None:
    try:
        english = answers.translation(model.ask(prompts.translate(name)))
    except answers.NotFood:
        return None
    same = dictionary.by_english(english, now)
    if same:
        return dictionary.remember(dictionary.new(name, english, same.general, same.category, same.nutrition), now)
    return dictionary.remember(dictionary.new(name, english, english, UNSORTED, nutrition_of(english)), now)

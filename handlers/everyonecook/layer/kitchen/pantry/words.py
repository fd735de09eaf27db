"""Names of ingredients as people type them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from kitchen.text import normalise, sanitise

# No ingredient has a longer name; what is longer is not asked of the model.
LONGEST = 80
_ENGLISH = re.compile(r"[a-z](?:[a-z0-9-]{0,58}[a-z0-9])?")
_SEPARATOR = re.compile(r"[,;&]|\s(?:and|và)\s", re.IGNORECASE)
_PLACEHOLDER = re.compile(
    r"test(ing)?|asdf\w*|qwerty|abcd?|xyz|lorem|ipsum|foo|bar|baz|foobar|null|undefined|none|nan|string|hello|world|"
    r"example|sample|demo|unknown|(some|no)thing|admin|user|placeholder"
)


def split(texts: Iterable[str]) -> list[str]:
    """The single names in lists that people typed, each once, in order."""
    names: dict[str, str] = {}
    for text in texts:
        for part in _SEPARATOR.split(unicodedata.normalize("NFC", text)):
            name = sanitise(part)
            if name:
                names.setdefault(normalise(name) or name, name)
    return list(names.values())


def is_english(name: str) -> bool:
    """Whether a name has the form of our English ones: lower case, hyphens."""
    return bool(_ENGLISH.fullmatch(name))


def english(text: str) -> str:
    """A text in the form of an English name; empty where nothing of it is left."""
    name = normalise(text.replace("_", " "))[:60].strip("-")
    return name if is_english(name) else ""


def is_askable(name: str) -> bool:
    """Whether a name may be put before the model at all."""
    return len(name) <= LONGEST and any(letter.isalpha() for letter in name) and bool(normalise(name))


def is_junk(name: str) -> bool:
    """Whether a word is plainly no ingredient, so that the model need not be asked."""
    word = name.strip().lower()
    return (
        len(word) < 2
        or not is_askable(word)
        or bool(re.fullmatch(r"[a-z]{1,3}", word))
        or bool(re.search(r"(.)\1{3}", word))
        or bool(_PLACEHOLDER.fullmatch(word))
    )

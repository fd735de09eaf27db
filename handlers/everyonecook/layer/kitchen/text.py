"""Text that users send: made harmless, and made into keys."""

from __future__ import annotations

import re
import unicodedata

_SCRIPT = re.compile(r"<(script|style)\b[^>]*>.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"</?[a-z!?][^<>]*>", re.IGNORECASE)
# What a removed tag may have put together: <scr<b>ipt> becomes <script>.
_OPENING = re.compile(r"<+(?=[a-z!?/])", re.IGNORECASE)


def sanitise(text: str) -> str:
    """A text without script blocks and tags, trimmed."""
    return _OPENING.sub("", _TAG.sub("", _SCRIPT.sub("", text))).strip()


def plain(text: str) -> str:
    """A text in lower case without Vietnamese or other diacritics."""
    letters = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def normalise(text: str) -> str:
    """A Vietnamese text as it stands in keys: a-z, 0-9 and single hyphens."""
    hyphened = re.sub(r"\s+", "-", plain(text))
    return re.sub(r"-{2,}", "-", re.sub(r"[^a-z0-9-]", "", hyphened)).strip("-")


def cut(text: str, most: int) -> str:
    """The first characters of a text."""
    return text if len(text) <= most else text[:most]


def file_stem(name: str) -> str:
    """A file name as it may stand in an object's key: no folder, no extension, no surprises."""
    stem = name.replace("\\", "/").rsplit("/", 1)[-1].rsplit(".", 1)[0]
    return re.sub(r"-{2,}", "-", re.sub(r"[^A-Za-z0-9_-]", "-", plain(stem))).strip("-")[:64] or "image"

"""Markup: elements whose texts and attributes cannot break out of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape

# what XML 1.0 has no way to say
_UNSAYABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Markup:
    """Text that is markup already."""

    source: str

    def __str__(self) -> str:
        return self.source


def text(value: object) -> str:
    """A value as markup: text, unless it is markup already."""
    if isinstance(value, Markup):
        return value.source
    return escape(_UNSAYABLE.sub("\N{REPLACEMENT CHARACTER}", str(value)))


def element(name: str, /, *content: object, **attributes: object) -> Markup:
    """An element; `class_` stands for class and `data_of` for data-of, and an attribute that is None is left out."""
    said = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{text(_number(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    inner = "".join(text(part) for part in content)
    return Markup(f"<{name}{said}>{inner}</{name}>" if inner else f"<{name}{said}/>")


def _number(value: object) -> object:
    return f"{value:.1f}".removesuffix(".0") if isinstance(value, float) else value

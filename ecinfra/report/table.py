"""Plain tables: as wide as what they hold, and never wider than they are told."""

from __future__ import annotations

from collections.abc import Container, Sequence
from typing import NamedTuple

_GAP = "  "
_COLOURS = {"": "", "red": "\x1b[31m", "yellow": "\x1b[33m", "bold": "\x1b[1m"}
_RESET = "\x1b[0m"


class Cell(NamedTuple):
    """A text with a colour: red, yellow, bold or none."""

    text: str
    colour: str = ""


def table(
    heads: Sequence[str], rows: Sequence[Sequence[Cell]], *, right: Container[str] = (), width: int | None = None
) -> str:
    """Rows below their heads, the columns named in `right` aligned there; too wide, the first column is cut."""
    lines = [[Cell(head) for head in heads], *rows]
    widths = [max(columns(line[number].text) for line in lines) for number in range(len(heads))]
    if width is not None:
        spare = width - sum(widths[1:]) - len(_GAP) * (len(widths) - 1)
        widths[0] = min(widths[0], max(spare, columns(heads[0]), 8))
    return "\n".join(_line(line, heads, widths, right) for line in lines)


def columns(text: str) -> int:
    """How many columns of a terminal a text takes."""
    if text.isascii():
        return len(text)
    from unicodedata import combining, east_asian_width  # wanted by few texts

    return sum(0 if combining(sign) else 2 if east_asian_width(sign) in "FW" else 1 for sign in text)


def _line(cells: Sequence[Cell], heads: Sequence[str], widths: Sequence[int], right: Container[str]) -> str:
    parts = []
    for (text, colour), head, width in zip(cells, heads, widths, strict=True):
        text = _cut(text, width)
        padding = " " * (width - columns(text))
        coloured = f"{_COLOURS[colour]}{text}{_RESET}" if colour else text
        parts.append(padding + coloured if head in right else coloured + padding)
    return _GAP.join(parts).rstrip()


def _cut(text: str, width: int) -> str:
    if columns(text) <= width:
        return text
    while columns(text) > width - 3:
        text = text[:-1]
    return text + "..."

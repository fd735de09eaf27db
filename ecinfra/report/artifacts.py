"""How large the zips of functions and layers are, and how large they were without layers."""

from __future__ import annotations

from collections.abc import Mapping

from ecinfra.bundle.outcome import Outcome
from ecinfra.report.table import Cell, table

_HEADS = ["function", "with layer", "without", "saved"]
_LARGE = 200_000
_LEGEND = "!  over 200 KB: what functions share belongs into a layer"


def artifacts_table(outcome: Outcome, width: int | None = None) -> str:
    """Each function as it is and as it would be without its layer, and each layer."""
    return "\n\n".join(text for text in (_functions(outcome, width), _layers(outcome, width)) if text)


def without_layer(outcome: Outcome) -> dict[str, int]:
    """The size of each function's zip, if it held what its layer does, by title."""
    sizes = {artifact.key: artifact.size for artifact in outcome.artifacts}
    return {each.title: sizes[each.key] + (sizes[each.layer] if each.layer else 0) for each in outcome.functions}


def changes_text(changes: Mapping[str, list[str]]) -> str:
    """What changed the hash of each artifact."""
    if not changes:
        return "no hash has changed since the last time"
    return "\n".join(f"{title}: {reason}" for title, reasons in changes.items() for reason in reasons)


def _functions(outcome: Outcome, width: int | None) -> str:
    if not outcome.functions:
        return ""
    sizes = {artifact.key: artifact.size for artifact in outcome.artifacts}
    alone = without_layer(outcome)
    pairs = {each.title: (sizes[each.key], alone[each.title]) for each in outcome.functions}
    rows = [[Cell(title), _marked(pair[0]), *_compared(*pair)] for title, pair in pairs.items()]
    size, rest = map(sum, zip(*pairs.values(), strict=True))
    rows.append([Cell("total"), Cell(_said(size)), *_compared(size, rest)])
    text = table(_HEADS, rows, right=_HEADS[1:], width=width)
    return f"{text}\n\n{_LEGEND}" if any(size > _LARGE for size, _ in pairs.values()) else text


def _layers(outcome: Outcome, width: int | None) -> str:
    if not outcome.layers:
        return ""
    artifacts = {artifact.key: artifact for artifact in outcome.artifacts}
    rows = []
    for each in outcome.layers:
        artifact = artifacts[each.key]
        sizes = (Cell(_said(artifact.size)), Cell(_said(artifact.unpacked)))
        rows.append([Cell(each.title), Cell(each.target), *sizes])
    return table(["layer", "for", "zip", "unzipped"], rows, right=("zip", "unzipped"), width=width)


def _marked(size: int) -> Cell:
    return Cell(f"! {_said(size)}", "yellow") if size > _LARGE else Cell(_said(size))


def _said(size: int) -> str:
    return f"{size / 1_000_000:,.1f} MB" if size >= 1_000_000 else f"{size / 1_000:,.1f} KB"


def _compared(size: int, rest: int) -> tuple[Cell, Cell]:
    """What it were without the layer, and how much less it is: rounded down, for something always remains."""
    saved = f"{(rest - size) * 1_000 // rest / 10} %" if rest > size else ""
    return Cell(_said(rest)), Cell(saved)

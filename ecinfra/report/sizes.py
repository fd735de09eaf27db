"""How large templates are, against what CloudFormation takes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ecinfra.render import Template
from ecinfra.report.table import Cell, table

_NEAR = 0.8
_LEGEND = "!  80 % of a limit, or more    !!  over a limit: CloudFormation refuses the template"


class Size(NamedTuple):
    """What CloudFormation limits in a template."""

    resources: int
    parameters: int
    outputs: int
    bytes: int


LIMITS = Size(resources=500, parameters=200, outputs=200, bytes=1_000_000)


def measure(template: Template) -> Size:
    """The size of a template."""
    resources, parameters, outputs = (
        len(template.body.get(name, ())) for name in ("Resources", "Parameters", "Outputs")
    )
    return Size(resources, parameters, outputs, len(template.text.encode()))


def total(sizes: Iterable[Size]) -> Size:
    """The size of templates together."""
    return Size(*(sum(numbers) for numbers in zip(*sizes, strict=True)))


def over(size: Size) -> list[str]:
    """What of a template CloudFormation does not take."""
    return [name for name, number, limit in zip(Size._fields, size, LIMITS, strict=True) if number > limit]


def sizes_table(templates: Sequence[Template], width: int | None = None) -> str:
    """The size of each template, a root above its stacks; marked where it comes near a limit, or passes it."""
    sizes = {template.path: measure(template) for template in templates}
    rows = []
    for root in dict.fromkeys(template.root for template in templates):
        own = [template for template in templates if template.root == root]
        for template in sorted(own, key=lambda item: item.stack is not None):
            name = Cell(f"  {template.name}") if template.stack else Cell(root, "bold")
            rows.append([name, *(_marked(*pair) for pair in zip(sizes[template.path], LIMITS, strict=True))])
    rows.append([Cell("total"), *(Cell(f"{number:,}") for number in total(sizes.values()))])
    rows.append([Cell("limit of each"), *(Cell(f"{number:,}") for number in LIMITS)])
    text = table(["template", *Size._fields], rows, right=Size._fields, width=width)
    return f"{text}\n\n{_LEGEND}" if any(cell.text.startswith("!") for row in rows for cell in row) else text


def _marked(number: int, limit: int) -> Cell:
    if number > limit:
        return Cell(f"!! {number:,}", "red")
    if number >= _NEAR * limit:
        return Cell(f"! {number:,}", "yellow")
    return Cell(f"{number:,}")

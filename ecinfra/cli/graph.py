"""`ecinfra graph`: a system as a drawing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Literal

import click

from ecinfra.build import write
from ecinfra.cli.options import current_app, environment_option, json_option, shown, stacks_argument, system_option
from ecinfra.errors import UsageError
from ecinfra.graph import View, as_data, trace, view
from ecinfra.link import link
from ecinfra.report.dot import dot
from ecinfra.report.lines import lines
from ecinfra.report.mermaid import MOST_LINES, mermaid
from ecinfra.report.page import page
from ecinfra.report.svg import svg

Form = Literal["mermaid", "dot", "svg", "html", "json"]
_ENDINGS: dict[str, Form] = {
    ".mmd": "mermaid",
    ".mermaid": "mermaid",
    ".dot": "dot",
    ".gv": "dot",
    ".svg": "svg",
    ".html": "html",
    ".htm": "html",
    ".json": "json",
}


@click.command("graph")
@stacks_argument
@system_option
@environment_option
@click.option("--values", is_flag=True, help="Name the values that travel, not only count them.")
@click.option("--resources", is_flag=True, help="Draw the resources inside the stacks, and what refers to what.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["mermaid", "dot", "svg", "html", "json"]),
    help="What to write; else the file's ending says it, else Mermaid is printed.",
)
@click.option("-o", "--output", metavar="FILE", type=click.Path(path_type=Path), help="Write to a file, not to stdout.")
@json_option
def command(
    stacks: tuple[str, ...],
    system: str | None,
    environment: str,
    values: bool,
    resources: bool,
    form: Form | None,
    output: Path | None,
    as_json: bool,
) -> None:
    """Draw what a system's stacks hand to one another.

    An arrow leads from the stack that gives a value to the one that takes it; a dashed one says that a stack merely
    stands after another. Where stacks are named, only they are drawn, with those that they take from or give to, and
    --resources opens only them.

    SVG and HTML need neither Graphviz nor a network. The page shows, of what one points at, which values travel.

    \b
    ecinfra graph -e dev                            Mermaid, for a Markdown page
    ecinfra graph -e dev -o system.html             a page to explore
    ecinfra graph -e dev --values -o system.svg     a picture with every value's name
    ecinfra graph -e dev Backend --resources -o backend.html
    ecinfra graph -e dev --format dot | dot -Tpdf -o system.pdf
    """
    if as_json and form not in (None, "json"):
        raise click.UsageError(f"--json and --format {form} ask for different things")
    wanted = "json" if as_json else form or _by_ending(output)
    drawn = view(trace(link(current_app(system, environment))), stacks, values=values, resources=resources)
    text = _text(drawn, wanted)
    if output is None:
        click.echo(text, nl=False)
        return
    if output.exists() and not output.is_file():
        raise UsageError(f"cannot write {shown(output.absolute())}: it is not a file")
    write(output.parent, {output.name: text})
    click.echo(f"wrote {shown(output.absolute())}", err=True)


def _by_ending(output: Path | None) -> Form:
    """The format that a file's name asks for; Mermaid where there is no file."""
    if output is None:
        return "mermaid"
    if output.suffix.lower() not in _ENDINGS:
        raise UsageError(
            f"cannot tell the format of '{output.name}' by its ending",
            hint=f"end it with one of {', '.join(_ENDINGS)}, or name the format with --format",
        )
    return _ENDINGS[output.suffix.lower()]


def _text(drawn: View, form: Form) -> str:
    match form:
        case "dot":
            return dot(drawn)
        case "svg":
            return svg(drawn)
        case "html":
            return page(drawn)
        case "json":
            return json.dumps(as_data(drawn), indent=2) + "\n"
    if (count := sum(1 for _ in lines(drawn))) > MOST_LINES:
        click.echo(
            f"{count} lines are more than the {MOST_LINES} that Mermaid draws by default: "
            "name stacks, or take --format html",
            err=True,
        )
    return mermaid(drawn)

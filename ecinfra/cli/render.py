"""`ecinfra render`: the templates of a system, as files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from ecinfra.build import renew
from ecinfra.cli.options import (
    current_project,
    environment_option,
    json_option,
    named_templates,
    print_json,
    shown,
    stacks_argument,
    system_option,
    terminal_width,
)
from ecinfra.errors import UsageError
from ecinfra.link import link
from ecinfra.project import choose, define
from ecinfra.render import Format, Rendered, Template, render
from ecinfra.report.sizes import LIMITS, measure, over, sizes_table, total
from ecinfra.report.text import counted


@click.command("render")
@stacks_argument
@system_option
@environment_option
@click.option(
    "-o",
    "--output",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Write there, not to build/SYSTEM/ENVIRONMENT.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["json", "yaml"]),
    default="json",
    show_default=True,
    help="How the templates are written.",
)
@click.option("--stdout", is_flag=True, help="Print one template, and write nothing.")
@json_option
def command(
    stacks: tuple[str, ...],
    system: str | None,
    environment: str,
    output: Path | None,
    form: Format,
    stdout: bool,
    as_json: bool,
) -> None:
    """Write a system's templates.

    There is one of each stack, and one of each root. Named stacks are written with their root, which addresses every
    stack by its content; Root stands for the roots themselves. Where no stack is named, all are written, and what was
    rendered before and is of no stack any more is removed.

    \b
    ecinfra render -e dev                  all, below build/SYSTEM/dev
    ecinfra render -e dev Backend          one stack, and its root
    ecinfra render Backend --stdout        one template, to look at
    ecinfra render -e prod -o out          all, below out
    """
    if stdout and (as_json or output):
        raise click.UsageError("--stdout prints a template and writes nothing: not with --json or --output")
    project = current_project()
    system = choose(project, system)
    rendered = render(link(define(project, system, environment)), form)
    chosen = named_templates(rendered, stacks)
    if stdout:
        click.echo(_only(chosen).text.encode(), nl=False)  # the bytes that a file would hold
        return
    written = _with_roots(rendered, chosen)
    folder = output or project.folder / "build" / system / environment
    _write(folder, rendered, written, whole=not stacks)
    if as_json:
        print_json({"system": system, "environment": environment, **_summary(folder, written)})
    else:
        click.echo(f"{system}, {environment}: {counted(len(written), 'template')} in {shown(folder)}\n")
        click.echo(sizes_table(written, terminal_width()))


def _only(chosen: Sequence[Template]) -> Template:
    if len(chosen) == 1:
        return chosen[0]
    raise UsageError(
        f"--stdout prints one template, and this names {len(chosen)}",
        hint="name one of: " + ", ".join(template.name if template.stack else template.root for template in chosen),
    )


def _with_roots(rendered: Rendered, chosen: Sequence[Template]) -> list[Template]:
    paths = {template.path for template in chosen}
    roots = {template.root for template in chosen}
    return [item for item in rendered.templates if item.path in paths or (item.stack is None and item.root in roots)]


def _write(folder: Path, rendered: Rendered, written: Sequence[Template], *, whole: bool) -> None:
    record = f".{rendered.system.name}-{rendered.system.environment}.rendered"
    texts = {template.path: template.text for template in written}
    for path in renew(folder, record, texts, whole=whole):
        click.echo(f"kept {shown(path)}: its stack is gone, but it was changed by hand", err=True)


def _summary(folder: Path, written: Sequence[Template]) -> dict[str, Any]:
    sizes = {template.path: measure(template) for template in written}
    return {
        "folder": str(folder.absolute()),
        "templates": [
            {"root": item.root, "name": item.name, "path": item.path, **size._asdict(), "over": over(size)}
            for item, size in zip(written, sizes.values(), strict=True)
        ],
        "total": total(sizes.values())._asdict(),
        "limits": LIMITS._asdict(),
    }

"""`ecinfra lint`: what is wrong with a system's templates."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

from ecinfra.cli.findings import (
    check_formats,
    end,
    print_described,
    print_findings,
    print_rules,
    print_sarif,
    rules_option,
    sarif_option,
)
from ecinfra.cli.options import (
    current_project,
    environment_option,
    json_option,
    named_templates,
    stacks_argument,
    system_option,
)
from ecinfra.link import link
from ecinfra.lint import RULES, Memory, lint
from ecinfra.lint.circumstances import circumstances
from ecinfra.project import choose, define
from ecinfra.render import Template, render

_PATIENCE = 1.0


@click.command("lint")
@stacks_argument
@system_option
@environment_option
@json_option
@sarif_option
@click.option("--no-cache", is_flag=True, help="Check everything again.")
@rules_option
def command(
    stacks: tuple[str, ...],
    system: str | None,
    environment: str,
    as_json: bool,
    as_sarif: bool,
    no_cache: bool,
    list_rules: bool,
) -> None:
    """Check a system's templates: with every rule of cfn-lint, and with rules of our own.

    Our own rules follow values from stack to stack. Each finding names the line of Python that wrote the resource.
    Ends with 1 where there are errors or warnings; notes are for information. What has not changed since the last
    time is not checked again.

    \b
    ecinfra lint -e prod                      the whole system
    ecinfra lint -e prod Backend              one stack
    ecinfra lint -e prod --sarif > lint.sarif for a code host
    """
    check_formats(as_json, as_sarif)
    if list_rules:
        print_rules(RULES, as_json)
        return
    project = current_project()
    system = choose(project, system)
    rendered = render(link(define(project, system, environment)))
    templates = named_templates(rendered, stacks)
    memory = None if no_cache else Memory.open(project.folder, f"{system}-{environment}", circumstances())
    with _progress(len(templates)) as watch:
        findings = lint(rendered, templates, memory, watch)
    if as_json:
        print_described(findings, rendered, project)
    elif as_sarif:
        print_sarif(findings, RULES, project)
    else:
        print_findings(findings, len(templates), "template", project)
    end(findings)


@contextmanager
def _progress(count: int) -> Iterator[Callable[[Template], None] | None]:
    """Say on a terminal what is being checked, once it takes a while."""
    if not sys.stderr.isatty():
        yield None
        return
    started = time.monotonic()
    checked = 0

    def watch(template: Template) -> None:
        nonlocal checked
        checked += 1
        if time.monotonic() - started > _PATIENCE:
            click.echo(f"\r\x1b[Kchecking {template.name}, {checked} of {count}", nl=False, err=True)

    try:
        yield watch
    finally:
        click.echo("\r\x1b[K", nl=False, err=True)

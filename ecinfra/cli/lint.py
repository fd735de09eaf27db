"""`ecinfra lint`: what is wrong with a system's templates."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import click

from ecinfra import __version__
from ecinfra.cli.options import (
    current_project,
    environment_option,
    json_option,
    named_templates,
    print_json,
    stacks_argument,
    system_option,
    terminal_width,
)
from ecinfra.link import link
from ecinfra.lint import RULES, Finding, Level, Memory, lint
from ecinfra.lint.circumstances import circumstances
from ecinfra.project import Project, choose, define
from ecinfra.render import Rendered, Template, render
from ecinfra.report.findings import described, described_rule, findings_text, rules_text, summary

_PATIENCE = 1.0


@click.command("lint")
@stacks_argument
@system_option
@environment_option
@json_option
@click.option("--sarif", "as_sarif", is_flag=True, help="Print SARIF, for code hosts.")
@click.option("--no-cache", is_flag=True, help="Check everything again.")
@click.option("--rules", "list_rules", is_flag=True, help="List the rules of our own, and check nothing.")
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
    if as_json and as_sarif:
        raise click.UsageError("--json and --sarif are two formats of one output: name one")
    if list_rules:
        _print_rules(as_json)
        return
    project = current_project()
    system = choose(project, system)
    rendered = render(link(define(project, system, environment)))
    templates = named_templates(rendered, stacks)
    memory = None if no_cache else Memory.open(project.folder, f"{system}-{environment}", circumstances())
    with _progress(len(templates)) as watch:
        findings = lint(rendered, templates, memory, watch)
    if as_json:
        print_json(_report(findings, rendered, project))
    elif as_sarif:
        from ecinfra.report.sarif import sarif

        print_json(sarif(findings, RULES.values(), project.folder, __version__))
    else:
        _print(findings, len(templates), project)
    if any(finding.level is not Level.NOTE for finding in findings):
        click.get_current_context().exit(1)


def _print(findings: Sequence[Finding], templates: int, project: Project) -> None:
    if findings:
        click.echo(findings_text(findings, project.folder, terminal_width()))
    click.echo(summary(findings, templates))


def _report(findings: Sequence[Finding], rendered: Rendered, project: Project) -> dict[str, Any]:
    levels = [finding.level for finding in findings]
    return {
        "system": rendered.system.name,
        "environment": rendered.system.environment,
        **{f"{level.value}s": levels.count(level) for level in Level},
        "findings": [described(finding, project.folder) for finding in findings],
    }


def _print_rules(as_json: bool) -> None:
    if as_json:
        print_json([described_rule(rule) for rule in RULES.values()])
    else:
        click.echo(rules_text(RULES.values(), terminal_width()))


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

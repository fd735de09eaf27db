"""Findings of a command: in the format that is asked for, with the exit code that they call for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import click

from ecinfra import __version__
from ecinfra.cli.options import print_json, terminal_width
from ecinfra.lint.finding import Finding, Level, Rule
from ecinfra.project import Project
from ecinfra.render import Rendered
from ecinfra.report.findings import described, described_rule, findings_text, rules_text, summary

Rules = Mapping[str, Rule]

sarif_option = click.option("--sarif", "as_sarif", is_flag=True, help="Print SARIF, for code hosts.")
rules_option = click.option("--rules", "list_rules", is_flag=True, help="List the rules of our own, and check nothing.")


def check_formats(as_json: bool, as_sarif: bool) -> None:
    """Refuse two formats at once."""
    if as_json and as_sarif:
        raise click.UsageError("--json and --sarif are two formats of one output: name one")


def print_rules(rules: Rules, as_json: bool) -> None:
    """List rules."""
    if as_json:
        print_json([described_rule(rule) for rule in rules.values()])
    else:
        click.echo(rules_text(rules.values(), terminal_width()))


def print_sarif(findings: Sequence[Finding], rules: Rules, project: Project) -> None:
    """Print findings for a code host."""
    from ecinfra.report.sarif import sarif

    print_json(sarif(findings, rules.values(), project.folder, __version__))


def print_described(findings: Sequence[Finding], rendered: Rendered, project: Project) -> None:
    """Print findings for a machine."""
    levels = [finding.level for finding in findings]
    report: dict[str, Any] = {
        "system": rendered.system.name,
        "environment": rendered.system.environment,
        **{f"{level.value}s": levels.count(level) for level in Level},
        "findings": [described(finding, project.folder) for finding in findings],
    }
    print_json(report)


def print_findings(findings: Sequence[Finding], looked_at: int, noun: str, project: Project) -> None:
    """Print findings for people, and in how many of what they are."""
    if findings:
        click.echo(findings_text(findings, project.folder, terminal_width()))
    click.echo(summary(findings, looked_at, noun))


def end(findings: Sequence[Finding]) -> None:
    """End with 1 where there is more than notes."""
    if any(finding.level is not Level.NOTE for finding in findings):
        click.get_current_context().exit(1)

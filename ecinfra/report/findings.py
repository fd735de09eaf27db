"""Findings, for people and for machines."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from ecinfra.lint.finding import Finding, Level, Rule
from ecinfra.report.text import counted

_COLOURS = {Level.ERROR: "\x1b[31m", Level.WARNING: "\x1b[33m", Level.NOTE: "\x1b[36m"}
_BOLD = "\x1b[1m"
_RESET = "\x1b[0m"
_INDENT = "    "
_NARROWEST = 40


def findings_text(findings: Sequence[Finding], folder: Path, width: int | None = None) -> str:
    """Findings below the stack that they are about; places are named from the project's folder."""
    groups = []
    for heading, group in groupby(findings, _heading):
        entries = "\n".join(_entry(finding, folder, width) for finding in group)
        groups.append(f"{_BOLD}{heading}{_RESET}\n{entries}\n")
    return "\n".join(groups)


def summary(findings: Iterable[Finding], looked_at: int, noun: str = "template") -> str:
    """How many findings of each level, in how many of what, in one line."""
    levels = [finding.level for finding in findings]
    counts = [counted(levels.count(level), level.value) for level in Level if level in levels]
    where = counted(looked_at, noun)
    return f"{', '.join(counts)} in {where}" if counts else f"nothing to say of {where}"


def described(finding: Finding, folder: Path) -> dict[str, Any]:
    """A finding as plain data."""
    place = finding.place.relative_to(folder) if finding.place else None
    return {
        "rule": finding.rule.id,
        "name": finding.rule.name,
        "level": finding.level.value,
        "message": finding.message,
        "system": finding.system,
        "root": finding.root,
        "stack": finding.stack,
        "resource": finding.resource or None,
        "property": finding.property or None,
        "path": list(finding.path),
        "template": finding.template,
        "file": place.file if place else None,
        "line": place.line if place else None,
        "source": finding.rule.source or None,
    }


def rules_text(rules: Iterable[Rule], width: int | None = None) -> str:
    """Rules, each with what it says and where to read on."""
    return "\n\n".join(
        "\n".join([_titled(rule), *_wrapped(f"{rule.description}.", width), f"{_INDENT}{rule.source}"])
        for rule in rules
    )


def described_rule(rule: Rule) -> dict[str, Any]:
    """A rule as plain data."""
    return {
        "id": rule.id,
        "name": rule.name,
        "level": rule.level.value,
        "description": rule.description,
        "source": rule.source,
    }


def _heading(finding: Finding) -> str:
    return finding.root if finding.stack == "Root" else finding.stack


def _entry(finding: Finding, folder: Path, width: int | None) -> str:
    where = ".".join(part for part in (finding.resource, finding.property) if part) or "the template"
    level = f"{_COLOURS[finding.level]}{finding.level.value}{_RESET}"
    lines = [f"  {level} {finding.rule.id} {_cut(where, finding, width)}", *_wrapped(finding.message, width)]
    if finding.place:
        lines.append(f"{_INDENT}{finding.place.relative_to(folder)}")
    return "\n".join(lines)


def _cut(where: str, finding: Finding, width: int | None) -> str:
    """An address that fits beside level and rule: its middle is the least telling."""
    if width is None:
        return where
    space = max(width, _NARROWEST) - len(f"  {finding.level.value} {finding.rule.id} ")
    if len(where) <= space:
        return where
    half = (space - 3) // 2
    return f"{where[:half]}...{where[-half:]}"


def _wrapped(message: str, width: int | None) -> list[str]:
    if width is None:
        return [_INDENT + " ".join(message.split())]
    return textwrap.wrap(
        message, max(width, _NARROWEST), initial_indent=_INDENT, subsequent_indent=_INDENT, break_on_hyphens=False
    )


def _titled(rule: Rule) -> str:
    return f"{_BOLD}{rule.id}{_RESET} {rule.name} ({_COLOURS[rule.level]}{rule.level.value}{_RESET})"

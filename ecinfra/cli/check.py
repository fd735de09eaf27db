"""`ecinfra check`: in what a system's code and its templates contradict each other."""

from __future__ import annotations

import click

from ecinfra.cli import names
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
from ecinfra.cli.options import current_project, environment_option, json_option, system_option
from ecinfra.contract import RULES, assets, check, functions
from ecinfra.errors import UsageError, nearest
from ecinfra.link import link
from ecinfra.project import define
from ecinfra.render import render


@click.command("check")
@click.argument("chosen", nargs=-1, metavar="[FUNCTION]...", shell_complete=names.functions)
@system_option
@environment_option
@json_option
@sarif_option
@rules_option
def command(
    chosen: tuple[str, ...], system: str | None, environment: str, as_json: bool, as_sarif: bool, list_rules: bool
) -> None:
    """Hold the code of a system's functions against its templates, from the sources alone.

    What a handler reads is set, and what is set is read; it starts at something; what it can call its role allows, and
    what its role allows it can call; what it imports is there; it has the time that its queue and its API leave it.
    Each finding names the line of the code, or of the template, that it is about. Ends with 1 where there are errors
    or warnings; notes are for information.

    \b
    ecinfra check -e prod                       every function
    ecinfra check -e prod Admin Upload          two of them
    ecinfra check -e prod --sarif > check.sarif for a code host
    """
    check_formats(as_json, as_sarif)
    if list_rules:
        print_rules(RULES, as_json)
        return
    project = current_project()
    app = define(project, system, environment)
    rendered = render(link(app))
    known = functions(rendered)
    for name in chosen:
        if name not in known:
            raise UsageError(f"there is no function '{name}'", hint=nearest(name, known))
    findings = check(rendered, assets(app), chosen)
    if as_json:
        print_described(findings, rendered, project)
    elif as_sarif:
        print_sarif(findings, RULES, project)
    else:
        print_findings(findings, len(set(chosen) or known), "function", project)
    end(findings)

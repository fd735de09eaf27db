"""The command line: one file a command, imported when it is used."""

from __future__ import annotations

import atexit
import gc
import os
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ecinfra import __version__
from ecinfra.cli.failures import failures

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

# name: the module that holds it, and its line in the list of commands
_COMMANDS = {
    "init": ("init", "Write a new project that renders and lints at once."),
    "systems": ("systems", "List the project's systems and their environments."),
    "list": ("stacks", "List a system's stacks in the order of their deployment."),
    "render": ("render", "Write a system's templates."),
    "lint": ("lint", "Check a system's templates."),
    "check": ("check", "Hold the code of a system's functions against its templates."),
    "graph": ("graph", "Draw what a system's stacks hand to one another."),
    "bundle": ("bundle", "Build the zips of a system's functions and layers."),
    "completion": ("completion", "Print a script that completes commands and names in a shell."),
}


class Commands(click.Group):
    """A group that imports a command when it is used, and turns ecinfra's errors into text."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """The commands, as one meets them."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        """Import a command."""
        if cmd_name not in _COMMANDS:
            return None
        command: click.Command = import_module(f"ecinfra.cli.{_COMMANDS[cmd_name][0]}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find a command, or say which ones have a name like it."""
        try:
            return super().resolve_command(ctx, args)
        except click.exceptions.NoSuchCommand as error:
            raise click.exceptions.NoSuchCommand(error.command_name, possibilities=_COMMANDS, ctx=ctx) from None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """List the commands, without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in _COMMANDS.items()])

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Complete the name of a command, without importing any."""
        from click.shell_completion import CompletionItem

        return [
            CompletionItem(name, help=line) for name, (_, line) in _COMMANDS.items() if name.startswith(incomplete)
        ] + click.Command.shell_complete(self, ctx, incomplete)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the group's own options, of which --help and --version print."""
        with failures(ctx):
            return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> object:
        """Run a command."""
        with failures(ctx):
            return super().invoke(ctx)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "-C",
    "--project",
    metavar="DIR",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The project's folder, or one inside it. Default: the working directory.",
)
@click.version_option(__version__, prog_name="ecinfra", message="%(prog)s %(version)s")
@click.pass_context
def main(context: click.Context, project: Path | None) -> None:  # noqa: ARG001 - the commands read it
    """Typed CloudFormation for Python: compose, render, lint, look.

    \b
    ecinfra init shop              a new project, with a system called shop
    ecinfra list -e prod           its stacks, as they would stand in prod
    ecinfra render -e prod         its templates, below build/shop/prod
    ecinfra lint -e prod           what CloudFormation would say of them
    """
    if os.environ.get("NO_COLOR"):
        context.color = False
    # A command makes much, keeps nearly all of it, and ends: collecting in between and at the end finds nothing.
    gc.disable()
    context.call_on_close(gc.enable)
    atexit.register(gc.freeze)

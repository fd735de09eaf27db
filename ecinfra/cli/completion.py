"""`ecinfra completion`: what a shell needs to complete commands, options and names."""

from __future__ import annotations

import click

_VARIABLE = "_ECINFRA_COMPLETE"


@click.command("completion")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def command(context: click.Context, shell: str) -> None:
    """Print a script that completes commands and names in a shell.

    The names are those of systems, environments and stacks, as the project around the working directory knows them.

    \b
    bash: echo 'eval "$(ecinfra completion bash)"' >> ~/.bashrc
    zsh:  echo 'eval "$(ecinfra completion zsh)"' >> ~/.zshrc
    fish: ecinfra completion fish > ~/.config/fish/completions/ecinfra.fish
    """
    from click.shell_completion import BashComplete, FishComplete, ZshComplete

    complete = {"bash": BashComplete, "zsh": ZshComplete, "fish": FishComplete}[shell]
    click.echo(complete(context.find_root().command, {}, "ecinfra", _VARIABLE).source())

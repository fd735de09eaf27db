"""Programs that run beside this one, and end with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence


def run(command: Sequence[str], follow: Callable[[str], None] = lambda _line: None) -> tuple[int, list[str]]:
    """Run a program; its exit code, and the lines that it said, each of which is followed as it comes."""
    import subprocess  # wanted by new layers only

    said = []
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace"
    ) as process:
        try:
            for line in process.stdout or ():
                said.append(line.rstrip())
                follow(said[-1])
        except BaseException:
            process.kill()
            raise
    return process.returncode, said

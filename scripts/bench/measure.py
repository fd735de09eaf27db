"""CPU seconds and memory of whole processes, run in turns so that all meet the same weather."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple


class Cost(NamedTuple):
    """What a process took: CPU seconds (median of the runs) and MiB at its highest."""

    cpu: float
    memory: float


def costs(
    commands: dict[str, Sequence[str]], *, runs: int = 7, folder: Path | None = None, fresh: Sequence[Path] = ()
) -> dict[str, Cost]:
    """The cost of each command, run in turns; `fresh` files are removed before each run."""
    taken: dict[str, list[Cost]] = {name: [] for name in commands}
    for command in commands.values():  # once beforehand, so that byte code and disk are warm
        _run(command, folder)
    for _ in range(runs):
        for name, command in commands.items():
            for path in fresh:
                path.unlink(missing_ok=True)
            taken[name].append(_run(command, folder))
    return {
        name: Cost(statistics.median(cost.cpu for cost in each), max(cost.memory for cost in each))
        for name, each in taken.items()
    }


def _run(command: Sequence[str], folder: Path | None) -> Cost:
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    assert process.stderr is not None
    errors = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1) or (process.returncode == 1 and b"Traceback" in errors):
        sys.exit(f"{' '.join(command)}: {errors.decode()}")
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def say(name: str, cost: float, reference: float, limit: float | None, what: str) -> None:
    """Print one ratio."""
    goal = f"  (at most {limit:g})" if limit is not None else ""
    print(f"{name:<44} {cost * 1000:8.0f} ms  {cost / reference:6.2f} x {what}{goal}")

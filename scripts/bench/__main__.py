"""Measure ecinfra against its peers on this machine: python scripts/bench [render|lint|growth ...]

Prints CPU ratios, each of commands run in turns within one run; nothing here passes or fails.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import lint
import plain
from measure import costs, say

from ecinfra.project import find

ROOT = Path(__file__).parents[2]
ECINFRA = [sys.executable, "-c", "from ecinfra.cli import main; main()"]  # what the installed command does


def bench_render() -> None:
    """The whole command, against importing troposphere and against a plain troposphere program."""
    with tempfile.TemporaryDirectory() as folder:
        plain.write(find(ROOT), "everyonecook", "dev", Path(folder) / "plain_program.py")
        program = f"import sys; sys.path.insert(0, {folder!r}); import plain_program; plain_program.main({folder!r})"
        taken = costs(
            {
                "import": [sys.executable, "-c", "import troposphere"],
                "plain": [sys.executable, "-c", program],
                "render": [*ECINFRA, "render", "-e", "dev"],
            },
            folder=ROOT,
            runs=15,
        )
    say("plain troposphere program", taken["plain"].cpu, taken["import"].cpu, None, "import troposphere")
    say("ecinfra render -e dev", taken["render"].cpu, taken["import"].cpu, 2.5, "import troposphere")
    say("ecinfra render -e dev", taken["render"].cpu, taken["plain"].cpu, 1.3, "plain troposphere program")


def bench_growth() -> None:
    """Ten times the stacks, and a hundred stacks of four hundred resources."""
    program = str(Path(__file__).parent / "growth.py")
    with tempfile.TemporaryDirectory() as folder:
        sizes = {
            "10 x 40": ("10", "40"),
            "100 x 4": ("100", "4"),
            "100 x 40": ("100", "40"),
            "100 x 400": ("100", "400"),
        }
        taken = costs(
            {name: [sys.executable, program, *size, folder] for name, size in sizes.items()}, folder=ROOT, runs=3
        )
    small = taken["10 x 40"].cpu
    say("10 stacks of 40 resources", small, small, None, "itself")
    say("100 stacks of 4 (ten times the stacks)", taken["100 x 4"].cpu, small, 4, "10 x 40")
    say("100 stacks of 40 (and of the resources)", taken["100 x 40"].cpu, small, 4, "10 x 40")
    say("100 stacks of 400", taken["100 x 400"].cpu, small, None, "10 x 40")
    print(f"{'100 stacks of 400, memory':<44} {taken['100 x 400'].memory:8.0f} MiB  (at most 600)")


BENCHES = {"render": bench_render, "lint": lint.bench, "growth": bench_growth}

if __name__ == "__main__":
    wanted = sys.argv[1:] or list(BENCHES)
    for name in wanted:
        if name not in BENCHES:
            sys.exit(f"there is no benchmark {name}; there is: {', '.join(BENCHES)}")
        print(f"{name}: python scripts/bench {name}")
        BENCHES[name]()

"""What `ecinfra lint` takes, against one call of `cfn-lint` over the same files."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from measure import costs, say

from ecinfra import link, render
from ecinfra.lint.cloudformation import ARGUMENTS
from ecinfra.project import define, find

ROOT = Path(__file__).parents[2]
SYSTEM, ENVIRONMENT = "everyonecook", "prod"
# another text of one stack at each run
CHANGED = """

import time

_define = define


def define(settings: Settings) -> App:
    app = _define(settings)
    app.stacks["Backend"].description = f"as of {time.time_ns()}"
    return app
"""


def bench() -> None:
    """Everything for the first time, nothing changed since, and one stack changed since."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        region, files = _write(folder / "rendered")
        command = "from cfnlint.runner import main; main()"
        foreign = [sys.executable, "-c", command, *ARGUMENTS, "--regions", region, "--", *files]
        ours = {kind: _project(folder / kind) for kind in ("cold", "unchanged", "changed")}
        with (ours["changed"] / "templates" / SYSTEM / "app.py").open("a", encoding="utf-8") as app:
            app.write(CHANGED)
        options = ["lint", "-s", SYSTEM, "-e", ENVIRONMENT]
        taken = costs(
            {
                "cfn-lint": foreign,
                **{
                    kind: [sys.executable, "-m", "ecinfra", "-C", str(project), *options]
                    for kind, project in ours.items()
                },
            },
            folder=ROOT,
            fresh=[ours["cold"] / ".ecinfra" / "lint" / f"{SYSTEM}-{ENVIRONMENT}.json"],
        )
    reference = taken["cfn-lint"].cpu
    say("cfn-lint", reference, reference, None, "itself")
    say("ecinfra lint, for the first time", taken["cold"].cpu, reference, 0.9, "cfn-lint")
    say("ecinfra lint, nothing changed", taken["unchanged"].cpu, reference, 0.06, "cfn-lint")
    say("ecinfra lint, one stack changed", taken["changed"].cpu, reference, 0.4, "cfn-lint")


def _write(folder: Path) -> tuple[str, list[str]]:
    """The templates as files, and the region that most of them are for."""
    rendered = render(link(define(find(ROOT), SYSTEM, ENVIRONMENT)))
    files = []
    for template in rendered.templates:
        path = folder / template.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(template.text, encoding="utf-8")
        files.append(str(path))
    return max(rendered.system.roots, key=lambda root: len(root.stacks)).region, files


def _project(folder: Path) -> Path:
    """A copy of the project, with a memory of its own."""
    for part in ("templates", "handlers"):
        shutil.copytree(ROOT / part, folder / part)
    return folder

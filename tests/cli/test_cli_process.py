"""The command line as a shell meets it: a process, a pipe, a terminal."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from tests.projects import APP, write_project

ROOT = Path(__file__).parents[2]
COMMAND = [sys.executable, "-P", "-m", "ecinfra"]


@pytest.fixture
def environment() -> dict[str, str]:
    """The process's environment, without what would tell it about a terminal."""
    mute = {"NO_COLOR", "COLUMNS", "LINES", "FORCE_COLOR"}
    return {**{key: value for key, value in os.environ.items() if key not in mute}, "PYTHONPATH": str(ROOT)}


def in_terminal(folder: Path, environment: dict[str, str], *arguments: str) -> str:
    """What a terminal shows of a command."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [*COMMAND, *arguments], cwd=folder, env=environment, stdin=theirs, stdout=theirs, stderr=theirs
    ) as process:
        os.close(theirs)
        shown = b""
        try:
            while block := os.read(ours, 4_096):
                shown += block
        except OSError:  # the other end is closed
            pass
        process.wait()
    os.close(ours)
    return shown.decode().replace("\r\n", "\n")


def test_a_terminal_gets_colours(tmp_path: Path, environment: dict[str, str]) -> None:
    write_project(tmp_path)

    assert "\n\x1b[1mShop-local\x1b[0m  " in in_terminal(tmp_path, environment, "render")
    assert in_terminal(tmp_path, environment, "render", "Dsk").startswith("\x1b[31m\x1b[1merror:\x1b[0m there is no")


def test_a_terminal_that_wants_no_colours_gets_none(tmp_path: Path, environment: dict[str, str]) -> None:
    write_project(tmp_path)
    environment["NO_COLOR"] = "1"

    assert "\x1b" not in in_terminal(tmp_path, environment, "render")
    assert "\x1b" not in in_terminal(tmp_path, environment, "render", "Dsk")


@pytest.mark.parametrize("columns", ["80", "200"])
def test_a_table_fits_a_terminal_and_is_not_stretched(
    columns: str, tmp_path: Path, environment: dict[str, str]
) -> None:
    write_project(tmp_path)
    environment |= {"COLUMNS": columns, "NO_COLOR": "1"}

    lines = in_terminal(tmp_path, environment, "render").splitlines()

    assert max(len(line) for line in lines) == len("limit of each        500         200      200  1,000,000")


def test_long_names_are_cut_to_the_terminal_and_whole_in_a_pipe(tmp_path: Path, environment: dict[str, str]) -> None:
    name = "Warehouse" * 10
    write_project(tmp_path, app=APP.replace('"Desk"', f'"{name}"'))
    environment |= {"COLUMNS": "80", "NO_COLOR": "1"}

    assert max(len(line) for line in in_terminal(tmp_path, environment, "list").splitlines()) == 80
    piped = subprocess.run(
        [*COMMAND, "list"], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
    )
    assert name in piped.stdout


def test_a_pipe_gets_no_colours(tmp_path: Path, environment: dict[str, str]) -> None:
    write_project(tmp_path)

    piped = subprocess.run([*COMMAND, "render"], cwd=tmp_path, env=environment, capture_output=True, check=True)

    assert b"\x1b" not in piped.stdout
    assert piped.stderr == b""


def test_a_reader_that_goes_away_is_no_error(tmp_path: Path, environment: dict[str, str]) -> None:
    write_project(tmp_path)
    ours, theirs = os.pipe()
    os.close(ours)

    with os.fdopen(theirs, "wb") as pipe:
        result = subprocess.run(
            [*COMMAND, "list"], cwd=tmp_path, env=environment, stdout=pipe, stderr=subprocess.PIPE, check=False
        )

    assert result.stderr == b""


def test_rendering_loads_nothing_that_it_does_not_need(tmp_path: Path, environment: dict[str, str]) -> None:
    write_project(tmp_path)
    code = (
        "import sys\n"
        "from ecinfra.cli import main\n"
        "main(['render'], prog_name='ecinfra', standalone_mode=False)\n"
        "heavy = {'boto3', 'botocore', 'cfnlint', 'rich', 'networkx', 'jinja2', 'click.shell_completion', 'shutil',\n"
        "         'importlib.metadata', 'subprocess', 'tomllib', 'ecinfra.cli.init', 'ecinfra.cli.lint',\n"
        "         'ecinfra.cli.graph', 'ecinfra.lint', 'ecinfra.graph'}\n"
        "print(sorted(heavy & set(sys.modules)))\n"
    )

    result = subprocess.run(
        [sys.executable, "-P", "-c", code], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
    )

    assert result.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("arguments", [("list",), ("systems", "--json"), ("render", "Mail", "--stdout")])
def test_a_full_disk_is_said_in_a_line(
    arguments: tuple[str, ...], unbuffered: str, tmp_path: Path, environment: dict[str, str]
) -> None:
    write_project(tmp_path)
    environment["PYTHONUNBUFFERED"] = unbuffered

    with Path("/dev/full").open("wb") as full:
        result = subprocess.run(
            [*COMMAND, *arguments], cwd=tmp_path, env=environment, stdout=full, stderr=subprocess.PIPE, check=False
        )

    assert result.returncode == 1
    assert result.stderr == b"error: cannot print: no space left on device\n"


def test_a_closed_output_is_said_in_a_line_before_anything_is_done(tmp_path: Path, environment: dict[str, str]) -> None:
    write_project(tmp_path)

    result = subprocess.run(
        ["sh", "-c", '"$@" >&-', "sh", *COMMAND, "render"],
        cwd=tmp_path,
        env=environment,
        stderr=subprocess.PIPE,
        check=False,
    )

    assert result.returncode == 1
    assert result.stderr == b"error: cannot print: bad file descriptor\n"
    assert not (tmp_path / "build").exists()

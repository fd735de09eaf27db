from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from ecinfra import App
from ecinfra.lint import Finding, Memory, lint
from ecinfra.lint.circumstances import cfn_lint_release, circumstances
from ecinfra.render import Template
from tests.lint.faults import new_app, rendered, resource


def shop(*, delay: int = 5_000, region: str | None = None) -> App:
    app = new_app()
    app.stack("Mail", region=region).add(resource("AWS::SQS::Queue", "Inbox", DelaySeconds=delay))
    app.stack("Desk").add(resource("AWS::CloudWatch::Alarm", "Fire", MetricName="x"))
    return app


def run(folder: Path, app: App, under: str = "sunny") -> tuple[list[Finding], list[str]]:
    """The findings, and the templates that were checked for them."""
    checked: list[Template] = []
    findings = lint(rendered(app), memory=Memory.open(folder, "shop-dev", under), watch=checked.append)
    return findings, [template.name for template in checked]


def memory_of(folder: Path) -> Path:
    return folder / ".ecinfra" / "lint" / "shop-dev.json"


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Finding], list[str]]:
    """A first run: its folder, its findings, and what was checked for them."""
    folder = tmp_path_factory.mktemp("first")
    return folder, *run(folder, shop())


@pytest.fixture
def folder(first: tuple[Path, list[Finding], list[str]], tmp_path: Path) -> Path:
    """The folder of a project after a first run."""
    shutil.copytree(first[0], tmp_path, dirs_exist_ok=True)
    return tmp_path


def test_what_has_not_changed_is_not_checked_again(folder: Path, first: tuple[Path, list[Finding], list[str]]) -> None:
    _, findings, checked = first
    assert checked == ["Mail", "Desk", "Root"]
    assert {"E3034", "EC122"} <= {finding.rule.id for finding in findings}

    assert run(folder, shop()) == (findings, [])


def test_what_has_changed_is_checked_again(folder: Path) -> None:
    before = json.loads(memory_of(folder).read_text("utf-8"))["known"]
    findings, checked = run(folder, shop(delay=5))
    after = json.loads(memory_of(folder).read_text("utf-8"))["known"]

    assert checked == ["Mail", "Root"]
    assert "E3034" not in {finding.rule.id for finding in findings}
    assert (len(before), len(after), len(before.keys() & after.keys())) == (4, 4, 1)
    assert [path.name for path in memory_of(folder).parent.iterdir()] == ["shop-dev.json"]


def test_a_template_in_another_region_is_another(folder: Path) -> None:
    memory = Memory.open(folder, "shop-dev", "sunny")

    assert {key.partition(" ")[0] for key in memory.known} == {"eu-west-1", "own"}
    assert "Mail" in run(folder, shop(region="us-east-1"))[1]


def test_a_line_that_moved_is_where_it_is_now(folder: Path, first: tuple[Path, list[Finding], list[str]]) -> None:
    def moved() -> App:
        app = new_app()

        app.stack("Mail").add(resource("AWS::SQS::Queue", "Inbox", DelaySeconds=5_000))
        app.stack("Desk").add(resource("AWS::CloudWatch::Alarm", "Fire", MetricName="x"))
        return app

    findings, checked = run(folder, moved())

    assert checked == []
    assert [finding.message for finding in findings] == [finding.message for finding in first[1]]
    assert {finding.place for finding in findings}.isdisjoint({finding.place for finding in first[1]})


def test_other_circumstances_forget_everything(folder: Path) -> None:
    assert Memory.open(folder, "shop-dev", "sunny").known
    assert not Memory.open(folder, "shop-dev", "rainy").known


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: text[:100],
        lambda text: "",
        lambda text: "[]",
        lambda text: text.replace('"rules":{', '"laws":{'),
        lambda text: text.replace('"E3034"', "null", 1),
        lambda text: text.replace('"error"', '"fatal"'),
        lambda text: text.replace('"form":1', '"form":0'),
        lambda text: json.dumps({**json.loads(text), "known": {"x": 3}}),
        lambda text: "\ud800",
    ],
)
def test_what_cannot_be_read_is_forgotten(folder: Path, spoil: Callable[[str], str]) -> None:
    file = memory_of(folder)
    file.write_bytes(spoil(file.read_text("utf-8")).encode("utf-8", "surrogatepass"))

    assert not Memory.open(folder, "shop-dev", "sunny").known


def test_a_folder_that_takes_nothing_is_no_obstacle(tmp_path: Path) -> None:
    (tmp_path / ".ecinfra").write_text("a file", encoding="utf-8")

    assert run(tmp_path, shop())[1] == ["Mail", "Desk", "Root"]


def test_one_stack_leaves_what_is_known_of_the_others(folder: Path) -> None:
    files = rendered(shop(delay=5))
    mail = [template for template in files.templates if template.name == "Mail"]
    findings = lint(files, mail, Memory.open(folder, "shop-dev", "sunny"))

    assert {finding.stack for finding in findings} <= {"Mail"}
    assert run(folder, shop(delay=5))[1] == ["Root"]


def test_circumstances_are_releases_schemas_and_the_day(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    here = circumstances()
    assert circumstances() == here

    (tmp_path / "aws" / "cfn-lint" / "schemas").mkdir(parents=True)
    (tmp_path / "aws" / "cfn-lint" / "schemas" / "version.json").write_text("{}", encoding="utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert circumstances() != here


def test_the_release_of_cfn_lint_is_the_one_that_is_installed() -> None:
    from cfnlint.version import __version__

    assert cfn_lint_release() == __version__


def test_a_run_that_finds_nothing_changed_imports_neither_cfn_lint_nor_the_checks(folder: Path) -> None:
    script = (
        "import sys\n"
        "from pathlib import Path\n"
        "from tests.lint.test_lint_memory import run, shop\n"
        "del sys.modules['ecinfra.lint.checks']\n"
        "run(Path(sys.argv[1]), shop())\n"
        "print('cfnlint' in sys.modules, 'ecinfra.lint.checks' in sys.modules)\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    command = [sys.executable, "-c", script, str(folder)]

    assert (
        subprocess.run(command, capture_output=True, text=True, env=environment, check=True).stdout == "False False\n"
    )

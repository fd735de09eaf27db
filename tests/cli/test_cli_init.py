from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Run

ROOT = Path(__file__).parents[2]
FILES = [
    ".gitignore",
    "README.md",
    "handlers/shop/hello/handler.py",
    "pyproject.toml",
    "templates/__init__.py",
    "templates/shop/__init__.py",
    "templates/shop/app.py",
    "templates/shop/hello.py",
    "templates/shop/mail.py",
    "templates/shop/settings.py",
    "tests/test_shop.py",
]


def files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_a_new_project_is_written_and_the_next_steps_are_named(folder: Path, run: Run) -> None:
    result = run("init", "shop")

    assert result.exit_code == 0
    assert files(folder) == FILES
    assert result.stdout.startswith("shop is there:\n\n  .gitignore\n")
    assert result.stdout.endswith(
        "\nNext:\n\n"
        "  ecinfra list      its stacks\n"
        "  ecinfra render    their templates, below build/shop/local\n"
        "  ecinfra lint      what CloudFormation would say of them\n"
    )


def test_a_folder_is_made_where_there_is_none_and_gives_its_name(folder: Path, run: Run) -> None:
    result = run("init", "--dir", "work/My Shop-2")

    assert "\n  cd 'work/My Shop-2'\n" in result.stdout
    assert (folder / "work/My Shop-2/templates/my_shop_2/app.py").is_file()


def test_the_folder_may_be_named_as_every_command_takes_it(folder: Path, run: Run) -> None:
    (folder / "shop").mkdir()

    assert run("-C", "shop", "init").exit_code == 0
    assert files(folder / "shop") == FILES


def test_no_placeholder_is_left(folder: Path, run: Run) -> None:
    run("init", "shop")

    assert not [name for name in files(folder) if "{{" in (folder / name).read_text()]


def test_an_app_is_named_after_its_system(folder: Path, run: Run) -> None:
    run("init", "corner_shop")

    assert "CornerShop-dev, eu-west-1" in run("list", "-e", "dev").output


def test_nothing_is_overwritten(folder: Path, run: Run) -> None:
    (folder / "README.md").write_text("mine")
    (folder / "templates" / "shop").mkdir(parents=True)
    (folder / "templates" / "shop" / "app.py").write_text("mine")

    result = run("init", "shop")

    assert result.exit_code == 1
    assert result.stderr == (
        "error: init overwrites nothing, and there is already README.md, templates/shop/app.py\n"
        "  give a new project a folder of its own: --dir DIR\n"
    )
    assert files(folder) == ["README.md", "templates/shop/app.py"]


@pytest.mark.parametrize(
    ("name", "better"),
    [("My-Shop", "; such as my_shop"), ("shop!", "; such as shop"), ("class", ""), ("2", ""), ("a" * 41, "")],
)
def test_a_name_that_no_package_can_have_is_refused(name: str, better: str, folder: Path, run: Run) -> None:
    result = run("init", name)

    assert result.exit_code == 2
    assert result.stderr == (
        f"error: '{name}' cannot be the name of a system\n"
        f"  lower-case letters, digits and _, beginning with a letter, at most 40, and no word of Python's{better}\n"
    )
    assert files(folder) == []


def test_a_new_project_renders_and_has_nothing_to_lint_and_passes_its_tests(folder: Path, run: Run) -> None:
    run("init", "shop")
    for environment in ("local", "dev", "prod"):
        assert run("render", "-e", environment).exit_code == 0

    templates = [str(path) for path in folder.glob("build/shop/*/*/*.json")]
    assert len(templates) == 9
    python = {**os.environ, "PYTHONPATH": str(ROOT)}
    lint = [str(Path(sys.executable).with_name("cfn-lint")), "-c", "I", "--", *templates]
    linted = subprocess.run(lint, capture_output=True, text=True, env=python, check=False)
    assert (linted.returncode, linted.stdout) == (0, "")
    test = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    tested = subprocess.run(test, cwd=folder, capture_output=True, text=True, env=python, check=False)
    assert tested.returncode == 0, tested.stdout

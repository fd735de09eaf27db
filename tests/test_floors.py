"""The house: which module may import which, how long they are, what they may not be called."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FLOORS = (
    ("deferral", "errors", "units", "facts", "frozen", "yaml_text"),
    ("values", "parts"),
    ("refusals", "retention", "tags", "grants"),
    ("stack",),
    ("app",),
    ("assets", "openapi"),
    ("constructs",),
    ("link",),
    ("render",),
    ("lint", "graph", "project", "build"),
    ("contract",),
    ("bundle",),
    ("report",),
    ("cli",),
    ("__init__", "__main__"),
)
FLOOR = {name: number for number, names in enumerate(FLOORS) for name in names}
SOURCES = sorted((ROOT / "ecinfra").rglob("*.py"))
OWN = [path for path in SOURCES if "scaffold" not in path.parts]
BANNED_NAMES = {"utils", "util", "helpers", "helper", "common", "base", "manager", "misc"}


def room(path: Path) -> str:
    """The module or package of ecinfra that a file belongs to."""
    return path.relative_to(ROOT / "ecinfra").parts[0].removesuffix(".py")


def imported(path: Path) -> set[str]:
    """The dotted names of all modules that a file imports, wherever in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute"
            found.add(str(node.module))
            found |= {f"{node.module}.{alias.name}" for alias in node.names if node.module == "ecinfra"}
    return found


def heads(path: Path) -> set[str]:
    return {name.split(".")[0] for name in imported(path)}


@pytest.mark.parametrize("path", OWN, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_imports_from_lower_floors_only(path: Path) -> None:
    own = room(path)
    assert own in FLOOR, f"{own} stands on no floor"
    for name in imported(path):
        parts = name.split(".")
        if parts[0] != "ecinfra" or len(parts) == 1:
            continue
        other = parts[1]
        if other in FLOOR and other != own:
            assert FLOOR[other] < FLOOR[own], f"{own} imports {other}"


@pytest.mark.parametrize("path", OWN, ids=lambda path: str(path.relative_to(ROOT)))
def test_foreign_libraries_stay_in_their_rooms(path: Path) -> None:
    foreign = heads(path)
    if FLOOR[room(path)] > FLOOR["render"]:
        assert not foreign & {"troposphere", "awacs"}, "above render, a template is a dictionary"
    assert "boto3" not in foreign
    assert "click" not in foreign or room(path) == "cli"
    assert "cfnlint" not in foreign or room(path) == "lint"
    assert not foreign & {"templates", "handlers", "tests"}


@pytest.mark.parametrize("path", sorted((ROOT / "handlers").rglob("*.py")), ids=lambda p: str(p.relative_to(ROOT)))
def test_handlers_import_neither_the_library_nor_the_templates(path: Path) -> None:
    assert not heads(path) & {"ecinfra", "templates", "tests", "troposphere"}


@pytest.mark.parametrize("path", sorted((ROOT / "templates").rglob("*.py")), ids=lambda p: str(p.relative_to(ROOT)))
def test_templates_import_the_library_and_never_handlers(path: Path) -> None:
    foreign = heads(path) - sys.stdlib_module_names
    assert foreign <= {"ecinfra", "troposphere", "awacs", "templates"}


@pytest.mark.parametrize(
    "path",
    [*OWN, *(ROOT / "templates").rglob("*.py"), *(ROOT / "handlers").rglob("*.py")],
    ids=lambda path: str(path.relative_to(ROOT)),
)
def test_modules_and_functions_are_short_and_well_named(path: Path) -> None:
    text = path.read_text("utf-8")
    assert len(text.splitlines()) <= 230, "a module is about 200 lines at most"
    assert path.stem not in BANNED_NAMES
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            length = (node.end_lineno or 0) - node.body[0].lineno + 1
            assert length <= 40, f"{node.name} has {length} lines"


@pytest.mark.parametrize("path", OWN, ids=lambda path: str(path.relative_to(ROOT)))
def test_classes_inherit_from_nothing_but_what_the_language_needs(path: Path) -> None:
    allowed = {"Exception", "Protocol", "NamedTuple", "Enum", "TypedDict", "AWSHelperFn"}
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ClassDef):
            for parent in node.bases:
                name = ast.unparse(parent)
                known = name in allowed or name.startswith(("click.", "yaml."))
                assert known or room(path) == "errors", f"{node.name} inherits from {name}"

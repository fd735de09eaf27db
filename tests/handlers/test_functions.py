"""What holds for every function's folder."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from stand_ins import HANDLERS, STAND_INS

FUNCTIONS = sorted(path.parent.name for path in HANDLERS.glob("*/handler.py"))
# modules that cost a cold start dearly, and the functions that use them
DEAR = {"PIL": {"image_worker"}, "jwt": {"api_router", "socket_connect"}}


def imported(function: str) -> set[str]:
    """The modules that are there once a function is."""
    code = f"import sys, {function}.handler; print(*sys.modules)"
    path = os.pathsep.join([str(HANDLERS), str(HANDLERS / "layer")])
    environment = {**os.environ, **STAND_INS, "PYTHONPATH": path}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)


def test_the_router_does_without_models_and_resolvers() -> None:
    assert not imported("api_router") & {"pydantic", "PIL", "aws_lambda_powertools.event_handler"}


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_function_imports_nothing_dear_that_it_does_not_use(function: str) -> None:
    there = imported(function)
    assert [name for name, users in DEAR.items() if name in there and function not in users] == []
    assert "moto" not in there


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_functions_own_zip_stays_small(function: str) -> None:
    assert size(HANDLERS / function) < 200_000


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_function_imports_no_other(function: str) -> None:
    others = set(FUNCTIONS) - {function}
    text = "\n".join(path.read_text() for path in (HANDLERS / function).rglob("*.py"))
    assert [name for name in others if f"from {name}" in text or f"import {name}" in text] == []

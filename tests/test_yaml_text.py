"""YAML that every reader understands alike."""

from __future__ import annotations

from enum import Enum, IntEnum
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from ecinfra.yaml_text import to_yaml

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=150)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=8,
)
# the numbers of YAML 1.2's core schema
NUMBERS = st.from_regex(
    r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+|[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?"
    r"|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)",
    fullmatch=True,
    alphabet=st.characters(max_codepoint=127),
)


class Mode(str, Enum):  # noqa: UP042 - the kind that one still meets, and that PyYAML knows as little
    ON = "on"
    TENFOLD = "1e1"


class Level(IntEnum):
    HIGH = 3


class Ratio(float):
    pass


class Words(list[str]):
    pass


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(TEXTS, VALUES, max_size=4))
def test_what_is_written_is_what_is_read(body: dict[str, Any]) -> None:
    assert yaml.safe_load(to_yaml(body, 110)) == body


@settings(deadline=None)
@given(NUMBERS)
def test_text_that_looks_like_a_number_is_quoted(text: str) -> None:
    assert to_yaml({"a": text}, 110) == f"a: '{text}'\n"


@pytest.mark.parametrize("text", ["1e5", "012345678901", "0o14", "-0o14", "1E5", ".5e3", "+1", "0x1F", "08"])
def test_numbers_of_a_later_yaml_are_quoted(text: str) -> None:
    assert to_yaml({"a": text, text: "b"}, 110) == f"a: '{text}'\n'{text}': b\n"


@pytest.mark.parametrize("text", ["1e", "0o8", "12a", "1.2.3", "e5", "t3.micro"])
def test_other_text_stays_bare(text: str) -> None:
    assert to_yaml({"a": text}, 110) == f"a: {text}\n"


def test_what_ends_a_line_to_some_readers_is_escaped() -> None:
    assert to_yaml({"a": "x\x85y", "b": "x\u2028y\u2029"}, 110) == 'a: "x\\Ny"\nb: "x\\Ly\\P"\n'


def test_types_of_ones_own_are_written_as_what_they_are_made_of() -> None:
    body = {"a": Mode.ON, Mode.TENFOLD: Level.HIGH, "c": Ratio(1.5), "d": Words(["x"]), "e": True}

    assert to_yaml(body, 110) == "a: 'on'\n'1e1': 3\nc: 1.5\nd:\n- x\ne: true\n"


def test_numbers_stay_numbers() -> None:
    assert to_yaml({"a": 1, "b": 1e17, "c": 0.5, "d": -3}, 110) == "a: 1\nb: 1.0e+17\nc: 0.5\nd: -3\n"

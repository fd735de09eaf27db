"""The text of a contract: JSON that every program reads alike."""

from __future__ import annotations

from pathlib import Path

import pytest

from ecinfra.errors import ContractError
from ecinfra.openapi.contract import read


def refused(folder: Path, text: str) -> tuple[str, int, str]:
    """What is said of a contract's text, on which line, and the advice."""
    file = folder / "api.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ContractError) as caught:
        read(file)
    error = caught.value
    assert error.place is not None
    assert error.place.file == str(file)
    return error.message, error.place.line, error.hint


def test_a_path_that_stands_twice_is_not_lost(tmp_path: Path) -> None:
    text = """{
      "openapi": "3.0.3",
      "info": {"title": "{\\"[,:", "version": "1"},
      "paths": {
        "/a": {"get": {}, "put": [{}, 1, {"get": 1}]},
        "/b": {"get": {}},
        "/\\u0061":
          {}
      }
    }"""
    assert refused(tmp_path, text) == (
        'paths["/a"]: stands twice in one object, where the second would replace the first',
        7,
        "write it once",
    )


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("NaN", "NaN"),
        ("Infinity", "Infinity"),
        ("-Infinity", "-Infinity"),
        ("1e999", "1e999"),
        ("1" * 5000, "1" * 20),
    ],
)
def test_a_number_is_one_that_json_can_hold(tmp_path: Path, number: str, shown: str) -> None:
    assert refused(tmp_path, f'{{"a": 1.5,\n"b": [true, {{"c":\n{number}}}]}}') == (
        f"b[1].c: {shown} is no number that JSON can hold",
        3,
        "write a smaller one with digits, or leave it out",
    )


def test_a_number_alone_is_no_contract(tmp_path: Path) -> None:
    assert refused(tmp_path, "NaN") == (
        "the document: NaN is no number that JSON can hold",
        1,
        "write a smaller one with digits, or leave it out",
    )


@pytest.mark.parametrize("end", ["]" * 100_000, ""])
def test_nesting_has_an_end(tmp_path: Path, end: str) -> None:
    text = '{"openapi": "3.0.3",\n"info": {},\n"paths":\n' + "[" * 100_000 + end + "}"
    assert refused(tmp_path, text) == ("too many objects and lists within one another", 4, "nest less")


def test_schemas_that_refer_to_one_another_without_end_are_nested_too(tmp_path: Path) -> None:
    schemas = ",".join(f'"S{at}": {{"items": {{"$ref": "#/components/schemas/S{at + 1}"}}}}' for at in range(2000))
    text = (
        '{"openapi": "3.0.3", "paths": {"/a": {"post": {"operationId": "a", "security": [], "requestBody": '
        '{"content": {"application/json": {"schema": {"$ref": "#/components/schemas/S0"}}}}}}},'
        f'"components": {{"schemas": {{{schemas}, "S2000": {{}}}}}}}}'
    )
    message, _, hint = refused(tmp_path, text)
    assert (message, hint) == ("too many objects and lists within one another", "nest less")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[]", "the document: an object is wanted, not []"),
        ('"x"', 'the document: an object is wanted, not "x"'),
        ('{"openapi": "3.0.3"}', "paths: an object is wanted, not null"),
        ('{"openapi": "3.0.3", "paths": {}, "components": null}', "components: an object is wanted, not null"),
    ],
)
def test_a_document_is_made_of_objects(tmp_path: Path, text: str, message: str) -> None:
    assert refused(tmp_path, text) == (message, 1, "see the OpenAPI 3.0 specification")

"""The text of a contract, and the line on which something in it stands."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ecinfra.errors import ContractError, Place, users_line
from ecinfra.frozen import frozen

Steps = tuple[str | int, ...]

_SPACE = re.compile(r"[ \t\r\n]*")
_PLAIN = re.compile(r"[A-Za-z_$][A-Za-z0-9_$-]*")
_decode = json.JSONDecoder().raw_decode


@frozen
class Source:
    """A contract's file and its text."""

    file: str
    text: str

    def refuse(self, steps: Steps, said: str, hint: str) -> ContractError:
        """The error that names the file, the line, the path to the value, what is wrong and what to do."""
        place = Place(self.file, _line(self.text, steps))
        return ContractError(f"{_written(steps)}: {said}", place=place, hint=hint)

    def table(self, node: Any, steps: Steps) -> dict[str, Any]:
        """An object of the contract, or the error that it is none."""
        if isinstance(node, dict):
            return node
        raise self.refuse(
            steps, f"an object is wanted, not {json.dumps(node)[:40]}", "see the OpenAPI 3.0 specification"
        )


def load(file: Path) -> tuple[Source, Any]:
    """Read a contract's text, and what it says."""
    try:
        source = Source(str(file), file.read_text(encoding="utf-8"))
    except OSError as error:
        raise ContractError(
            f"the contract {file} cannot be read: {error.strerror}",
            place=users_line(),
            hint="contract= takes the path of an OpenAPI 3.0 document in JSON",
        ) from error
    except UnicodeDecodeError as error:
        raise ContractError(f"the contract {file} is not UTF-8 text", place=users_line()) from error
    try:
        return source, json.loads(source.text)
    except json.JSONDecodeError as error:
        raise ContractError(f"not JSON: {error.msg}", place=Place(source.file, error.lineno)) from error


def _written(steps: Steps) -> str:
    text = ""
    for step in steps:
        if isinstance(step, str) and _PLAIN.fullmatch(step):
            text += f".{step}" if text else step
        else:
            text += f"[{json.dumps(step, ensure_ascii=False)}]"
    return text or "the document"


def _line(text: str, steps: Steps) -> int:
    """The line of the last step that is there; what is missing stands where it would be."""
    named = value = _after_space(text, 0)
    for step in steps:
        if text[value] not in "{[":
            break
        found = next((member for member in _members(text, value) if member[0] == step), None)
        if found is None:
            break
        _, named, value = found
    return text.count("\n", 0, named) + 1


def _members(text: str, position: int) -> Iterator[tuple[str | int, int, int]]:
    """Each member of an object or a list: its name, where that is written, and where its value begins."""
    in_object = text[position] == "{"
    position = _after_space(text, position + 1)
    count = 0
    while text[position] not in "}]":
        name: str | int = count
        named = position
        if in_object:
            name, position = _decode(text, position)
            position = _after_space(text, _after_space(text, position) + 1)
        yield name, named, position
        position = _after_space(text, _decode(text, position)[1])
        if text[position] == ",":
            position = _after_space(text, position + 1)
        count += 1


def _after_space(text: str, position: int) -> int:
    found = _SPACE.match(text, position)
    return found.end() if found else position

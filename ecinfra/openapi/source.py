"""The text of a contract, and the checks that all of its parts share."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping, Set
from pathlib import Path
from typing import Any, NoReturn

from ecinfra.errors import ContractError, Place, nearest, users_line
from ecinfra.frozen import frozen
from ecinfra.openapi.lines import Steps, deepest_line, first_ambiguous, line_of

_PLAIN = re.compile(r"[A-Za-z_$][A-Za-z0-9_$-]*")
_GATEWAYS = "x-amazon-apigateway-"


@frozen
class Source:
    """A contract's file and its text."""

    file: str
    text: str

    def refuse(self, steps: Steps, said: str, hint: str) -> ContractError:
        """The error that names the file, the line, the path to the value, what is wrong and what to do."""
        return self.refuse_line(line_of(self.text, steps), f"{_written(steps)}: {said}", hint)

    def refuse_line(self, line: int, said: str, hint: str = "") -> ContractError:
        """The error that names the file and a line."""
        return ContractError(said, place=Place(self.file, line), hint=hint)

    def refuse_depth(self) -> ContractError:
        """The error that no program reads what is nested so deeply."""
        return self.refuse_line(deepest_line(self.text), "too many objects and lists within one another", "nest less")

    def table(self, node: Any, steps: Steps) -> dict[str, Any]:
        """An object of the contract, or the error that it is none."""
        if isinstance(node, dict):
            return node
        raise self.refuse(steps, f"an object is wanted, not {brief(node)}", "see the OpenAPI 3.0 specification")

    def listed(self, node: Any, steps: Steps) -> list[Any]:
        """A list of the contract, or the error that it is none."""
        if isinstance(node, list):
            return node
        raise self.refuse(steps, f"a list is wanted, not {brief(node)}", "see the OpenAPI 3.0 specification")

    def flag(self, said: dict[str, Any], key: str, steps: Steps) -> bool:
        """What is true or false, and false where nothing is said."""
        value = said.get(key, False)
        if value is True or value is False:
            return value
        raise self.refuse(
            (*steps, key), f"true or false is wanted, not {brief(value)}", "write it without quotation marks"
        )

    def known(self, said: dict[str, Any], keys: Set[str], steps: Steps, hints: Mapping[str, str]) -> None:
        """Refuse a key that means nothing here, for nobody would notice that it has no effect."""
        if said.keys() <= keys:
            return
        for key in said:
            if key.startswith(_GATEWAYS):
                raise self.refuse(
                    (*steps, key),
                    "what API Gateway adds to OpenAPI is composed, and not taken from a contract",
                    "leave it out, and say it with the arguments of RestApi",
                )
            if key not in keys and not key.startswith("x-"):
                hint = hints.get(key) or nearest(key, keys) or "leave it out, or begin its name with x-"
                raise self.refuse((*steps, key), f"'{key}' means nothing here", hint)


def load(file: Path) -> tuple[Source, Any]:
    """Read a contract's text, and what it says."""
    try:
        source = Source(str(file), file.read_bytes().decode("utf-8"))
    except OSError as error:
        raise ContractError(
            f"the contract {file} cannot be read: {error.strerror}",
            place=users_line(),
            hint="contract= takes the path of an OpenAPI 3.0 document in JSON",
        ) from error
    except UnicodeDecodeError as error:
        raise ContractError(
            f"the contract {file} is not UTF-8 text", place=users_line(), hint="save it as UTF-8"
        ) from error
    try:
        return source, json.loads(
            source.text, object_pairs_hook=_distinct, parse_constant=_ambiguous, parse_float=_finite
        )
    except json.JSONDecodeError as error:
        raise source.refuse_line(error.lineno, f"not JSON: {error.msg}") from error
    except ValueError as error:
        steps, line, said, hint = first_ambiguous(source.text)
        raise source.refuse_line(line, f"{_written(steps)}: {said}", hint) from error
    except RecursionError as error:
        raise source.refuse_depth() from error


def brief(node: Any) -> str:
    """How the contract writes a value, as far as an error shows it."""
    return json.dumps(node, ensure_ascii=False)[:40]


def _distinct(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise ValueError("a name stands twice")
    return made


def _ambiguous(word: str) -> NoReturn:
    raise ValueError(word)


def _finite(word: str) -> float:
    number = float(word)
    if math.isinf(number):
        _ambiguous(word)
    return number


def _written(steps: Steps) -> str:
    text = ""
    for step in steps:
        if isinstance(step, str) and _PLAIN.fullmatch(step):
            text += f".{step}" if text else step
        else:
            text += f"[{json.dumps(step, ensure_ascii=False)}]"
    return text or "the document"

"""Where things stand in a JSON text. Only errors ask, so nothing here needs to be quick."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator

Steps = tuple[str | int, ...]

_TOKEN = r'"[^"\\]*(?:\\.[^"\\]*)*"|[{}\[\],:]|[^\s{}\[\],:"]+'


def line_of(text: str, steps: Steps) -> int:
    """The line of the last step that is there; what is missing stands where it would be."""
    found = len(text) - len(text.lstrip())
    level = 0
    for depth, step, named, _ in _members(text):
        if level == len(steps) or depth < level:
            break
        if depth == level and step == steps[level]:
            found = named
            level += 1
    return _line(text, found)


def deepest_line(text: str) -> int:
    """The line on which the most objects and lists are open."""
    depth = deepest = found = 0
    for token in re.finditer(_TOKEN, text):
        if token[0] in "{[":
            depth += 1
            if depth > deepest:
                deepest, found = depth, token.start()
        elif token[0] in "}]":
            depth -= 1
    return _line(text, found)


def first_ambiguous(text: str) -> tuple[Steps, int, str, str]:
    """The first thing that JSON programs read differently: the steps to it, its line, what is wrong, what to do."""
    path: list[str | int] = []
    names: list[set[str | int]] = []
    for depth, step, named, value in _members(text):
        del path[depth:], names[depth + 1 :]
        path.append(step)
        if depth == len(names):
            names.append(set())
        if step in names[depth]:
            said = "stands twice in one object, where the second would replace the first"
            return tuple(path), _line(text, named), said, "write it once"
        names[depth].add(step)
        if _is_endless(value[0]):
            return tuple(path), _line(text, value.start()), *_no_number(value[0])
    return (), 1, *_no_number(text.strip())


def _no_number(word: str) -> tuple[str, str]:
    return f"{word[:20]} is no number that JSON can hold", "write a smaller one with digits, or leave it out"


def _is_endless(word: str) -> bool:
    return word[0] in "-NI0123456789" and not math.isfinite(float(word))


def _line(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1


def _members(text: str) -> Iterator[tuple[int, str | int, int, re.Match[str]]]:
    """Each member of each object and list: its depth, its name, where that is written, and how its value begins."""
    steps: list[str | int | None] = []  # of each open object and list: the member that comes; None before its name
    named = 0
    for token in re.finditer(_TOKEN, text):
        match token[0]:
            case "}" | "]":
                steps.pop()
            case ",":
                steps[-1] = steps[-1] + 1 if isinstance(steps[-1], int) else None
            case ":":
                pass
            case word if steps and steps[-1] is None:
                steps[-1] = json.loads(word)
                named = token.start()
            case word:
                if steps and (step := steps[-1]) is not None:
                    yield len(steps) - 1, step, token.start() if isinstance(step, int) else named, token
                if word in "{[":
                    steps.append(None if word == "{" else 0)

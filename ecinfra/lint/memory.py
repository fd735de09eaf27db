"""What earlier runs found: kept below the project, used while nothing that decides it has changed."""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ecinfra.lint.finding import Fault, Level, Rule

_FORM = 1


@dataclass
class Memory:
    """Faults by what they were found in; `circumstances` stand for all else that decides them."""

    file: Path
    circumstances: str
    known: dict[str, list[tuple[str, Fault]]] = field(default_factory=dict)
    changed: bool = False

    @classmethod
    def open(cls, folder: Path, name: str, circumstances: str) -> Memory:
        """Remember what was found under the same circumstances; what cannot be read is forgotten."""
        memory = cls(folder / ".ecinfra" / "lint" / f"{name}.json", circumstances)
        with suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
            memory.known = _read(json.loads(memory.file.read_text(encoding="utf-8")), circumstances)
        return memory

    def get(self, key: str) -> list[tuple[str, Fault]] | None:
        """What was found in a thing: faults, each with the path of its template."""
        return self.known.get(key)

    def put(self, key: str, found: Iterable[tuple[str, Fault]]) -> None:
        """Keep what was found in a thing."""
        self.known[key] = list(found)
        self.changed = True

    def save(self, keys: Collection[str]) -> None:
        """Write what is known of some things, and forget the others; a folder that takes nothing is no obstacle."""
        if not self.changed:
            return
        text = json.dumps(_write(self, keys), ensure_ascii=False, separators=(",", ":"))
        temporary = self.file.with_name(f"{self.file.name}.{os.getpid()}")
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            temporary.write_text(text, encoding="utf-8")
            temporary.replace(self.file)
        except OSError:
            with suppress(OSError):
                temporary.unlink()


def _read(data: dict[str, Any], circumstances: str) -> dict[str, list[tuple[str, Fault]]]:
    if data["form"] != _FORM or data["circumstances"] != circumstances:
        return {}
    rules = {
        name: Rule(name, title, Level(level), description, source)
        for name, (title, level, description, source) in data["rules"].items()
    }
    return {
        key: [(template, Fault(rules[rule], tuple(path), message)) for template, rule, path, message in found]
        for key, found in data["known"].items()
    }


def _write(memory: Memory, keys: Collection[str]) -> dict[str, Any]:
    known = {key: found for key, found in memory.known.items() if key in keys}
    rules = {fault.rule.id: fault.rule for found in known.values() for _, fault in found}
    return {
        "form": _FORM,
        "circumstances": memory.circumstances,
        "rules": {name: [rule.name, rule.level.value, rule.description, rule.source] for name, rule in rules.items()},
        "known": {
            key: [[template, fault.rule.id, list(fault.path), fault.message] for template, fault in found]
            for key, found in known.items()
        },
    }

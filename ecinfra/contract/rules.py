"""The rules of the contract between code and infrastructure, and the words in which they are broken."""

from __future__ import annotations

from typing import NamedTuple

from ecinfra.errors import Place
from ecinfra.lint.estate import Located
from ecinfra.lint.finding import Fault, Rule
from ecinfra.lint.table import read
from ecinfra.render import Template

RULES = read("contract.json")


class Remark(NamedTuple):
    """What a rule says of a resource; `place` is the line of the code where it is about one."""

    template: Template
    fault: Fault
    place: Place | None = None


def remark(rule: Rule, of: Located, message: str, *path: str | int, place: Place | None = None) -> Remark:
    """What a rule says of a resource, of a property of it, or of a line that it runs."""
    return Remark(*of.fault(rule, message, *path), place)

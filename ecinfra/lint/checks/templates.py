"""Templates as such: how large they are, what they keep, and what they keep quiet about."""

from __future__ import annotations

from typing import Any

from ecinfra.lint.estate import Estate, Said
from ecinfra.lint.finding import Fault, Path
from ecinfra.lint.literals import members
from ecinfra.lint.table import RULES
from ecinfra.render import Template

_LIMIT = RULES["EC128"]
_SUPPRESSION = RULES["EC130"]
_KEPT = RULES["EC134"]

_NEAR = 0.8
# above that, cfn-lint says so itself
_SEEN = 0.9
_MOST = {"Resources": 500, "Parameters": 200, "Outputs": 200}
_MOST_BYTES = 1_000_000
_EXCUSES = ("cfn-lint", "cfn_nag", "cdk_nag", "checkov", "guard")
_KEPT_WORDS = frozenset({"Retain", "RetainExceptOnCreate", "Snapshot"})


def check_limits(estate: Estate) -> Said:
    """A template has room to grow."""
    for template in estate.rendered.templates:
        for section, most in _MOST.items():
            yield from _near(template, (section,), len(template.body.get(section, ())), most, section.lower())
        yield from _near(template, (), len(template.text.encode()), _MOST_BYTES, "bytes")


def check_excuses(estate: Estate) -> Said:
    """Checks apply to every template and resource."""
    for template in estate.rendered.templates:
        for path, metadata in _metadata(template):
            for name in _EXCUSES:
                if name in metadata:
                    said = f"holds directives for {name}: mend what it finds instead"
                    yield template, Fault(_SUPPRESSION, (*path, name), said)


def check_keeping(estate: Estate) -> Said:
    """What is kept from deletion is kept from replacement."""
    for resource in estate.resources:
        kept = resource.body.get("DeletionPolicy")
        replaced = resource.body.get("UpdateReplacePolicy", "Delete")
        if kept in _KEPT_WORDS and replaced == "Delete":
            said = f"DeletionPolicy is {kept}, and UpdateReplacePolicy Delete: a replacement loses what it holds"
            yield resource.fault(_KEPT, said)


def _near(template: Template, path: Path, count: int, most: int, noun: str) -> Said:
    if _NEAR * most <= count <= _SEEN * most:
        said = f"{count:,} {noun} of at most {most:,}: split the stack before it is full"
        yield template, Fault(_LIMIT, path, said)


def _metadata(template: Template) -> list[tuple[Path, dict[str, Any]]]:
    found: list[tuple[Path, dict[str, Any]]] = [(("Metadata",), members(template.body.get("Metadata")))]
    for name, body in template.body["Resources"].items():
        found.append((("Resources", name, "Metadata"), members(body.get("Metadata"))))
    return found

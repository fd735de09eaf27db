"""Findings as SARIF 2.1.0, which code hosts show beside the line."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path, PurePath
from typing import Any
from urllib.parse import quote

from ecinfra.errors import Place
from ecinfra.lint.finding import Finding, Rule

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_ROOT = "PROJECT"


def sarif(findings: Sequence[Finding], rules: Iterable[Rule], folder: Path, version: str) -> dict[str, Any]:
    """A log with one run: rules of ours and those that found something, and what was found."""
    known = {rule.id: rule for rule in rules} | {finding.rule.id: finding.rule for finding in findings}
    index = {name: number for number, name in enumerate(known)}
    return {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "ecinfra",
                        "semanticVersion": version,
                        "rules": [_described(rule) for rule in known.values()],
                    }
                },
                "columnKind": "unicodeCodePoints",
                "originalUriBaseIds": {_ROOT: {"description": {"text": "The folder of the project"}}},
                "results": [_result(finding, index[finding.rule.id], folder) for finding in findings],
            }
        ],
    }


def _described(rule: Rule) -> dict[str, Any]:
    described: dict[str, Any] = {
        "id": rule.id,
        "name": rule.name,
        "shortDescription": {"text": rule.description or rule.name},
        "defaultConfiguration": {"level": rule.level.value},
    }
    if rule.source.startswith("https://"):
        described["helpUri"] = rule.source
    return described


def _result(finding: Finding, rule: int, folder: Path) -> dict[str, Any]:
    names = [part for part in (finding.stack, finding.resource, finding.property) if part]
    logical = {"fullyQualifiedName": ".".join(names), "kind": "resource" if finding.resource else "module"}
    location: dict[str, Any] = {"logicalLocations": [logical]}
    if finding.place:
        location = {"physicalLocation": _physical(finding.place.relative_to(folder)), **location}
    identity = "\0".join((finding.rule.id, finding.root, *names, finding.message))
    return {
        "ruleId": finding.rule.id,
        "ruleIndex": rule,
        "level": finding.level.value,
        "message": {"text": f"{finding.resource}: {finding.message}" if finding.resource else finding.message},
        "locations": [location],
        "partialFingerprints": {"ecinfra/v1": hashlib.sha256(identity.encode()).hexdigest()[:32]},
        "properties": {"system": finding.system, "template": finding.template},
    }


def _physical(place: Place) -> dict[str, Any]:
    path = PurePath(place.file)
    artifact = {"uri": path.as_uri()} if path.is_absolute() else {"uri": quote(place.file), "uriBaseId": _ROOT}
    return {"artifactLocation": artifact, "region": {"startLine": place.line}}

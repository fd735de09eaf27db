"""Keys: whether a service may use them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ecinfra.lint.estate import Estate, Located
from ecinfra.lint.literals import text
from ecinfra.lint.statements import allowed, key_statements

_KEY = "AWS::KMS::Key"
_ALIAS = "AWS::KMS::Alias"


def refusal(estate: Estate, owner: Located, value: Any, service: str, actions: Iterable[str]) -> str:
    """Why a service may not use the key that a resource names; nothing where it may, or nobody can tell."""
    if value is None:
        return ""
    named = text(estate.attribute(owner.template, value))
    if "alias/aws/" in named:
        alias = "alias/aws/" + named.partition("alias/aws/")[2]
        return f"whose key {alias} is AWS's own and takes no permissions for {service}"
    key = _key(estate, owner, value)
    wanted = list(actions)
    if key is None or allowed(key_statements(key), service, wanted):
        return ""
    return f"whose key {key.id} does not allow {service} {' and '.join(wanted)}"


def _key(estate: Estate, owner: Located, value: Any) -> Located | None:
    found = next(estate.inside(owner.template, value, _KEY, _ALIAS), None)
    if found is None:
        name = text(estate.attribute(owner.template, value)).rpartition("alias/")[2]
        aliases = estate.all(_ALIAS)
        found = next((it for it in aliases if text(it.properties.get("AliasName")) == f"alias/{name}"), None)
    if found is not None and found.type == _ALIAS:
        return estate.resource(found.template, found.properties.get("TargetKeyId"), _KEY)
    return found

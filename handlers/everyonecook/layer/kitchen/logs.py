"""Structured logs that keep secrets to themselves."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from typing import Any

from aws_lambda_powertools import Logger

_SECRET_NAMES = re.compile(
    r"authorization|password|secret|token|cookie|confirmation_?code|^code$|upload_?url|signature|credential",
    re.IGNORECASE,
)
_SECRET_TEXTS = (
    re.compile(r"eyJ[A-Za-z0-9_-]{5,}\.[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]*)*"),
    re.compile(r"(?i)bearer\s+\S+"),
    re.compile(r"(?i)X-Amz-(?:Signature|Credential|Security-Token)=[^&\s\"']+"),
    re.compile(r"(?:AKIA|ASIA)[A-Z0-9]{16}"),
)
HIDDEN = "[hidden]"


def redact(value: Any, name: str = "") -> Any:
    """A value as it may be logged: nothing under a secret's name, nothing that looks like a token."""
    if name and _SECRET_NAMES.search(name) and value not in (None, "", True, False):
        return HIDDEN
    match value:
        case str():
            for pattern in _SECRET_TEXTS:
                value = pattern.sub(HIDDEN, value)
            return value
        case Mapping():
            return {str(key): redact(part, str(key)) for key, part in value.items()}
        case list() | tuple() | set() | frozenset():
            return [redact(part) for part in value]
        case _:
            return value


def _line(record: dict[str, Any]) -> str:
    return json.dumps(redact(record), default=str, ensure_ascii=False, separators=(",", ":"))


logger = Logger(
    service="everyonecook",
    level=os.environ.get("LOG_LEVEL", "INFO").upper(),
    json_serializer=_line,
    utc=True,
    use_rfc3339=True,
)

"""Values that bodies and query strings of several topics hold."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from kitchen.text import sanitise


def clean(text: str) -> str:
    """A text without tags, of which something must be left."""
    cleaned = sanitise(text)
    if not cleaned:
        raise ValueError("nothing is left of it without its tags")
    return cleaned


_UUID = "^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$"
UserId = Annotated[str, Field(min_length=36, max_length=36, pattern=_UUID), AfterValidator(str.lower)]
Identifier = Annotated[str, Field(min_length=1, max_length=128)]
Hundred = Annotated[int, Field(ge=1, le=100)]
Token = Annotated[str, Field(max_length=4_096)]
Duration = Annotated[int, Field(ge=0)]
Unit = Literal["minutes", "hours", "days"]
Reason = Annotated[str, Field(min_length=10, max_length=500)]

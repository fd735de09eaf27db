"""What troposphere refuses, said at the user's line."""

from __future__ import annotations

import re
from typing import Any

from ecinfra.errors import Place, PropertyError

REFUSALS = (AttributeError, TypeError, ValueError)


def refused(error: Exception, stack: str, title: str, place: Place) -> PropertyError:
    """One error for what troposphere raised: whose property, the value it got, what it wants."""
    said = re.sub(r"<class '(?:[\w.]*\.)?(\w+)'>", r"\1", str(error))
    found = _refused_property(error)
    if found is None:
        return PropertyError(f"{stack}.{title}: {said}", place=place)
    name, value = found
    return PropertyError(f"{stack}.{title}: {name} cannot be {_shown(value)}", place=place, hint=said)


def _refused_property(error: Exception) -> tuple[str, Any] | None:
    """The property that troposphere was setting when it raised, and the value it got."""
    trace = error.__traceback__
    found = None
    while trace is not None:
        code = trace.tb_frame.f_code
        if code.co_name == "__setattr__" and "troposphere" in code.co_filename:
            owner = trace.tb_frame.f_locals["self"]
            name = trace.tb_frame.f_locals["name"]
            found = f"{type(owner).__name__}.{name}", trace.tb_frame.f_locals["value"]
        trace = trace.tb_next
    return found


def _shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."

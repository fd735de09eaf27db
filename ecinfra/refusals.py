"""What troposphere and the constructs refuse, said at the user's line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from types import TracebackType
from typing import Any, NamedTuple

from ecinfra.errors import Place, PropertyError

REFUSALS = (AttributeError, TypeError, ValueError)
_MODELS = {"troposphere", "awacs"}


class Refused(NamedTuple):
    """A property that cannot be set: whose it is, the title of what it belongs to, and the value it got."""

    name: str
    title: str
    value: Any


def refused(error: Exception, stack: str, title: str, place: Place) -> PropertyError:
    """One error for what troposphere raised: whose property, the value it got, what it wants."""
    found = _refused_property(error)
    if found is None:
        return PropertyError(f"{stack}.{title}: {_said(error)}", place=place)
    return _refusal(error, f"{stack}.{title}", found, place)


def refused_outside(error: BaseException, place: Place | None) -> PropertyError | None:
    """The same for what was refused before a stack got it; nothing, where neither troposphere nor a value refused."""
    if not isinstance(error, REFUSALS):
        return None
    found = _refused_property(error)
    if found is not None:
        return _refusal(error, found.title, found, place)
    value = _refusing_value(error) if type(error) is ValueError else None
    if value is None:
        return None
    title = getattr(value, "title", None)
    whose = f"{type(value).__name__} {title}" if isinstance(title, str) else type(value).__name__
    return PropertyError(f"{whose}: {_said(error)}", place=place)


def traces(error: BaseException) -> Iterator[TracebackType]:
    """What an error went through, from the outermost line to the one that raised it."""
    trace = error.__traceback__
    while trace is not None:
        yield trace
        trace = trace.tb_next


def _refusal(error: Exception, whose: str, found: Refused, place: Place | None) -> PropertyError:
    what = f"{found.name} cannot be {_shown(found.value)}"
    return PropertyError(f"{whose}: {what}" if whose else what, place=place, hint=_said(error))


def _refused_property(error: Exception) -> Refused | None:
    """The property that troposphere was setting when it raised."""
    found = None
    for frame in (trace.tb_frame for trace in traces(error)):
        module = str(frame.f_globals.get("__name__"))
        if frame.f_code.co_name == "__setattr__" and module.partition(".")[0] in _MODELS:
            owner, name, value = (frame.f_locals[local] for local in ("self", "name", "value"))
            title = (found and found.title) or getattr(owner, "title", None) or ""
            found = Refused(f"{type(owner).__name__}.{name}", title, value)
    return found


def _refusing_value(error: Exception) -> Any:
    """The frozen value whose own code raised."""
    found = None
    for trace in traces(error):
        owner = trace.tb_frame.f_locals.get("self")
        if hasattr(type(owner), "__shape__"):
            found = owner
    return found


def _said(error: Exception) -> str:
    return re.sub(r"<class '(?:[\w.]*\.)?(\w+)'>", r"\1", str(error))


def _shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."

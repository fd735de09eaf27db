"""What troposphere refuses, said at the user's line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr
from io import StringIO
from typing import Any

from ecinfra.errors import Place, PropertyError


@contextmanager
def refusals(stack: str, title: str, place: Place) -> Iterator[None]:
    """Turn what troposphere refuses into one error, at the user's line."""
    try:
        with redirect_stderr(StringIO()):  # troposphere writes there before it raises
            yield
    except (AttributeError, TypeError, ValueError) as error:
        said = re.sub(r"<class '(?:[\w.]*\.)?(\w+)'>", r"\1", str(error))
        refused = _refused_property(error)
        if refused is None:
            raise PropertyError(f"{stack}.{title}: {said}", place=place) from error
        name, value = refused
        raise PropertyError(f"{stack}.{title}: {name} cannot be {_shown(value)}", place=place, hint=said) from error


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

"""The functions that a value means: itself, or through a version or an alias."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ecinfra.lint.estate import Estate, Located
from ecinfra.render import Template

FUNCTION = "AWS::Lambda::Function"
_STANDS_FOR = ("AWS::Lambda::Alias", "AWS::Lambda::Version")


def functions(estate: Estate, template: Template, value: Any) -> Iterator[Located]:
    """The functions inside an expression: an ARN, a name, an integration's address."""
    for found in estate.inside(template, value, FUNCTION, *_STANDS_FOR):
        if found.type == FUNCTION:
            yield found
        else:
            yield from functions(estate, found.template, found.properties.get("FunctionName"))


def function(estate: Estate, template: Template, value: Any) -> Located | None:
    """The function that a value means."""
    return next(functions(estate, template, value), None)

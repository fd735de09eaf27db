"""What becomes of AWS's refusals: a code of our own, or a line in the log."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from botocore.exceptions import BotoCoreError, ClientError

from kitchen.errors import Failed
from kitchen.logs import logger

AWS_ERRORS = (BotoCoreError, ClientError)


@contextmanager
def told_as(code: str, message: str) -> Iterator[None]:
    """Tell a failure of AWS by a code of ours, and no more of it."""
    try:
        yield
    except AWS_ERRORS:
        logger.exception(message)
        raise Failed(message, code) from None


@contextmanager
def only_logged(what: str) -> Iterator[None]:
    """Go on without something that AWS refuses."""
    try:
        yield
    except AWS_ERRORS:
        logger.exception("%s could not be done", what)

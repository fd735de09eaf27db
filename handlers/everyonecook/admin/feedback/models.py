"""What the bodies and query strings of feedback may say."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from admin.values import Hundred, clean
from kitchen.body import Body, Maybe, Query


class FeedbacksQuery(Query):
    """Which feedback."""

    status: Maybe[Literal["pending", "closed", "all"]] = None
    limit: Hundred = 20


class CreateFeedbackRequest(Body):
    """A feedback."""

    title: Annotated[str, Field(min_length=5, max_length=200), AfterValidator(clean)]
    content: Annotated[str, Field(min_length=10, max_length=2_000), AfterValidator(clean)]


class FeedbackReplyRequest(Body):
    """A reply to a feedback."""

    content: Annotated[str, Field(min_length=1, max_length=1_000), AfterValidator(clean)]

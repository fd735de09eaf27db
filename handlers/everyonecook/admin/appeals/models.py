"""What the bodies and query strings of appeals may say."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from admin.values import Hundred, Identifier, Token, UserId, clean
from kitchen.body import Body, Maybe, Query


class AppealsQuery(Query):
    """Which appeals."""

    status: Literal["pending", "approved", "rejected", "auto_resolved"] = "pending"
    limit: Maybe[Hundred] = None
    lastKey: Maybe[Token] = None


class ReviewAppealRequest(Body):
    """The decision on an appeal."""

    action: Literal["approve", "reject"]
    notes: Annotated[str, Field(min_length=5, max_length=500)]


class SubmitAppealRequest(Body):
    """An appeal against a ban or against hidden content."""

    userId: UserId
    reason: Annotated[str, Field(min_length=10, max_length=1_000), AfterValidator(clean)]
    appealType: Literal["ban", "content"] = "ban"
    contentType: Maybe[Literal["post", "comment"]] = None
    contentId: Maybe[Identifier] = None
    violationId: Maybe[Identifier] = None

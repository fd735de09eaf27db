"""What the bodies and query strings of moderation may say."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from admin.values import Duration, Hundred, Identifier, Reason, Unit
from kitchen.body import Body, Maybe, Query

Moment = Annotated[str, Field(max_length=40)]


class ReportStatsQuery(Query):
    """Which reports to count."""

    type: Maybe[Literal["post", "comment", "all"]] = None
    since: Maybe[Moment] = Field(None, alias="from")
    to: Maybe[Moment] = None


class ReportedPostsQuery(Query):
    """Which reported posts."""

    minReports: Annotated[int, Field(ge=0)] = 1
    status: Maybe[Literal["all", "under_review", "hidden"]] = None
    limit: Maybe[Hundred] = None


class ReportedCommentsQuery(Query):
    """Which reported comments."""

    status: Maybe[Annotated[str, Field(max_length=40)]] = None
    limit: Maybe[Hundred] = None


class ReviewPostRequest(Body):
    """The decision on a reported post."""

    action: Literal["APPROVE", "REJECT"]
    reason: Reason
    postId: Maybe[Identifier] = None


class ModeratePostRequest(Body):
    """Why a post is taken down or brought back."""

    reason: Reason
    notifyAuthor: bool = True


class PostActionRequest(Body):
    """What to do because of a reported post."""

    action: Literal["warn", "hide_post", "ban_user", "dismiss"]
    reason: Maybe[Annotated[str, Field(max_length=500)]] = None
    banDuration: Maybe[Duration] = None
    banDurationUnit: Unit = "days"
    notifyUser: bool = True


class CommentActionRequest(Body):
    """What to do because of a reported comment."""

    action: Literal["warn", "hide_comment", "ban_user", "dismiss"]
    reason: Maybe[Annotated[str, Field(max_length=1_000)]] = None
    banDuration: Maybe[Duration] = None
    banDurationUnit: Unit = "days"
    notifyUser: bool = True

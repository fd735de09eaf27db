"""What the bodies and query strings of the user routes may say."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from admin.values import Duration, Hundred, Reason, Token, Unit, UserId
from kitchen.body import Body, Maybe, Query


def _flag(value: Any) -> Any:
    return True if value == "true" else value


class UsersQuery(Query):
    """Which page of which users."""

    limit: Hundred = 10
    page: Maybe[Annotated[int, Field(ge=1)]] = None
    status: Maybe[Literal["all", "active", "banned"]] = None
    search: Maybe[Annotated[str, Field(max_length=200)]] = None


class BannedUsersQuery(Query):
    """Which banned users."""

    banType: Maybe[Literal["all", "temporary", "permanent"]] = None
    limit: Maybe[Hundred] = None
    lastEvaluatedKey: Maybe[Token] = None


class DeleteUserQuery(Query):
    """The confirmation of a deletion."""

    cascade: Annotated[Literal[True], BeforeValidator(_flag)]
    reason: Maybe[Annotated[str, Field(max_length=500)]] = None
    dryRun: Maybe[bool] = None


class BanUserRequest(Body):
    """Whom to ban, why, and how long."""

    targetUserId: UserId
    banReason: Annotated[str, Field(min_length=5, max_length=500)]
    banDuration: Duration
    banDurationUnit: Unit = "days"


class UnbanUserRequest(Body):
    """Whose ban to lift."""

    targetUserId: UserId
    unbanReason: Maybe[Reason] = None


class CleanupInactiveRequest(Body):
    """From how many days without a sign-in on a user is inactive."""

    dryRun: bool = True
    inactiveDays: Annotated[int, Field(ge=90, le=365)] = 90


class SyncUsersRequest(Body):
    """What of what belongs to nobody is to be deleted."""

    dryRun: bool = True
    deleteS3: bool = False
    deleteCognitoOrphans: bool = False


class BanStatusQuery(Query):
    """Whose ban is asked about."""

    username: Maybe[Annotated[str, Field(max_length=256)]] = None

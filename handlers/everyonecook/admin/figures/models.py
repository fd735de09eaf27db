"""The query strings of the figures."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from kitchen.body import Maybe, Query

Day = Annotated[str, Field(min_length=10, max_length=10, pattern="^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]


class DetailedStatsQuery(Query):
    """Which period to break down, and the day it ends with."""

    period: Maybe[Literal["day", "week", "month", "custom"]] = None
    date: Maybe[Day] = None

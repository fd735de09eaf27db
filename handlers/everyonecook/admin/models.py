"""The query string of the administrators' own actions."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from admin.values import Hundred
from kitchen.body import Maybe, Query


class ActivityQuery(Query):
    """How many actions, and of which kind."""

    limit: Maybe[Hundred] = None
    actionType: Maybe[Annotated[str, Field(max_length=100)]] = None

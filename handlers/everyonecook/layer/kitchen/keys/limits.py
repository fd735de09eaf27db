"""Keys of rate limits and of what the router notes of activity."""

from __future__ import annotations

from kitchen import clock


def operation(subject: str, name: str) -> dict[str, str]:
    """A counter of a named operation."""
    return {"PK": f"RATE_LIMIT#{subject}", "SK": f"OPERATION#{name}"}


def action(subject: str, name: str) -> dict[str, str]:
    """A counter that has a partition of its own."""
    return {"PK": f"RATE_LIMIT#{subject}#{name}", "SK": "METADATA"}


def ai_suggestions(subject: str, now: int) -> dict[str, str]:
    """The counter of a user's AI suggestions of a UTC day."""
    return {"PK": f"RATE_LIMIT#AI#{subject}", "SK": f"DATE#{clock.day(now)}"}


def recipes(subject: str, name: str, now: int) -> dict[str, str]:
    """The counter of what a user did with recipes on a UTC day."""
    return {"PK": f"RATE_LIMIT#{subject}", "SK": f"RECIPE#{name}#{clock.day(now)}"}


def admin_actions(subject: str) -> dict[str, str]:
    """The counter of an administrator's bans and unbans."""
    return {"PK": f"RATE_LIMIT#{subject}", "SK": "ADMIN_ACTIONS"}


def activity(user_id: str, now: int) -> dict[str, str]:
    """The note that a user was there in an hour of the Vietnamese calendar."""
    hour = clock.local(now)
    return {"PK": f"ACTIVITY_LOG#{hour:%Y-%m-%d}", "SK": f"{hour:%H}#{user_id}"}

"""Keys of violations, appeals, feedback, bans and what administrators did."""

from __future__ import annotations

from kitchen.keys.people import user

ALL_ACTIONS = "ADMIN_ACTIONS"
ALL_VIOLATIONS = "VIOLATIONS"


def violation(user_id: str, violation_id: str, created: int) -> dict[str, str]:
    """A violation; a user's by time in GSI1, all in GSI2."""
    return {
        "PK": user(user_id),
        "SK": f"VIOLATION#{violation_id}",
        "GSI1PK": f"VIOLATION#{user_id}",
        "GSI1SK": f"{created:013d}",
        "GSI2PK": ALL_VIOLATIONS,
        "GSI2SK": f"{created:013d}#{violation_id}",
    }


def appeal(user_id: str, appeal_id: str) -> dict[str, str]:
    """An appeal."""
    return {"PK": user(user_id), "SK": f"APPEAL#{appeal_id}"}


def appeal_indexes(appeal_id: str, status: str, created: int) -> dict[str, str]:
    """An appeal among those of its state (GSI1), and by its id alone (GSI2)."""
    return {
        "GSI1PK": f"APPEAL#{status}",
        "GSI1SK": f"{created:013d}#{appeal_id}",
        "GSI2PK": f"APPEAL_ID#{appeal_id}",
        "GSI2SK": "APPEAL",
    }


def feedback(user_id: str, feedback_id: str) -> dict[str, str]:
    """A feedback."""
    return {"PK": user(user_id), "SK": f"FEEDBACK#{feedback_id}"}


def feedback_indexes(feedback_id: str, status: str, created: int) -> dict[str, str]:
    """A feedback among those of its state (GSI1), and by its id alone (GSI2)."""
    return {
        "GSI1PK": f"FEEDBACK#{status}",
        "GSI1SK": f"{created:013d}#{feedback_id}",
        "GSI2PK": f"FEEDBACK_ID#{feedback_id}",
        "GSI2SK": "FEEDBACK",
    }


def feedback_reply(feedback_id: str, created: int, reply_id: str) -> dict[str, str]:
    """A reply to a feedback; they sort by time."""
    return {"PK": f"FEEDBACK#{feedback_id}", "SK": f"REPLY#{created:013d}#{reply_id}"}


def ban(user_id: str, banned: int) -> dict[str, str]:
    """A ban in a user's history."""
    return {"PK": user(user_id), "SK": f"BAN#{banned:013d}"}


def ban_schedule(user_id: str) -> dict[str, str]:
    """When a temporary ban ends."""
    return {"PK": f"BAN_SCHEDULE#{user_id}", "SK": "UNBAN_TASK"}


def actions_of_kind(action: str) -> str:
    """The partition of what administrators did of one kind, in GSI3."""
    return f"{ALL_ACTIONS}#{action}"


def admin_action(action_id: str, action: str, admin_id: str, created: int) -> dict[str, str]:
    """What an administrator did, by time: of the administrator (GSI1), among all (GSI2), of its kind (GSI3)."""
    return {
        "PK": f"ADMIN_ACTION#{action_id}",
        "SK": "METADATA",
        "GSI1PK": f"ADMIN#{admin_id}",
        "GSI1SK": f"{created:013d}",
        "GSI2PK": ALL_ACTIONS,
        "GSI2SK": f"{created:013d}#{action_id}",
        "GSI3PK": actions_of_kind(action),
        "GSI3SK": f"{created:013d}#{action_id}",
    }

"""Keys of users and of what hangs on them."""

from __future__ import annotations

ALL_USERS = "USERS"
BANNED_USERS = "USERS#BANNED"
SHORTEST_SEARCH = 2


def user(user_id: str) -> str:
    """The partition of everything a user owns."""
    return f"USER#{user_id}"


def profile(user_id: str) -> dict[str, str]:
    """A profile."""
    return {"PK": user(user_id), "SK": "PROFILE"}


def profile_indexes(user_id: str, username: str, created: int) -> dict[str, str]:
    """A profile by its user name (GSI1, GSI2), and among all profiles by age (GSI3)."""
    name = username_partition(username)
    return {
        "GSI1PK": name,
        "GSI1SK": user(user_id),
        "GSI2PK": name,
        "GSI2SK": "PROFILE",
        "GSI3PK": ALL_USERS,
        "GSI3SK": f"{created:013d}#{user_id}",
    }


def banned_index(user_id: str, banned: int) -> dict[str, str]:
    """A profile among the banned ones (GSI4): set on a ban, removed with it."""
    return {"GSI4PK": BANNED_USERS, "GSI4SK": f"{banned:013d}#{user_id}"}


def username_partition(username: str) -> str:
    """The partition of a user name in GSI1 and GSI2."""
    return f"USERNAME#{username.lower()}"


def search_partition(term: str) -> str:
    """The partition in which user names with these first two letters of a part lie."""
    return f"USER_SEARCH#{term[:SHORTEST_SEARCH].lower()}"


def search_entries(user_id: str, username: str) -> list[dict[str, str]]:
    """The keys by which any part of a user name is found: one for each ending of it of two letters or more."""
    name = username.lower()
    endings = [name[at:] for at in range(len(name) - SHORTEST_SEARCH + 1)]
    return [{"PK": search_partition(ending), "SK": f"{ending}#{user_id}"} for ending in endings]


def privacy(user_id: str) -> dict[str, str]:
    """Who may see which field of a profile."""
    return {"PK": user(user_id), "SK": "PRIVACY_SETTINGS"}


def preferences(user_id: str, kind: str) -> dict[str, str]:
    """Cooking preferences: `stable` or `frequent`."""
    return {"PK": user(user_id), "SK": f"PREFERENCES#{kind.upper()}"}


def custom_section(user_id: str, section_id: str) -> dict[str, str]:
    """A section that a user added to the profile."""
    return {"PK": user(user_id), "SK": f"CUSTOM_SECTION#{section_id}"}


def custom_field(user_id: str, section_id: str, field_id: str) -> dict[str, str]:
    """A field of such a section."""
    return {"PK": user(user_id), "SK": f"CUSTOM_FIELD#{section_id}#{field_id}"}


def custom_totals(user_id: str) -> dict[str, str]:
    """How many sections and fields a user has, so that two requests cannot both take the last place."""
    return {"PK": user(user_id), "SK": "CUSTOMISATION"}


def friendship(user_id: str, friend_id: str) -> dict[str, str]:
    """What a user is to another, seen from the first."""
    return {"PK": user(user_id), "SK": f"FRIEND#{friend_id}"}


def friendship_index(user_id: str, friend_id: str) -> dict[str, str]:
    """The same, seen from the other (GSI1)."""
    return {"GSI1PK": user(friend_id), "GSI1SK": f"FRIEND#{user_id}"}


def notification(user_id: str, created: str, notification_id: str) -> dict[str, str]:
    """A notification; they sort by time."""
    return {"PK": user(user_id), "SK": f"NOTIFICATION#{created}#{notification_id}"}


def notification_preferences(user_id: str) -> dict[str, str]:
    """Which notifications a user wants."""
    return {"PK": user(user_id), "SK": "NOTIFICATION_PREFERENCES"}


def group_link(owner_id: str, group_id: str) -> dict[str, str]:
    """A recipe group among its owner's (also GSI3)."""
    return {
        "PK": user(owner_id),
        "SK": f"GROUP#{group_id}",
        "GSI3PK": f"{user(owner_id)}#GROUPS",
        "GSI3SK": f"GROUP#{group_id}",
    }


def avatar(user_id: str) -> dict[str, str]:
    """The file metadata of an avatar."""
    return {"PK": user(user_id), "SK": "AVATAR"}


def background(user_id: str) -> dict[str, str]:
    """The file metadata of a background."""
    return {"PK": user(user_id), "SK": "BACKGROUND"}


def recipe_image(user_id: str, recipe_id: str, file: str) -> dict[str, str]:
    """The file metadata of a recipe's picture."""
    return {"PK": user(user_id), "SK": f"RECIPE#{recipe_id}#IMAGE#{file}"}

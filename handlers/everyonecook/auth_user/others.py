"""A user's profile as somebody else may see it."""

from __future__ import annotations

from typing import Any

from auth_user.profile import stats
from kitchen import levels, privacy, table, users
from kitchen.errors import NotFound
from kitchen.keys import people
from kitchen.routes import Call, Routes

routes = Routes()

SPELLINGS = {
    "userId": "user_id",
    "username": "username",
    "email": "email",
    "fullName": "full_name",
    "avatarUrl": "avatar_url",
    "backgroundUrl": "background_url",
    "bio": "bio",
    "birthday": "date_of_birth",
    "gender": "gender",
    "country": "country",
    "isActive": "is_active",
    "isBanned": "is_banned",
    "isSuspended": "is_suspended",
    "lastLoginAt": "last_login_at",
    "createdAt": "created_at",
    "updatedAt": "updated_at",
}


@routes.get("/users/{userId}")
def get_user(call: Call) -> dict[str, Any]:
    """A user's profile, for somebody signed in."""
    return view(call.user_id, call.path["userId"])


@routes.get("/users/{userId}/profile", public=True)
def get_profile(call: Call) -> dict[str, Any]:
    """A user's profile, for anybody."""
    viewer = call.signed_in.user_id if call.signed_in else None
    return view(viewer, call.path["userId"])


def view(viewer: str | None, owner: str) -> dict[str, Any]:
    """A profile, its privacy, what the viewer is to its owner, and the owner's counts."""
    found = table.get_many((people.profile(owner), people.privacy(owner)))
    profile = found.get((people.user(owner), "PROFILE"))
    if profile is None:
        raise NotFound("there is no such user")
    held = levels.effective(found.get((people.user(owner), "PRIVACY_SETTINGS")))
    relation = privacy.relationship(viewer, owner)
    shown = privacy.visible(users.attributes(profile), held, relation)
    return {
        "profile": {snake: shown[name] for name, snake in SPELLINGS.items() if name in shown},
        "privacy": {**held, **levels.FIXED},
        "relationship": relation.value,
        "stats": stats(owner, relation),
    }

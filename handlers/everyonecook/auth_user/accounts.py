"""The caller's own account, named by its user id."""

from __future__ import annotations

from typing import Any

from auth_user import pictures, profile, visibility
from auth_user.models import (
    AvatarUploadRequest,
    BackgroundUploadRequest,
    UpdatePrivacyRequest,
    UpdateProfileRequest,
)
from kitchen import cascade
from kitchen.errors import Forbidden
from kitchen.routes import Call, Routes

routes = Routes()


@routes.put("/users/{userId}", body=UpdateProfileRequest)
def put_user(call: Call) -> dict[str, Any]:
    """Change the profile."""
    return {"profile": profile.change(own(call), call.body.model_dump(exclude_unset=True), call.now)}


@routes.delete("/users/{userId}")
def delete_user(call: Call) -> dict[str, Any]:
    """Delete the account and everything in it."""
    user_id = own(call)
    return {"userId": user_id, "stats": cascade.delete_account(user_id, call.caller.username)}


@routes.put("/users/{userId}/privacy", body=UpdatePrivacyRequest)
def put_privacy(call: Call) -> dict[str, Any]:
    """Change the privacy settings."""
    return {"privacy": visibility.change(own(call), call.body.model_dump(exclude_unset=True), call.now)}


@routes.post("/users/{userId}/avatar", body=AvatarUploadRequest)
def post_avatar(call: Call) -> dict[str, str]:
    """A link for a new avatar."""
    return pictures.replace(pictures.AVATAR, own(call), call.body.contentType, call.body.fileSize, call.now)


@routes.post("/users/{userId}/background", body=BackgroundUploadRequest)
def post_background(call: Call) -> dict[str, str]:
    """A link for a new background."""
    return pictures.replace(pictures.BACKGROUND, own(call), call.body.contentType, call.body.fileSize, call.now)


def own(call: Call) -> str:
    """The user id of the path, if it is the caller's."""
    if call.path["userId"] != call.user_id:
        raise Forbidden("this is not your account")
    return call.user_id

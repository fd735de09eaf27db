"""Upload links for avatars and backgrounds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from auth_user.models import (
    AvatarPresignRequest,
    AvatarUploadRequest,
    BackgroundPresignRequest,
    BackgroundUploadRequest,
)
from kitchen import cdn, changes, clock, content, limits, metrics, users
from kitchen.errors import BadRequest, TooManyRequests
from kitchen.keys import people
from kitchen.limits import Limit
from kitchen.routes import Call, Routes

routes = Routes()


@dataclass(frozen=True)
class Picture:
    """A kind of picture on a profile."""

    folder: str
    name: str
    attribute: str
    limit: Limit


AVATAR = Picture("avatars", "avatar", "avatarUrl", limits.AVATAR_UPLOAD)
BACKGROUND = Picture("backgrounds", "background", "backgroundUrl", limits.BACKGROUND_UPLOAD)


@routes.post("/users/profile/avatar/upload", body=AvatarUploadRequest)
def upload_avatar(call: Call) -> dict[str, str]:
    """A link for a new avatar, to which the profile is switched."""
    return replace(AVATAR, call.user_id, call.body.contentType, call.body.fileSize, call.now)


@routes.post("/users/profile/background/upload", body=BackgroundUploadRequest)
def upload_background(call: Call) -> dict[str, str]:
    """A link for a new background, to which the profile is switched."""
    return replace(BACKGROUND, call.user_id, call.body.contentType, call.body.fileSize, call.now)


@routes.post("/users/profile/avatar/presigned", body=AvatarPresignRequest)
def presign_avatar(call: Call) -> dict[str, str]:
    """A link for an avatar."""
    link, address = presign(AVATAR, call.user_id, *_either(call.body), call.now)
    return {"upload_url": link, "avatar_url": address}


@routes.post("/users/profile/background/presigned", body=BackgroundPresignRequest)
def presign_background(call: Call) -> dict[str, str]:
    """A link for a background."""
    link, address = presign(BACKGROUND, call.user_id, *_either(call.body), call.now)
    return {"upload_url": link, "background_url": address}


def replace(picture: Picture, user_id: str, content_type: str, size: int, now: int) -> dict[str, str]:
    """A link for a picture that the profile shows from now on."""
    link, address = presign(picture, user_id, content_type, size, now)
    users.ensure(user_id, now)
    values: dict[str, Any] = {picture.attribute: address, "updatedAt": now}
    changes.update(people.profile(user_id), values, when=changes.PRESENT)
    return {"uploadUrl": link, picture.attribute: address}


def presign(picture: Picture, user_id: str, content_type: str, size: int, now: int) -> tuple[str, str]:
    """The upload link of a picture and its public address, ten a day."""
    try:
        limits.spend(picture.limit, user_id, now)
    except TooManyRequests:
        metrics.count("UploadRateLimitViolations")
        raise
    key = f"{picture.folder}/{user_id}/{picture.name}.{content.EXTENSIONS[content_type]}"
    link = content.upload_link(key, content_type, size, {"userid": user_id, "uploadedat": clock.iso(now)})
    # the key stays, so the address must change, or caches go on showing the picture before
    return link, f"{cdn.url(key)}?v={now}"


def _either(body: AvatarPresignRequest | BackgroundPresignRequest) -> tuple[str, int]:
    content_type, size = body.file_type or body.contentType, body.file_size or body.fileSize
    if content_type is None or size is None:
        raise BadRequest("file_type and file_size are needed")
    return content_type, size

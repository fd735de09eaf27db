"""Pictures of posts and recipes: uploaded, moved to where they stay, copied from one owner to another."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from kitchen import cdn, clock, content, limits, metrics
from kitchen.errors import BadRequest, Forbidden, TooManyRequests
from kitchen.routes import Call, Routes
from kitchen.text import file_stem
from social.models import IMAGES_MOST, PostImagePresignRequest

routes = Routes()

TEMPORARY = "posts/temp/"
IMAGES_OF_STEP = 3
_TEMPORARY_KEY = re.compile(r"posts/temp/([^/]+)/([A-Za-z0-9_-]+\.(?:jpg|png|webp))")
_KEY = re.compile(r"(?:posts|recipes)/[A-Za-z0-9_./-]{1,900}")

# A recipe's pictures: one of the finished dish, and some of each step.
Pictures = Mapping[str, Any]


@routes.post("/posts/upload-image", body=PostImagePresignRequest)
def post_upload(call: Call) -> dict[str, Any]:
    """A link to put a picture where posts are written from."""
    body: PostImagePresignRequest = call.body
    name, kind = body.fileName or body.file_name, body.contentType or body.file_type
    size = body.fileSize or body.file_size
    if name is None or kind is None or size is None:
        raise BadRequest("fileName, contentType and fileSize are needed")
    return presign(call.user_id, name, kind, size, call.now)


def presign(user_id: str, name: str, content_type: str, size: int, now: int) -> dict[str, Any]:
    """An upload link for a picture, ten a day, and where the picture will stand once it is posted."""
    try:
        limits.spend(limits.POST_IMAGE_UPLOAD, user_id, now)
    except TooManyRequests:
        metrics.count("UploadRateLimitViolations")
        raise
    file = f"{file_stem(name)}-{now}.{content.EXTENSIONS[content_type]}"
    key = f"{TEMPORARY}{user_id}/{file}"
    link = content.upload_link(key, content_type, size, {"userid": user_id, "uploadedat": clock.iso(now)})
    address = cdn.url(f"posts/{user_id}/{file}")
    return {"uploadUrl": link, "tempKey": key, "imageUrl": address, "expiresIn": content.LINK_SECONDS}


def check_temporary(user_id: str, keys: Iterable[str]) -> dict[str, str]:
    """Where a user's temporary pictures are to stay, by where they are; refuses those of others."""
    places: dict[str, str] = {}
    for key in keys:
        parts = _TEMPORARY_KEY.fullmatch(key)
        if parts is None:
            raise BadRequest("tempImageKeys: this is no key of an uploaded picture")
        if parts[1] != user_id:
            raise Forbidden("this picture was uploaded by somebody else")
        places[key] = f"posts/{user_id}/{parts[2]}"
    return places


def check_addresses(addresses: Iterable[str]) -> list[str]:
    """Public addresses of pictures that lie with us; refuses any other."""
    keys = [key_of(address) for address in addresses]
    if None in keys:
        raise BadRequest("images: each must be the address of a picture that was uploaded here")
    return [cdn.url(key) for key in keys if key]


def check_number(addresses: Iterable[str]) -> list[str]:
    """A post's pictures, each once and not too many."""
    found = list(dict.fromkeys(addresses))
    if len(found) > IMAGES_MOST:
        raise BadRequest(f"a post has at most {IMAGES_MOST} images")
    return found


def settle(places: Mapping[str, str]) -> None:
    """Copy temporary pictures to where they stay; the temporary ones go when the post is written."""
    copied: list[str] = []
    for temporary, place in places.items():
        if not content.copy(temporary, place):
            discard(copied)
            raise BadRequest("tempImageKeys: there is no such picture; upload it first")
        copied.append(place)


def discard(keys: Iterable[str]) -> None:
    """Remove pictures."""
    for key in keys:
        content.delete(key)


def key_of(picture: str) -> str | None:
    """The key of a picture of a post or a recipe by its public address, or by itself; None for anything else."""
    key = picture.split("?")[0].removeprefix(cdn.url(""))
    return key if _KEY.fullmatch(key) and ".." not in key and not key.startswith(TEMPORARY) else None


def copy_pictures(pictures: Pictures, whose: str, completed: str, step: str) -> dict[str, Any]:
    """Copy a recipe's pictures that lie under a prefix to `completed` and `step` (with {n} and {i}, from 1)."""

    def copied(picture: Any, place: str) -> str | None:
        source = key_of(picture) if isinstance(picture, str) else None
        # nobody takes along by naming it what is somebody else's
        if source is None or not source.startswith(whose):
            return None
        return cdn.url(place) if content.copy(source, place) else None

    found: dict[str, Any] = {"steps": []}
    if dish := copied(pictures.get("completed"), completed):
        found["completed"] = dish
    for n, addresses in enumerate(pictures.get("steps") or (), 1):
        places = [step.format(n=n, i=i) for i in range(1, IMAGES_OF_STEP + 1)]
        made = [copied(address, place) for address, place in zip(addresses or (), places, strict=False)]
        found["steps"].append([address for address in made if address])
    return found


def pictures_of(recipe: Mapping[str, Any]) -> dict[str, Any]:
    """A recipe's pictures, be those of a step kept with the others or in the step."""
    held = recipe.get("images") or {}
    apart: list[Any] = held.get("steps") or []
    within = [step.get("images") if isinstance(step, dict) else None for step in recipe.get("steps") or ()]
    longest = max(len(apart), len(within))
    both = zip(*(row + [None] * (longest - len(row)) for row in (apart, within)), strict=True)
    return {"completed": held.get("completed"), "steps": [one or other or [] for one, other in both]}


def choose(pictures: Pictures, wanted: Iterable[str]) -> dict[str, Any]:
    """Those of a recipe's pictures that are wanted; refuses what is none of them."""
    chosen = frozenset(wanted)
    steps = [[one for one in step if one in chosen] for step in pictures["steps"]]
    completed = pictures["completed"] if pictures["completed"] in chosen else None
    if chosen - {completed, *(one for step in steps for one in step)}:
        raise BadRequest("images: each must be one of the recipe's pictures")
    return {"completed": completed, "steps": steps}

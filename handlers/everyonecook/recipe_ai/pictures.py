"""The pictures of recipes in the content bucket: only what lies under their owner's own prefix is touched."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from kitchen import cdn, changes, content, table
from kitchen.keys import people
from kitchen.logs import logger

TRIES = 3
PAUSE_SECONDS = 0.2
AT_ONCE = 8
COPIED_MOST = 60

Images = Mapping[str, Any]


def folder(owner: str, recipe_id: str) -> str:
    """Where the pictures of a recipe lie."""
    return f"recipes/{owner}/{recipe_id}/"


def all_of(images: Images) -> list[str]:
    """Every picture a recipe names."""
    listed = [images.get("completed"), *(one for step in images.get("steps") or () for one in step)]
    return [one for one in listed if one]


def key_of(picture: str, owner: str) -> str | None:
    """The object behind a picture, if it is one of its owner's recipe pictures."""
    key = picture.removeprefix(cdn.url("")).lstrip("/")
    mine = key.startswith(f"recipes/{owner}/") and "//" not in key and ".." not in key
    return key if mine else None


def drop(pictures: Iterable[str], owner: str) -> None:
    """Remove pictures of an owner's recipes; what fails three times is left for the log."""
    keys = {key for picture in pictures if (key := key_of(picture, owner))}
    if keys:
        with ThreadPoolExecutor(min(AT_ONCE, len(keys))) as pool:
            list(pool.map(_drop, sorted(keys)))


def clear(owner: str, recipe_id: str, pictures: Iterable[str]) -> None:
    """Remove a deleted recipe's pictures and what is known of them; best effort."""
    try:
        content.delete_prefix(folder(owner, recipe_id))
        drop(pictures, owner)
        changes.delete_many(table.every(people.user(owner), prefix=f"RECIPE#{recipe_id}#IMAGE#"))
    except (BotoCoreError, ClientError, RuntimeError):
        logger.warning("pictures of a deleted recipe are left", recipe_id=recipe_id, exc_info=True)


def copied(images: Images, author: str, owner: str, recipe_id: str) -> dict[str, Any]:
    """The pictures of an author's recipe, copied for another owner's; one that is gone is left out."""
    targets = _targets(images, author, folder(owner, recipe_id))
    with ThreadPoolExecutor(AT_ONCE) as pool:
        done = dict(zip(targets, pool.map(lambda pair: content.copy(*pair), targets.values()), strict=True))

    def moved(picture: str) -> str | None:
        if picture in targets:
            return cdn.url(targets[picture][1]) if done[picture] else None
        return None if key_of(picture, author) else picture

    steps = [[new for one in step if (new := moved(one))] for step in images.get("steps") or ()]
    whole = images.get("completed")
    return {"steps": steps, **({"completed": new} if whole and (new := moved(whole)) else {})}


def _targets(images: Images, author: str, under: str) -> dict[str, tuple[str, str]]:
    """From which object to which, by picture."""
    names = {images["completed"]: "completed"} if images.get("completed") else {}
    for number, step in enumerate(images.get("steps") or (), 1):
        for at, picture in enumerate(step, 1):
            names.setdefault(picture, f"step-{number}-{at}")
    sources = {picture: key_of(picture, author) for picture in list(names)[:COPIED_MOST]}
    return {
        picture: (key, f"{under}{names[picture]}{_ending(key)}") for picture, key in sources.items() if key is not None
    }


def _ending(key: str) -> str:
    ending = key.rsplit(".", 1)[-1].lower()
    return f".{ending}" if ending in ("jpg", "jpeg", "png", "webp") else ".jpg"


def _drop(key: str) -> None:
    for tried in range(1, TRIES + 1):
        try:
            content.delete(key)
        except (BotoCoreError, ClientError):
            if tried == TRIES:
                logger.warning("a picture could not be removed", key=key, exc_info=True)
                return
            time.sleep(PAUSE_SECONDS * 2 ** (tried - 1))
        else:
            return

"""Uploaded pictures: where one lies in the bucket, and where the table speaks of it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kitchen.errors import BadRequest, Forbidden
from kitchen.keys import people, posts

FOLDERS = {"avatar": "avatars", "background": "backgrounds", "post": "posts", "recipe": "recipes"}
# Kinds of which there are several to a thing, in a folder of that thing's name.
IN_PLACES = ("post", "recipe")
# The mark that a worked-on object bears in its metadata; nobody else can set it, for upload links sign all metadata.
PROCESSED = "processed"
_PLACE = re.compile(r"[A-Za-z0-9_-]{1,128}")
_NAME = re.compile(r"[A-Za-z0-9_-]{1,120}\.[a-z]{3,4}")


@dataclass(frozen=True)
class File:
    """A picture: its kind, its owner, what it belongs to (a post's or a recipe's id), its name."""

    kind: str
    owner: str
    place: str
    name: str

    @property
    def key(self) -> str:
        """Its key in the bucket."""
        return "/".join(part for part in (FOLDERS[self.kind], self.owner, self.place, self.name) if part)

    @property
    def thumb_key(self) -> str:
        """The key of its small form."""
        stem, _, extension = self.key.rpartition(".")
        return f"{stem}-thumb.{extension}"

    @property
    def item(self) -> dict[str, str]:
        """The key of its item in the table."""
        match self.kind:
            case "avatar":
                return people.avatar(self.owner)
            case "background":
                return people.background(self.owner)
            case "post":
                return posts.post_image(self.place, self.name)
            case _:
                return people.recipe_image(self.owner, self.place, self.name)


def read_key(kind: str, key: str, owner: str) -> File:
    """The file that a key names: Forbidden for another's, BadRequest for one that is none of ours."""
    folder, *rest = key.split("/")
    if not rest or rest[0] != owner:
        raise Forbidden("the file belongs to somebody else")
    *places, name = rest[1:] or [""]
    if folder != FOLDERS[kind] or len(places) > 1 or places == [""] or not _NAME.fullmatch(name):
        raise BadRequest(f"fileKey: this is no key of a file of type {kind}")
    return File(kind, owner, check_place(kind, "".join(places)), name)


def check_place(kind: str, place: str) -> str:
    """The folder of a post or recipe, or BadRequest for one that cannot be."""
    if kind in IN_PLACES and not place:
        raise BadRequest(f"subFolder: needed for a file of type {kind}")
    if place and not _PLACE.fullmatch(place):
        raise BadRequest("subFolder: only letters, digits, hyphens and underscores")
    return place

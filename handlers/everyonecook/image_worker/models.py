"""What a message of the queue may say."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from kitchen.body import ImageType

Side = Annotated[int, Field(ge=1, le=4_096)]


class Size(BaseModel):
    """A size, and whether a picture fills it or stays inside it."""

    width: Side
    height: Side
    fit: Literal["cover", "inside"] = "cover"


class Quality(BaseModel):
    """How much a picture may lose."""

    quality: Annotated[int, Field(ge=1, le=100)] = 85


class Mark(BaseModel):
    """The text of a watermark."""

    text: Annotated[str, Field(min_length=1, max_length=40)] = "EveryoneCook"


class Resize(BaseModel):
    """Bring the picture to a size."""

    type: Literal["resize"]
    params: Size


class Compress(BaseModel):
    """Save the picture with a quality."""

    type: Literal["compress"]
    params: Quality = Quality()


class Thumbnail(BaseModel):
    """Make a small picture besides."""

    type: Literal["thumbnail"]
    params: Size


class Watermark(BaseModel):
    """Write a text into the lower right corner of a post's or a recipe's picture."""

    type: Literal["watermark"]
    params: Mark = Mark()


Operation = Resize | Compress | Thumbnail | Watermark


class Message(BaseModel):
    """A message of the queue."""

    fileKey: str
    userId: str
    fileType: Literal["avatar", "background", "post", "recipe"]
    contentType: ImageType
    operations: list[Annotated[Operation, Field(discriminator="type")]] = []

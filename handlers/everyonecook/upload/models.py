"""What the bodies of the upload routes may say."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from kitchen.body import Body, ImageType, Maybe
from kitchen.content import LARGEST

FileType = Literal["avatar", "background", "post", "recipe"]
FileKey = Annotated[str, Field(min_length=1, max_length=1024)]
Folder = Annotated[str, Field(max_length=128)]


class PresignedUrlRequest(Body):
    """A picture that somebody wants to upload."""

    fileType: FileType
    fileName: Annotated[str, Field(min_length=1, max_length=1024)]
    contentType: ImageType
    fileSize: Annotated[int, Field(ge=1, le=max(LARGEST.values()))]
    subFolder: Maybe[Annotated[str, Field(min_length=1, max_length=128)]] = None


class ConfirmUploadRequest(Body):
    """A picture that was uploaded."""

    fileKey: FileKey
    fileType: FileType
    subFolder: Maybe[Folder] = None


class DeleteUploadRequest(Body):
    """A picture that is to go, for good or recoverably; the path names it as well."""

    fileKey: Maybe[FileKey] = None
    fileType: FileType
    subFolder: Maybe[Folder] = None
    softDelete: Maybe[bool] = None

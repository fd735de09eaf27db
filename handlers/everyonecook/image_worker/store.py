"""Pictures in the bucket, and what the table says of them."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from boto3.dynamodb.conditions import Attr
from botocore.exceptions import ClientError

from image_worker.pictures import Spoiled
from kitchen import changes
from kitchen.content import BUCKET, LARGEST, client
from kitchen.files import PROCESSED, File


@dataclass(frozen=True)
class Found:
    """An object as it was found; `version` tells it from what may replace it."""

    data: bytes
    version: str
    metadata: Mapping[str, str]


def fetch(file: File) -> Found:
    """A file's object, whole, unless it was worked on already; Spoiled where it is gone or too large."""
    try:
        answer = client.get_object(Bucket=BUCKET, Key=file.key)
    except client.exceptions.NoSuchKey:
        raise Spoiled("the file is gone") from None
    with answer["Body"] as body:
        if PROCESSED in answer["Metadata"]:
            return Found(b"", answer["ETag"], answer["Metadata"])
        largest = LARGEST[file.kind]
        if answer["ContentLength"] > largest:
            raise Spoiled(f"the file has more than {largest} bytes")
        return Found(body.read(), answer["ETag"], answer["Metadata"])


def put_thumb(file: File, data: bytes, content_type: str) -> None:
    """Put a file's small form beside it."""
    client.put_object(Bucket=BUCKET, Key=file.thumb_key, Body=data, ContentType=content_type)


def replace(file: File, found: Found, data: bytes, content_type: str) -> None:
    """Put the finished picture in the place of the one that was found, and of no other."""
    try:
        client.put_object(
            Bucket=BUCKET,
            Key=file.key,
            Body=data,
            ContentType=content_type,
            Metadata={**found.metadata, PROCESSED: "true"},
            IfMatch=found.version,
        )
    except ClientError as error:
        if error.response["Error"]["Code"] in ("NoSuchKey", "404"):
            raise Spoiled("the file is gone") from None
        raise


def settle(file: File, status: str, values: Mapping[str, Any]) -> None:
    """Note how it ended, unless the file was deleted or another took its place."""
    same = Attr("fileKey").eq(file.key) & Attr("status").ne("deleted")
    remove = [] if "error" in values else ["error"]
    with suppress(changes.ConditionFailed):
        changes.update(file.item, {**values, "status": status}, remove=remove, when=same)

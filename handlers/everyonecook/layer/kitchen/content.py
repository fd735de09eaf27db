"""The content bucket: upload links, copies, removals."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

from kitchen.clients import PATIENT

BUCKET = os.environ["CONTENT_BUCKET"]
# by default links name S3's global address, which sends uploads on to the region, and browsers do not follow
_LINKS = Config(
    signature_version="s3v4", s3={"addressing_style": "auto" if "AWS_ENDPOINT_URL" in os.environ else "virtual"}
)
client: Any = boto3.client("s3", config=PATIENT.merge(_LINKS))

LINK_SECONDS = 300
EXTENSIONS = {"image/jpeg": "jpg", "image/png": "png", "image/webp": "webp"}
MEBIBYTE = 1_048_576
LARGEST = {"avatar": 5 * MEBIBYTE, "background": 10 * MEBIBYTE, "post": 5 * MEBIBYTE, "recipe": 5 * MEBIBYTE}


def upload_link(key: str, content_type: str, size: int, metadata: Mapping[str, str] | None = None) -> str:
    """A link by which exactly so many bytes of one type can be put under a key, for 300 seconds."""
    wanted: dict[str, Any] = {"Bucket": BUCKET, "Key": key, "ContentType": content_type, "ContentLength": size}
    if metadata:
        wanted["Metadata"] = dict(metadata)
    link: str = client.generate_presigned_url("put_object", Params=wanted, ExpiresIn=LINK_SECONDS)
    return link


def _carry_metadata(request: Any, signature_version: str, **_: Any) -> None:
    """Put the metadata into the link itself: whoever uploads could not know which headers are signed."""
    if signature_version.endswith("-query"):
        for name in [name for name in request.headers if name.lower().startswith("x-amz-meta-")]:
            request.params[name] = request.headers[name]
            del request.headers[name]


client.meta.events.register("before-sign.s3.PutObject", _carry_metadata)


def head(key: str) -> dict[str, Any] | None:
    """What S3 knows of an object, or None where there is none."""
    try:
        found: dict[str, Any] = client.head_object(Bucket=BUCKET, Key=key)
    except ClientError as error:
        if error.response["ResponseMetadata"]["HTTPStatusCode"] == 404:
            return None
        raise
    return found


def copy(source: str, target: str) -> bool:
    """Copy an object within the bucket; False where there is nothing to copy."""
    try:
        client.copy_object(Bucket=BUCKET, Key=target, CopySource={"Bucket": BUCKET, "Key": source})
    except ClientError as error:
        if error.response["Error"]["Code"] in ("NoSuchKey", "404"):
            return False
        raise
    return True


def delete(key: str) -> None:
    """Remove an object, if it is there."""
    client.delete_object(Bucket=BUCKET, Key=key)


def delete_prefix(prefix: str) -> int:
    """Remove every object under a prefix, which ends in a slash, and return how many there were."""
    if not prefix.endswith("/") or prefix.startswith("/") or "//" in prefix:
        raise ValueError(f"{prefix!r} is no folder of one owner")
    removed = 0
    for page in client.get_paginator("list_objects_v2").paginate(Bucket=BUCKET, Prefix=prefix):
        found = [{"Key": entry["Key"]} for entry in page.get("Contents", ())]
        if found:
            client.delete_objects(Bucket=BUCKET, Delete={"Objects": found, "Quiet": True})
            removed += len(found)
    return removed

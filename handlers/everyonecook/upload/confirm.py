"""Pictures that were uploaded: noted, and handed on to be worked on."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from boto3.dynamodb.conditions import Attr

from kitchen import cdn, changes, clock, content, files
from kitchen.errors import BadRequest, Forbidden, NotFound
from kitchen.files import File
from kitchen.keys import posts
from kitchen.routes import Call, Routes
from kitchen.table import Item, get
from upload import places, work
from upload.kinds import check
from upload.models import ConfirmUploadRequest

routes = Routes()


@routes.post("/upload/confirm", body=ConfirmUploadRequest)
def confirm_upload(call: Call) -> dict[str, Any]:
    """Note a picture that is in the bucket, and have it worked on."""
    body: ConfirmUploadRequest = call.body
    file = find(body.fileType, body.fileKey, body.subFolder, call.user_id)
    head = content.head(file.key)
    if head is None:
        raise NotFound("there is no such file: upload it first", code="FILE_NOT_FOUND")
    check(file.kind, head.get("ContentType", ""), head["ContentLength"])
    allow(file)
    done = files.PROCESSED in head["Metadata"]
    noted = describe(file, head, "processed" if done else "processing", call.now)
    places.put(file, noted)
    queued = not done and hand_on(file, noted, call.now)
    return {
        "success": True,
        "fileKey": file.key,
        "cdnUrl": noted["cdnUrl"],
        "metadata": {**noted, "status": noted["status"] if queued or done else "uploaded"},
        "processingQueued": queued,
    }


def find(kind: str, key: str, place: str | None, user_id: str) -> File:
    """The caller's file that a key names, in the folder that the caller says, if any."""
    file = files.read_key(kind, key, user_id)
    if place and place != file.place:
        raise BadRequest("subFolder: not the one that fileKey names")
    return file


def allow(file: File) -> None:
    """Refuse a picture of somebody else's post: it would be noted there."""
    post = get(posts.post(file.place)) if file.kind == "post" else None
    if post and post.get("authorId") != file.owner:
        raise Forbidden("the post belongs to somebody else")


def describe(file: File, head: Item, status: str, now: int) -> Item:
    """What the table keeps of a file."""
    return {
        "fileKey": file.key,
        "fileType": file.kind,
        "contentType": head["ContentType"],
        "fileSize": head["ContentLength"],
        "uploadedBy": file.owner,
        "uploadedAt": clock.iso(now),
        "cdnUrl": cdn.url(file.key),
        "status": status,
    }


def hand_on(file: File, noted: Item, now: int) -> bool:
    """Put a file into the queue; where that fails, it stays as it was uploaded."""
    if work.queue(file, noted["contentType"], now):
        return True
    waiting = Attr("fileKey").eq(file.key) & Attr("status").eq("processing")
    with suppress(changes.ConditionFailed):
        changes.update(file.item, {"status": "uploaded"}, when=waiting)
    return False

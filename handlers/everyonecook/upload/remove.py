"""Pictures that go: for good, or so that they can be had back for a while."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from boto3.dynamodb.conditions import Attr

from kitchen import changes, clock, content, table
from kitchen.errors import BadRequest, NotFound
from kitchen.files import File
from kitchen.routes import Call, Routes
from kitchen.table import Item
from upload.confirm import find
from upload.models import DeleteUploadRequest

routes = Routes()
RECOVERY = 30 * clock.DAY


@routes.delete("/upload/{key+}", body=DeleteUploadRequest)
def delete_upload(call: Call) -> dict[str, Any]:
    """Delete a picture of the caller's."""
    body: DeleteUploadRequest = call.body
    key = call.path["key"]
    if body.fileKey and body.fileKey != key:
        raise BadRequest("fileKey: not the one that the path names")
    file = find(body.fileType, key, body.subFolder, call.user_id)
    item = table.get(file.item, consistent=True)
    if item is None or item.get("fileKey") != file.key or item.get("uploadedBy") != call.user_id:
        raise _missing()
    soft = bool(body.softDelete)
    deleted = soft_delete(file, item, call.now) if soft else hard_delete(file, call.now)
    return {"success": True, "fileKey": file.key, "deletedAt": deleted, "softDeleted": soft}


def soft_delete(file: File, item: Item, now: int) -> str:
    """Mark a file as deleted, to be forgotten in 30 days, and return since when; confirming it again brings it back."""
    if item["status"] == "deleted":
        since: str = item["softDeleteMetadata"]["deletedAt"]
        return since
    details = {
        "deletedAt": clock.iso(now),
        "deletedBy": file.owner,
        "recoverableUntil": clock.iso(now + RECOVERY),
        "previousStatus": item["status"],
    }
    values = {"status": "deleted", "softDeleteMetadata": details, "ttl": clock.seconds(now + RECOVERY)}
    try:
        changes.update(file.item, values, when=Attr("fileKey").eq(file.key) & Attr("status").ne("deleted"))
    except changes.ConditionFailed:
        raise _missing() from None
    return clock.iso(now)


def hard_delete(file: File, now: int) -> str:
    """Remove a file, its small form and its item; the item goes last, so that a removal that failed can be repeated."""
    content.delete(file.thumb_key)
    content.delete(file.key)
    # another picture may have taken its place in the meantime, and stays
    with suppress(changes.ConditionFailed):
        changes.delete(file.item, when=Attr("fileKey").eq(file.key))
    return clock.iso(now)


def _missing() -> NotFound:
    return NotFound("there is no such file", code="FILE_NOT_FOUND")

"""Links by which pictures are uploaded."""

from __future__ import annotations

from typing import Any

from kitchen import cdn, clock, content, files, limits, metrics
from kitchen.errors import TooManyRequests
from kitchen.files import File
from kitchen.routes import Call, Routes
from kitchen.text import file_stem
from upload.kinds import KINDS, check
from upload.models import PresignedUrlRequest

routes = Routes()


@routes.post("/upload/presigned-url", body=PresignedUrlRequest)
def presign_upload(call: Call) -> dict[str, Any]:
    """A link for a picture."""
    body: PresignedUrlRequest = call.body
    check(body.fileType, body.contentType, body.fileSize)
    place = files.check_place(body.fileType, body.subFolder or "")
    name = f"{file_stem(body.fileName)}-{call.now}.{content.EXTENSIONS[body.contentType]}"
    file = File(body.fileType, call.user_id, place, name)
    spend(body.fileType, call.user_id, call.now)
    noted = {"userid": call.user_id, "uploadedat": clock.iso(call.now)}
    return {
        "uploadUrl": content.upload_link(file.key, body.contentType, body.fileSize, noted),
        "fileKey": file.key,
        "cdnUrl": cdn.url(file.key),
        "expiresIn": content.LINK_SECONDS,
    }


def spend(kind: str, user_id: str, now: int) -> None:
    """Count one more link of a kind; an alarm counts those that are refused."""
    try:
        limits.spend(KINDS[kind].limit, user_id, now)
    except TooManyRequests:
        metrics.count("UploadRateLimitViolations")
        raise

"""A picture from its upload to its final form."""

from __future__ import annotations

from image_worker import pictures, store
from image_worker.jobs import Job
from image_worker.models import Compress, Resize, Thumbnail, Watermark
from image_worker.pictures import Picture, Spoiled
from image_worker.store import Found
from kitchen import clock
from kitchen.files import IN_PLACES, PROCESSED
from kitchen.logs import logger
from kitchen.table import Item

USUAL_QUALITY = 85


def do(job: Job, now: int) -> None:
    """Look into a picture, do what is asked, put it back and note it; what was done already is only noted."""
    found = store.fetch(job.file)
    if PROCESSED in found.metadata:
        store.settle(job.file, "processed", {})
        return
    finished, small, noted = _made(job, found)
    if small is not None:
        store.put_thumb(job.file, small, job.content_type)
        noted["thumbnailKey"] = job.file.thumb_key
    store.replace(job.file, found, finished, job.content_type)
    store.settle(job.file, "processed", {**noted, "processedAt": clock.iso(now)})
    logger.info("a picture is done", key=job.file.key, before=len(found.data), after=len(finished))


def _made(job: Job, found: Found) -> tuple[bytes, bytes | None, Item]:
    """The finished picture, its small form, and what is to be noted of it."""
    try:
        picture, small, quality = apply(job, pictures.read(found.data, job.content_type))
        finished = pictures.write(picture, job.content_type, quality)
        thumb = pictures.write(small, job.content_type, quality) if small else None
    except Spoiled:
        raise
    except Exception as error:
        # what breaks on a picture breaks on it again
        logger.warning("a picture broke the work on it", exc_info=True)
        raise Spoiled(f"the file cannot be read as a picture: {type(error).__name__}") from error
    return finished, thumb, {"fileSize": len(finished), "width": picture.width, "height": picture.height}


def apply(job: Job, picture: Picture) -> tuple[Picture, Picture | None, int]:
    """A picture after all operations in their order, its small form, and the quality to save both with."""
    small: Picture | None = None
    quality = USUAL_QUALITY
    for operation in job.operations:
        match operation:
            case Resize(params=size):
                picture = pictures.resize(picture, (size.width, size.height), size.fit)
            case Compress(params=asked):
                quality = asked.quality
            case Thumbnail(params=size):
                small = pictures.resize(picture, (size.width, size.height), size.fit)
            case Watermark(params=mark) if job.file.kind in IN_PLACES:
                picture = pictures.mark(picture, mark.text)
    return picture, small, quality

"""What a message asks for."""

from __future__ import annotations

from dataclasses import dataclass

from image_worker.models import Message, Operation
from kitchen.files import File, read_key


@dataclass(frozen=True)
class Job:
    """A picture, what it claims to be, and what is to be done with it."""

    file: File
    content_type: str
    operations: list[Operation]


def read(body: str) -> Job:
    """The job that a message describes; a message that describes none fails until its queue gives it up."""
    message = Message.model_validate_json(body)
    file = read_key(message.fileType, message.fileKey, message.userId)
    return Job(file, message.contentType, message.operations)

"""The queue of pictures to be worked on."""

from __future__ import annotations

import json
import os
from typing import Any

import boto3
from botocore.exceptions import BotoCoreError, ClientError

from kitchen.clients import PATIENT
from kitchen.files import File
from kitchen.logs import logger
from upload.kinds import KINDS

QUEUE_URL = os.environ["IMAGE_PROCESSING_QUEUE_URL"]
client: Any = boto3.client("sqs", config=PATIENT)


def queue(file: File, content_type: str, now: int) -> bool:
    """Ask for the operations of a file's kind; False where nobody could be asked."""
    asked = {
        "fileKey": file.key,
        "userId": file.owner,
        "fileType": file.kind,
        "contentType": content_type,
        "operations": KINDS[file.kind].operations,
        "timestamp": now,
    }
    told = {"fileType": file.kind, "userId": file.owner}
    attributes = {name: {"DataType": "String", "StringValue": value} for name, value in told.items()}
    try:
        client.send_message(QueueUrl=QUEUE_URL, MessageBody=json.dumps(asked), MessageAttributes=attributes)
    except (BotoCoreError, ClientError):
        logger.exception("a picture could not be queued", key=file.key)
        return False
    return True

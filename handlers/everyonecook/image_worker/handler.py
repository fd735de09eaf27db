"""From the queue's messages to pictures; a message that failed for the moment comes again."""

from __future__ import annotations

from typing import Any

from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord

from image_worker import store, work
from image_worker.jobs import read
from image_worker.pictures import Spoiled
from kitchen import clock
from kitchen.logs import logger

processor = BatchProcessor(event_type=EventType.SQS, raise_on_entire_batch_failure=False)


@logger.inject_lambda_context(clear_state=True)
def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Work on a batch of messages, and name those that should come again."""
    return dict(process_partial_response(event, take, processor, context))


def take(record: SQSRecord) -> None:
    """Work on what one message names; a picture that no second try would mend is marked as failed."""
    job = read(record.body)
    try:
        work.do(job, clock.now())
    except Spoiled as spoiled:
        logger.warning("a picture was refused", key=job.file.key, reason=str(spoiled))
        store.settle(job.file, "failed", {"error": str(spoiled), "processedAt": clock.iso(clock.now())})
    except Exception:
        logger.exception("a picture could not be worked on; its message comes again", key=job.file.key)
        raise

"""Messages of the AI queue, each answered for itself."""

from __future__ import annotations

from typing import Any

from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord

from ai_worker import work
from kitchen import clock
from kitchen.logs import logger

processor = BatchProcessor(event_type=EventType.SQS, raise_on_entire_batch_failure=False)


@logger.inject_lambda_context(clear_state=True)
def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Work off a batch, and name the messages that are to come again."""
    return dict(process_partial_response(event, act, processor, context))


def act(record: SQSRecord) -> None:
    """Work off one message."""
    logger.append_keys(message_id=record.message_id)
    work.do(record.body, int(record.attributes.approximate_receive_count), clock.now())

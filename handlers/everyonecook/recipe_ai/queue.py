"""The queue of the AI worker."""

from __future__ import annotations

import os
from typing import Any

import boto3

from kitchen.clients import PATIENT
from kitchen.pantry.models import Order

AI_QUEUE_URL = os.environ["AI_QUEUE_URL"]
client: Any = boto3.client("sqs", config=PATIENT)


def send(order: Order) -> None:
    """Hand an order to the worker."""
    client.send_message(QueueUrl=AI_QUEUE_URL, **order.message())

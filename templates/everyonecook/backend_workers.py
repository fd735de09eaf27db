"""The workers of Backend: each behind a queue of its own."""

from __future__ import annotations

from typing import NamedTuple

from awacs import bedrock
from troposphere import Sub

from ecinfra import Stack
from ecinfra.constructs import Function, Queue
from ecinfra.grants import Grant, allow
from ecinfra.units import seconds
from templates.everyonecook.core import Core
from templates.everyonecook.functions import function
from templates.everyonecook.names import small
from templates.everyonecook.settings import Settings

MODEL = "anthropic.claude-3-haiku-20240307-v1:0"
MODEL_REGION = "us-east-1"


class Queues(NamedTuple):
    """What the modules put in, and the workers take out."""

    ai: Queue
    image: Queue


def add_queues(backend: Stack, settings: Settings) -> Queues:
    """The two queues, each with one for what failed three times."""
    ai, image = (
        backend.add(
            Queue(
                title,
                small(settings, f"{name}-queue"),
                visible_after=seconds(visible_after),
                tries=3,
                dead_name=small(settings, f"{name}-dlq"),
                dead_tags={"QueueType": "DeadLetter", "Purpose": f"{purpose}-DLQ"},
            ),
            tags={"Component": "EventProcessing", "QueueType": "Main", "Purpose": f"{purpose}-Processing"},
        )
        for title, name, purpose, visible_after in (("AIQueue", "ai", "AI", 120), ("ImageQueue", "image", "Image", 60))
    )
    return Queues(ai, image)


def ask_model() -> Grant:
    """Permission to ask the model."""
    models = (
        Sub(f"arn:${{AWS::Partition}}:bedrock:{region}::foundation-model/{MODEL}")
        for region in (MODEL_REGION, "${AWS::Region}")
    )
    return allow([bedrock.InvokeModel], *models)


def add_workers(backend: Stack, settings: Settings, core: Core, queues: Queues) -> tuple[Function, ...]:
    """The AI worker and the image worker."""
    return (
        backend.add(
            function(
                settings,
                core,
                "AIWorker",
                "ai_worker",
                on=[queues.ai.messages(batch=1)],
                may=[core.table.read, core.table.write, ask_model()],
                env={
                    "BEDROCK_MODEL_ID": MODEL,
                    "BEDROCK_REGION": MODEL_REGION,
                    "DYNAMODB_TABLE": core.table.table_name,
                    "ENVIRONMENT": settings.environment,
                },
                memory=1024,
                timeout=seconds(60),
            ),
            tags={"Component": "Lambda", "Module": "AIWorker", "Purpose": "AI-Recipe-Generation"},
        ),
        backend.add(
            function(
                settings,
                core,
                "ImageWorker",
                "image_worker",
                on=[queues.image.messages(batch=5)],
                may=[core.content.read, core.content.write, core.table.write],
                env={
                    "CONTENT_BUCKET": core.content.bucket_name,
                    "DYNAMODB_TABLE": core.table.table_name,
                },
                timeout=seconds(60),
            ),
            tags={"Component": "Lambda", "Module": "ImageWorker", "Purpose": "Image-Processing"},
        ),
    )

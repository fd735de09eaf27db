"""The model, played: it answers from the canned answers, or says what a test wants it to say."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import world
from botocore.exceptions import ClientError, EndpointConnectionError
from faults import instead
from stand_ins import HANDLERS

CANNED = HANDLERS / "canned"


@dataclass
class Oracle:
    """What was asked, by task and subject, and what is answered instead of the canned answers, by task."""

    asked: list[tuple[str, Any]] = field(default_factory=list)
    bodies: list[dict[str, Any]] = field(default_factory=list)
    instead: dict[str, Any] = field(default_factory=dict)
    always: Exception | None = None

    def leave(self) -> None:
        """Be out of reach."""
        self.always = EndpointConnectionError(endpoint_url="https://bedrock")

    def refuse(self, code: str) -> None:
        """Be there, but refuse."""
        self.always = ClientError({"Error": {"Code": code, "Message": ""}}, "InvokeModel")

    def tasks(self) -> list[str]:
        """The tasks that it was asked for."""
        return [task for task, _ in self.asked]


def canned(task: str, line: str) -> Any:
    """The canned answer to a task, by the last line of its prompt."""
    held = json.loads((CANNED / f"{task}.json").read_text())
    for one in held["answers"]:
        if re.search(rf"(?<!\w){re.escape(one['about'])}(?!\w)", line.lower()):
            return one["answer"]
    return held["otherwise"]


@contextmanager
def speaking() -> Iterator[Oracle]:
    """The model answers as long as this lasts."""
    from kitchen.pantry import model

    oracle = Oracle()

    def answer(request: dict[str, Any]) -> dict[str, Any]:
        if oracle.always:
            raise oracle.always
        body = json.loads(request["body"])
        prompt = body["messages"][0]["content"]
        task, line = prompt.splitlines()[0].removeprefix("Task: "), prompt.splitlines()[-1]
        oracle.asked.append((task, json.loads(line)))
        oracle.bodies.append(body)
        said = oracle.instead[task] if task in oracle.instead else canned(task, line)
        said = said(json.loads(line)) if isinstance(said, Callable) else said  # type: ignore[arg-type]
        text = said if isinstance(said, str) else json.dumps(said, ensure_ascii=False)
        raw = json.dumps({"content": [{"type": "text", "text": text}]}).encode()
        return {"body": BytesIO(raw), "contentType": "application/json"}

    with instead(model.client, "InvokeModel", answer):
        yield oracle


def make_queue() -> None:
    """The queue of the AI worker."""
    world.client("sqs").create_queue(QueueName="ai-queue")


def messages() -> list[dict[str, Any]]:
    """The messages in it, taken out."""
    from recipe_ai.queue import AI_QUEUE_URL

    client = world.client("sqs")
    answer = client.receive_message(QueueUrl=AI_QUEUE_URL, MaxNumberOfMessages=10, MessageAttributeNames=["All"])
    return list(answer.get("Messages", ()))


def records(*bodies: str, tries: int = 1) -> dict[str, Any]:
    """Messages as the worker gets them."""
    return {
        "Records": [
            {
                "messageId": f"message-{number}",
                "receiptHandle": "handle",
                "body": body,
                "attributes": {"ApproximateReceiveCount": str(tries)},
                "messageAttributes": {},
                "eventSource": "aws:sqs",
                "eventSourceARN": "arn:aws:sqs:ap-southeast-1:123456789012:ai-queue",
                "awsRegion": "ap-southeast-1",
            }
            for number, body in enumerate(bodies)
        ]
    }

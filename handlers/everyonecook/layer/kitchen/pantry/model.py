"""The language model, behind one function."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor, wait
from threading import Lock
from typing import Any, TypeVar

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from kitchen import metrics
from kitchen.clients import PATIENT
from kitchen.logs import logger
from kitchen.pantry.answers import Misunderstood
from kitchen.pantry.prompts import Prompt

MODEL_ID = os.environ["BEDROCK_MODEL_ID"]
# A whole recipe takes the model half a minute; whoever cannot wait that long sets a limit by `ask_each`.
client: Any = boto3.client(
    "bedrock-runtime",
    region_name=os.environ["BEDROCK_REGION"],
    config=PATIENT.merge(Config(read_timeout=50, retries={"mode": "standard", "total_max_attempts": 2})),
)

AT_ONCE = 8
# Four times the bytes must still fit into one item of the table.
LONGEST_ANSWER = 60_000

Answer = TypeVar("Answer")
_counting = Lock()


class Unanswered(Exception):
    """The model could not be asked, or did not answer in time."""


def ask(prompt: Prompt) -> str:
    """The model's answer to a prompt."""
    body = {
        "anthropic_version": "bedrock-2023-05-31",
        "max_tokens": prompt.tokens,
        "temperature": prompt.temperature,
        "messages": [{"role": "user", "content": prompt.text}],
    }
    with _counting:
        metrics.count("AI.Invocations")
    try:
        answer = client.invoke_model(
            modelId=MODEL_ID, contentType="application/json", accept="application/json", body=json.dumps(body)
        )
        text = _text(answer["body"].read())
    except (BotoCoreError, ClientError) as error:
        raise Unanswered(f"the model could not be asked to {prompt.task}") from error
    return text


def ask_each(subjects: Iterable[str], act: Callable[[str], Answer], seconds: float) -> dict[str, Answer]:
    """What `act`, which asks the model, makes of each subject, several at once; left out where it fails or is late."""
    wanted = list(dict.fromkeys(subjects))
    if not wanted:
        return {}
    pool = ThreadPoolExecutor(min(AT_ONCE, len(wanted)))
    asked = {subject: pool.submit(act, subject) for subject in wanted}
    wait(asked.values(), timeout=seconds)
    pool.shutdown(wait=False, cancel_futures=True)
    answers: dict[str, Answer] = {}
    for subject, future in asked.items():
        if not future.done() or future.cancelled():
            logger.warning("the model did not answer in time")
            continue
        try:
            answers[subject] = future.result()
        except (Misunderstood, Unanswered) as error:
            logger.warning("the model's answer is of no use", reason=str(error), cause=repr(error.__cause__))
    return answers


def _text(raw: bytes) -> str:
    try:
        parts = json.loads(raw[: 4 * LONGEST_ANSWER])["content"]
        text = "".join(part["text"] for part in parts if part.get("type", "text") == "text")
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Misunderstood("the model's answer has not the form of a message") from error
    return text[:LONGEST_ANSWER]

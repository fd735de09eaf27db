"""The functions that answer for their modules, called and waited for."""

from __future__ import annotations

import json
import os
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from kitchen.errors import ApiError, Failed
from kitchen.logs import logger

ARNS = {
    "auth_user": os.environ["AUTH_USER_LAMBDA_ARN"],
    "social": os.environ["SOCIAL_LAMBDA_ARN"],
    "recipe_ai": os.environ["RECIPE_AI_LAMBDA_ARN"],
    "admin": os.environ["ADMIN_LAMBDA_ARN"],
    "upload": os.environ["UPLOAD_LAMBDA_ARN"],
}
# one try: a second one would do a POST twice
client: Any = boto3.client(
    "lambda", config=Config(connect_timeout=2, read_timeout=29, retries={"total_max_attempts": 1})
)


class BadGateway(ApiError):
    """A module could not be called at all."""

    status = 502


def call(module: str, event: dict[str, Any]) -> dict[str, Any]:
    """What a module answers to an event."""
    try:
        answer = client.invoke(
            FunctionName=ARNS[module], InvocationType="RequestResponse", Payload=json.dumps(event).encode()
        )
    except (BotoCoreError, ClientError):
        logger.exception("a module could not be called", called=module)
        raise BadGateway("the service cannot be reached now; try again later") from None
    payload = answer["Payload"].read()
    if answer.get("FunctionError"):
        # the payload of an error may quote the request; its type is enough to find it in the module's own log
        logger.error("a module failed", called=module, error=answer["FunctionError"])
        raise Failed("the service failed to answer", code="LAMBDA_EXECUTION_ERROR")
    return _parsed(module, payload)


def _parsed(module: str, payload: bytes) -> dict[str, Any]:
    try:
        parsed = json.loads(payload)
    except ValueError:
        parsed = None
    if not isinstance(parsed, dict) or not isinstance(parsed.get("statusCode"), int):
        logger.error("a module answered something that is no answer", called=module)
        raise Failed("the service failed to answer", code="LAMBDA_EXECUTION_ERROR")
    return parsed

"""Values for what the handlers read from their environment, so that they can be imported where nothing runs."""

from __future__ import annotations

import os
import sys
from pathlib import Path

HANDLERS = Path(__file__).parents[1] / "handlers" / "everyonecook"

# What the handlers' modules read when they are imported; no call is made to anything named here.
STAND_INS = {
    "ADMIN_LAMBDA_ARN": "arn:aws:lambda:ap-southeast-1:123456789012:function:admin",
    "AI_QUEUE_URL": "https://sqs.ap-southeast-1.amazonaws.com/123456789012/ai-queue",
    "ALLOWED_IMAGE_TYPES": "image/jpeg,image/png,image/webp",
    "ALLOWED_ORIGINS": "https://everyonecook.cloud,https://www.everyonecook.cloud",
    "AUTH_USER_LAMBDA_ARN": "arn:aws:lambda:ap-southeast-1:123456789012:function:auth_user",
    "AVATAR_UPLOAD_LIMIT": "10",
    "AWS_ACCESS_KEY_ID": "testing",
    "AWS_DEFAULT_REGION": "ap-southeast-1",
    "AWS_SECRET_ACCESS_KEY": "testing",
    "BACKGROUND_UPLOAD_LIMIT": "10",
    "BEDROCK_MODEL_ID": "anthropic.claude-3-haiku-20240307-v1:0",
    "BEDROCK_REGION": "us-east-1",
    "CDN_DOMAIN": "cdn.everyonecook.cloud",
    "CONTENT_BUCKET": "everyonecook-content-test",
    "DYNAMODB_TABLE": "EveryoneCook-test-v2",
    "ENVIRONMENT": "test",
    "IMAGE_PROCESSING_QUEUE_URL": "https://sqs.ap-southeast-1.amazonaws.com/123456789012/image-queue",
    "LOG_LEVEL": "INFO",
    "MAX_AVATAR_SIZE": "5242880",
    "MAX_BACKGROUND_SIZE": "10485760",
    "MAX_POST_IMAGE_SIZE": "5242880",
    "MAX_RECIPE_IMAGE_SIZE": "5242880",
    "POST_IMAGE_LIMIT": "5",
    "RECIPE_AI_LAMBDA_ARN": "arn:aws:lambda:ap-southeast-1:123456789012:function:recipe_ai",
    "RECIPE_IMAGE_LIMIT": "4",
    "SOCKET_ENDPOINT": "https://sockets.execute-api.ap-southeast-1.amazonaws.com/live",
    "SOCIAL_LAMBDA_ARN": "arn:aws:lambda:ap-southeast-1:123456789012:function:social",
    "UPLOAD_LAMBDA_ARN": "arn:aws:lambda:ap-southeast-1:123456789012:function:upload",
    "USER_POOL_CLIENT_ID": "testclient",
    "USER_POOL_ID": "ap-southeast-1_Testing01",
}


def prepare() -> None:
    """Make the handlers importable as they are in a function."""
    for name, value in STAND_INS.items():
        os.environ.setdefault(name, value)
    for folder in (HANDLERS, HANDLERS / "layer"):
        if str(folder) not in sys.path:
            sys.path.insert(0, str(folder))

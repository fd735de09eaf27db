"""The functions of Backend: a router, five modules, two workers."""

from __future__ import annotations

from typing import NamedTuple

from awacs import bedrock, ce, cloudwatch
from awacs.aws import Condition, StringEquals
from troposphere import Sub

from ecinfra import Stack
from ecinfra.constructs import Function, Queue
from ecinfra.grants import Grant, allow
from ecinfra.units import mebibytes, seconds
from templates.everyonecook.auth import Auth
from templates.everyonecook.core import Core
from templates.everyonecook.functions import function
from templates.everyonecook.names import api_origins
from templates.everyonecook.settings import Settings
from templates.everyonecook.websocket import Sockets

MODEL = "anthropic.claude-3-haiku-20240307-v1:0"
MODEL_REGION = "us-east-1"


class Modules(NamedTuple):
    """The five modules that the router calls."""

    auth_user: Function
    social: Function
    recipe_ai: Function
    admin: Function
    upload: Function


def _ask_model() -> Grant:
    models = (
        Sub(f"arn:${{AWS::Partition}}:bedrock:{region}::foundation-model/{MODEL}")
        for region in (MODEL_REGION, "${AWS::Region}")
    )
    return allow([bedrock.InvokeModel], *models)


def _known(settings: Settings, core: Core) -> dict[str, object]:
    """What every module is told."""
    return {
        "ALLOWED_ORIGINS": ",".join(api_origins(settings)),
        "CDN_DOMAIN": core.cdn_host,
        "CONTENT_BUCKET": core.content.bucket_name,
        "DYNAMODB_TABLE": core.table.table_name,
        "ENVIRONMENT": settings.environment,
    }


def add_workers(
    backend: Stack, settings: Settings, core: Core, ai_queue: Queue, image_queue: Queue
) -> tuple[Function, ...]:
    """The AI worker and the image worker."""
    return (
        backend.add(
            function(
                settings,
                core,
                "AIWorker",
                "ai_worker",
                on=[ai_queue.messages(batch=1)],
                may=[core.table.read, core.table.write, _ask_model()],
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
                on=[image_queue.messages(batch=5)],
                may=[core.content.read, core.content.write, core.table.read, core.table.write],
                env={
                    "CONTENT_BUCKET": core.content.bucket_name,
                    "DYNAMODB_TABLE": core.table.table_name,
                },
                timeout=seconds(60),
            ),
            tags={"Component": "Lambda", "Module": "ImageWorker", "Purpose": "Image-Processing"},
        ),
    )


def add_modules(
    backend: Stack,
    settings: Settings,
    core: Core,
    auth: Auth,
    sockets: Sockets,
    ai_queue: Queue,
    image_queue: Queue,
) -> Modules:
    """The five modules; each may do what its routes need, and knows what its code reads."""
    table, content, pool = core.table, core.content, auth.pool
    known = _known(settings, core)
    rows = [table.read, table.write]
    files = [content.read, content.write, content.delete]
    return Modules(
        auth_user=backend.add(
            function(
                settings,
                core,
                "AuthUser",
                "auth_user",
                may=[*rows, *files, pool.look_up],
                env={**known, "USER_POOL_ID": pool.id, "USER_POOL_CLIENT_ID": auth.client.id},
            ),
            tags={"Component": "Lambda", "Module": "AuthUser", "Purpose": "Authentication-Profile"},
        ),
        social=backend.add(
            function(
                settings,
                core,
                "Social",
                "social",
                may=[*rows, *files, sockets.api.push],
                env={**known, "SOCKET_ENDPOINT": sockets.api.endpoint},
            ),
            tags={"Component": "Lambda", "Module": "Social", "Purpose": "Social-Features"},
        ),
        recipe_ai=backend.add(
            function(
                settings,
                core,
                "RecipeAI",
                "recipe_ai",
                may=[*rows, *files, ai_queue.send, _ask_model()],
                env={
                    **known,
                    "AI_QUEUE_URL": ai_queue.url,
                    "BEDROCK_MODEL_ID": MODEL,
                    "BEDROCK_REGION": MODEL_REGION,
                },
            ),
            tags={"Component": "Lambda", "Module": "RecipeAI", "Purpose": "AI-Recipe-Management"},
        ),
        admin=_admin(backend, settings, core, auth, known),
        upload=_upload(backend, settings, core, image_queue, known),
    )


def _admin(backend: Stack, settings: Settings, core: Core, auth: Auth, known: dict[str, object]) -> Function:
    table, content, pool = core.table, core.content, auth.pool
    # neither CloudWatch's nor Cost Explorer's actions know resources; the namespace narrows the first
    own_metrics = Condition(StringEquals("cloudwatch:namespace", "EveryoneCook"))
    watching = [
        allow([cloudwatch.PutMetricData], "*", condition=own_metrics),
        allow([cloudwatch.GetMetricData], "*"),
    ]
    costs = allow([ce.GetCostAndUsage, ce.GetCostForecast, ce.GetDimensionValues, ce.GetTags], "*")
    return backend.add(
        function(
            settings,
            core,
            "Admin",
            "admin",
            may=[
                table.read,
                table.scan,
                table.write,
                content.read,
                content.delete,
                pool.look_up,
                pool.ban,
                pool.change_users,
                pool.delete_users,
                *watching,
                *([costs] if settings.costs_readable else []),
            ],
            env={**known, "USER_POOL_ID": pool.id},
        ),
        tags={"Component": "Lambda", "Module": "Admin", "Purpose": "Admin-Operations"},
    )


def _upload(backend: Stack, settings: Settings, core: Core, image_queue: Queue, known: dict[str, object]) -> Function:
    limits = {
        "ALLOWED_IMAGE_TYPES": "image/jpeg,image/png,image/webp",
        "AVATAR_UPLOAD_LIMIT": "10",
        "BACKGROUND_UPLOAD_LIMIT": "10",
        "MAX_AVATAR_SIZE": str(mebibytes(5)),
        "MAX_BACKGROUND_SIZE": str(mebibytes(10)),
        "MAX_POST_IMAGE_SIZE": str(mebibytes(5)),
        "MAX_RECIPE_IMAGE_SIZE": str(mebibytes(5)),
        "POST_IMAGE_LIMIT": "5",
        "RECIPE_IMAGE_LIMIT": "4",
    }
    table, content = core.table, core.content
    return backend.add(
        function(
            settings,
            core,
            "Upload",
            "upload",
            may=[table.read, table.write, content.read, content.write, content.delete, image_queue.send],
            env={**known, **limits, "IMAGE_PROCESSING_QUEUE_URL": image_queue.url},
        ),
        tags={"Component": "Lambda", "Module": "Upload", "Purpose": "File-Upload-Management"},
    )


def add_router(backend: Stack, settings: Settings, core: Core, auth: Auth, modules: Modules) -> Function:
    """The router: the one function that the API calls, which calls the modules."""
    return backend.add(
        function(
            settings,
            core,
            "ApiRouter",
            "api_router",
            may=[core.table.write, *(module.invoke for module in modules)],
            env={
                "ADMIN_LAMBDA_ARN": modules.admin.arn,
                "ALLOWED_ORIGINS": ",".join(api_origins(settings)),
                "AUTH_USER_LAMBDA_ARN": modules.auth_user.arn,
                "DYNAMODB_TABLE": core.table.table_name,
                "ENVIRONMENT": settings.environment,
                "RECIPE_AI_LAMBDA_ARN": modules.recipe_ai.arn,
                "SOCIAL_LAMBDA_ARN": modules.social.arn,
                "UPLOAD_LAMBDA_ARN": modules.upload.arn,
                "USER_POOL_CLIENT_ID": auth.client.id,
                "USER_POOL_ID": auth.pool.id,
            },
        ),
        tags={"Component": "Lambda", "Module": "ApiRouter", "Purpose": "RequestRouting"},
    )

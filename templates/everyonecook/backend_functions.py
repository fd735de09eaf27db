"""The functions of Backend: a router, and the five modules that it calls."""

from __future__ import annotations

from typing import Any, NamedTuple

from awacs import ce, cloudwatch

from ecinfra import Stack
from ecinfra.constructs import Function, Queue
from ecinfra.grants import Grant, allow
from ecinfra.units import mebibytes
from templates.everyonecook.auth import Auth
from templates.everyonecook.backend_workers import MODEL, MODEL_REGION, Queues, ask_model
from templates.everyonecook.core import Core
from templates.everyonecook.functions import function
from templates.everyonecook.names import api_origins
from templates.everyonecook.settings import Settings
from templates.everyonecook.websocket import Sockets

Known = dict[str, Any]


class Modules(NamedTuple):
    """The five modules that the router calls."""

    auth_user: Function
    social: Function
    recipe_ai: Function
    admin: Function
    upload: Function


def _known(settings: Settings, core: Core) -> Known:
    """What every module is told."""
    return {
        "CDN_DOMAIN": core.cdn_host,
        "CONTENT_BUCKET": core.content.bucket_name,
        "DYNAMODB_TABLE": core.table.table_name,
        "ENVIRONMENT": settings.environment,
    }


def add_modules(
    backend: Stack, settings: Settings, core: Core, auth: Auth, sockets: Sockets, queues: Queues
) -> Modules:
    """The five modules; each may do what its routes need, and knows what its code reads."""
    known = _known(settings, core)
    return Modules(
        auth_user=_auth_user(backend, settings, core, auth, known),
        social=_social(backend, settings, core, sockets, known),
        recipe_ai=_recipe_ai(backend, settings, core, queues.ai, known),
        admin=_admin(backend, settings, core, auth, known),
        upload=_upload(backend, settings, core, queues.image, known),
    )


def _rows_and_files(core: Core) -> list[Grant]:
    content = core.content
    return [core.table.read, core.table.write, content.read, content.write, content.delete]


def _auth_user(backend: Stack, settings: Settings, core: Core, auth: Auth, known: Known) -> Function:
    return backend.add(
        function(
            settings,
            core,
            "AuthUser",
            "auth_user",
            may=[
                core.table.read,
                core.table.write,
                core.content.list,
                core.content.write,
                core.content.delete,
                auth.pool.read_user,
                auth.pool.delete_users,
                auth.pool.sign_out,
            ],
            env={**known, "USER_POOL_ID": auth.pool.id, "USER_POOL_CLIENT_ID": auth.client.id},
        ),
        tags={"Component": "Lambda", "Module": "AuthUser", "Purpose": "Authentication-Profile"},
    )


def _social(backend: Stack, settings: Settings, core: Core, sockets: Sockets, known: Known) -> Function:
    return backend.add(
        function(
            settings,
            core,
            "Social",
            "social",
            may=[*_rows_and_files(core), sockets.api.push],
            env={**known, "SOCKET_ENDPOINT": sockets.api.endpoint},
        ),
        tags={"Component": "Lambda", "Module": "Social", "Purpose": "Social-Features"},
    )


def _recipe_ai(backend: Stack, settings: Settings, core: Core, queue: Queue, known: Known) -> Function:
    model = {"BEDROCK_MODEL_ID": MODEL, "BEDROCK_REGION": MODEL_REGION}
    return backend.add(
        function(
            settings,
            core,
            "RecipeAI",
            "recipe_ai",
            may=[*_rows_and_files(core), queue.send, ask_model()],
            env={**known, **model, "AI_QUEUE_URL": queue.url},
        ),
        tags={"Component": "Lambda", "Module": "RecipeAI", "Purpose": "AI-Recipe-Management"},
    )


def _admin(backend: Stack, settings: Settings, core: Core, auth: Auth, known: Known) -> Function:
    table, content, pool = core.table, core.content, auth.pool
    # neither CloudWatch's nor Cost Explorer's actions know resources
    watching = allow([cloudwatch.GetMetricData], "*")
    costs = allow([ce.GetCostAndUsage], "*")
    return backend.add(
        function(
            settings,
            core,
            "Admin",
            "admin",
            may=[
                table.read,
                table.write,
                content.list,
                content.delete,
                pool.look_up,
                pool.members,
                pool.ban,
                pool.delete_users,
                watching,
                *([costs] if settings.costs_readable else []),
            ],
            env={**known, "USER_POOL_ID": pool.id},
        ),
        tags={"Component": "Lambda", "Module": "Admin", "Purpose": "Admin-Operations"},
    )


def _upload(backend: Stack, settings: Settings, core: Core, image_queue: Queue, known: Known) -> Function:
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

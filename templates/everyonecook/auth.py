"""Auth: the people of EveryoneCook, how they sign in, and the functions that their pool asks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ecinfra import App, Stack
from ecinfra.constructs import Attribute, Client, Function, UserPool
from ecinfra.frozen import frozen, replace
from ecinfra.grants import Grant
from ecinfra.retention import Keeping
from ecinfra.units import Seconds, seconds
from templates.everyonecook.core import Core
from templates.everyonecook.names import HANDLERS, capital, page_origins
from templates.everyonecook.settings import Settings


@frozen
class Auth:
    """The pool, and the client that pages use."""

    pool: UserPool
    client: Client


def stack(app: App, settings: Settings, core: Core) -> Auth:
    """Pool, groups, client and triggers."""
    auth = app.stack(
        "Auth",
        description="EveryoneCook's user pool and what it asks on the way",
        tags={
            "StackType": "Auth",
            "Layer": "Authentication",
            "CostCenter": f"Auth-{settings.environment}",
            "Component": "Authentication",
        },
    )
    pool = _pool(settings)
    triggers = _triggers(auth, settings, core, pool)
    auth.add(replace(pool, triggers=triggers))
    pages = page_origins(settings)
    client = auth.add(
        Client(
            "WebClient",
            pool,
            f"EveryoneCook-Web-Client-{settings.environment}",
            callbacks=[f"{page}/auth/callback" for page in pages],
            logouts=[f"{page}/auth/logout" for page in pages],
            reads=["email", "email_verified", "given_name", "custom:account_status", "custom:country"],
        )
    )
    auth.output("UserPoolId", pool.id, "The user pool")
    auth.output("UserPoolArn", pool.arn)
    auth.output("UserPoolClientId", client.id, "The client that pages sign in with")
    for name, function in triggers.items():
        auth.output(f"{name}FunctionArn", function.arn)
    return Auth(pool, client)


def _pool(settings: Settings) -> UserPool:
    return UserPool(
        "UserPool",
        f"EveryoneCook-{settings.environment}",
        attributes=(
            Attribute("email", required=True, mutable=False),
            Attribute("given_name", required=True),
            Attribute("birthdate"),
            Attribute("gender"),
            Attribute("account_status", length=(1, 20)),
            Attribute("country", length=(2, 2)),
        ),
        groups=("admin",),
        protected=settings.pool_protected,
    )


def _triggers(auth: Stack, settings: Settings, core: Core, pool: UserPool) -> dict[str, Function]:
    table = core.table

    def trigger(title: str, module: str, timeout: Seconds, may: Sequence[Grant] = (), **env: Any) -> Function:
        return auth.add(
            Function(
                title,
                code=HANDLERS.handler(module),
                handler=f"{module}.handler.handler",
                layer=core.layer,
                name=capital(settings, title),
                may=tuple(may),
                env={"ENVIRONMENT": settings.environment, **env},
                memory=256,
                timeout=timeout,
                log_days=7,
                log_key=core.key,
                keep_logs=Keeping.NEVER,
            ),
            tags={"Module": title},
        )

    return {
        "PreSignUp": trigger("PreSignUp", "pre_sign_up", seconds(10), [pool.look_up, pool.delete_users]),
        "CustomMessage": trigger("CustomMessage", "custom_message", seconds(10)),
        "PostConfirmation": trigger(
            "PostConfirmation", "post_confirmation", seconds(30), [table.write], DYNAMODB_TABLE=table.table_name
        ),
        "PreAuthentication": trigger(
            "PreAuthentication", "pre_authentication", seconds(10), [table.read], DYNAMODB_TABLE=table.table_name
        ),
        "PostAuthentication": trigger(
            "PostAuthentication",
            "post_authentication",
            seconds(30),
            [table.read, table.write],
            DYNAMODB_TABLE=table.table_name,
        ),
    }

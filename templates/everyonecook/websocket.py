"""WebSocket: connections of people who are online, and the right to speak to them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ecinfra import App
from ecinfra.constructs import ApiAccount, Function, SocketApi, Throttle
from ecinfra.frozen import frozen
from ecinfra.grants import Grant
from ecinfra.units import seconds
from templates.everyonecook.auth import Auth
from templates.everyonecook.core import Core
from templates.everyonecook.functions import function
from templates.everyonecook.names import capital, small
from templates.everyonecook.settings import Settings


@frozen
class Sockets:
    """The WebSocket API, and the account's leave to log that it stands on."""

    api: SocketApi
    account: ApiAccount | None


def stack(app: App, settings: Settings, core: Core, auth: Auth) -> Sockets:
    """The API and the three functions behind it; push is a right that others are given."""
    sockets = app.stack(
        "WebSocket",
        description="EveryoneCook's connections to people who are online",
        tags={
            "StackType": "WebSocket",
            "Layer": "Application",
            "CostCenter": f"WebSocket-{settings.environment}",
            "Component": "API",
        },
    )
    table = core.table
    known = {"DYNAMODB_TABLE": table.table_name}
    callers = {"USER_POOL_ID": auth.pool.id, "USER_POOL_CLIENT_ID": auth.client.id}

    def answering(title: str, module: str, may: Sequence[Grant], env: Mapping[str, Any]) -> Function:
        return sockets.add(
            function(settings, core, title, module, may=may, env=env, memory=256, timeout=seconds(10)),
            tags={"Module": title},
        )

    # the first stack with an API in it: what belongs to the account stands here
    account = sockets.add(ApiAccount("ApiAccount")) if settings.owns_account else None
    api = sockets.add(
        SocketApi(
            "Sockets",
            f"EveryoneCook-Sockets-{settings.environment}",
            connect=answering("SocketConnect", "socket_connect", [table.write], {**known, **callers}),
            disconnect=answering("SocketDisconnect", "socket_disconnect", [table.read, table.write], known),
            routes={"ping": answering("SocketPing", "socket_ping", [table.write], known)},
            throttle=Throttle(rate=1_000, burst=500),
            account=account,
            log_name=f"/aws/apigateway/{small(settings, 'sockets')}",
            log_days=settings.log_days,
            log_key=core.key,
        ),
        tags={"Purpose": "Notifications", "Name": capital(settings, "Sockets")},
    )
    sockets.output("SocketUrl", api.url, "Where pages connect")
    return Sockets(api, account)

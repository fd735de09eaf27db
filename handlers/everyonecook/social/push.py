"""What is said to people who are online, through the WebSocket; best effort."""

from __future__ import annotations

import json
import os
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from kitchen import changes, clock, table
from kitchen.clients import PATIENT
from kitchen.keys import people, sockets
from kitchen.logs import logger

# Somebody waits for the answer of what was done, not for its being told.
HASTY = PATIENT.merge(Config(connect_timeout=1, read_timeout=2, retries={"total_max_attempts": 1}))
client: Any = boto3.client("apigatewaymanagementapi", endpoint_url=os.environ["SOCKET_ENDPOINT"], config=HASTY)


def connections(user_id: str, now: int) -> list[str]:
    """The ids of a user's open connections."""
    found = table.every(people.user(user_id), prefix=sockets.PREFIX)
    return [item["SK"].removeprefix(sockets.PREFIX) for item in found if item.get("ttl", now) > clock.seconds(now)]


def push(user_id: str, message: dict[str, Any], connection_ids: list[str]) -> None:
    """Say something on a user's connections; those that are gone are forgotten."""
    data = json.dumps(message, ensure_ascii=False, separators=(",", ":")).encode()
    for connection_id in connection_ids:
        try:
            client.post_to_connection(ConnectionId=connection_id, Data=data)
        except client.exceptions.GoneException:
            forget(user_id, connection_id)
        except (BotoCoreError, ClientError):
            logger.warning("a notification could not be pushed", exc_info=True)


def forget(user_id: str, connection_id: str) -> None:
    """Remove what is known of a connection."""
    changes.delete_many([sockets.of_user(user_id, connection_id), sockets.connection(connection_id)])

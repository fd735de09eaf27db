"""Keys of WebSocket connections."""

from __future__ import annotations

from kitchen.keys.people import user

PREFIX = "CONNECTION#"


def of_user(user_id: str, connection_id: str) -> dict[str, str]:
    """A connection among its user's: the partition of the user, sort keys that begin with `PREFIX`."""
    return {"PK": user(user_id), "SK": f"{PREFIX}{connection_id}"}


def connection(connection_id: str) -> dict[str, str]:
    """A connection, whose user is not known yet."""
    return {"PK": f"{PREFIX}{connection_id}", "SK": "METADATA"}

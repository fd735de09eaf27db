"""WebSocket connections: whose they are, and for how long they are remembered."""

from __future__ import annotations

from kitchen import changes, clock, table
from kitchen.keys import sockets as keys
from kitchen.steps import Delete, Put

# The gateway ends a connection after two hours, and may tell late, or never.
KEEP = 2 * clock.HOUR + 15 * clock.MINUTE


def remember(connection_id: str, user_id: str, now: int) -> None:
    """Note a user's new connection, by the user and by itself."""
    noted = {
        "connectionId": connection_id,
        "userId": user_id,
        "connectedAt": now,
        "ttl": clock.seconds(now + KEEP),
    }
    changes.transact(
        Put({**keys.of_user(user_id, connection_id), **noted}),
        Put({**keys.connection(connection_id), **noted}),
    )


def renew(connection_id: str, now: int) -> bool:
    """Remember a connection for longer; False for one that is not known."""
    values = {"ttl": clock.seconds(now + KEEP)}
    try:
        noted = changes.update(keys.connection(connection_id), values, when=changes.PRESENT)
        changes.update(keys.of_user(noted["userId"], connection_id), values, when=changes.PRESENT)
    except changes.ConditionFailed:
        return False
    return True


def forget(connection_id: str) -> None:
    """Remove what is noted of a connection; it may be gone already."""
    noted = table.get(keys.connection(connection_id), consistent=True)
    if noted:
        changes.transact(Delete(keys.of_user(noted["userId"], connection_id)), Delete(keys.connection(connection_id)))

"""Whether the services answer that the system stands on."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from botocore.exceptions import ClientError

from admin import audit
from admin.audit import actor_of
from admin.failures import AWS_ERRORS
from kitchen import clock, content, pool, table
from kitchen.logs import logger
from kitchen.routes import Call, Routes

routes = Routes()

Check = Callable[[], dict[str, Any]]


@routes.get("/admin/health", group="admin")
def get_health(call: Call) -> dict[str, Any]:
    """State and latency of each service."""
    found = view(call.now)
    audit.record(actor_of(call), "VIEW_SYSTEM_HEALTH", call.now, overall=found["overall"])
    return found


def view(now: int) -> dict[str, Any]:
    """The state of every service, and what that makes of the whole."""
    checks: dict[str, Check] = {"DynamoDB": _table, "Cognito": _pool, "S3": _bucket}
    services = [probe(name, check) for name, check in checks.items()]
    healthy = sum(service["status"] == "healthy" for service in services)
    overall = "healthy" if healthy == len(services) else "degraded" if healthy else "unhealthy"
    return {"overall": overall, "services": services, "timestamp": clock.iso(now)}


def probe(name: str, check: Check) -> dict[str, Any]:
    """Whether a service answers, how fast, and what it tells of itself."""
    started = time.monotonic_ns()
    try:
        said: dict[str, Any] = {"status": "healthy", "details": check()}
    except AWS_ERRORS as error:
        logger.warning("a service does not answer", service_name=name, exc_info=True)
        said = {"status": "unhealthy", "message": _why(error)}
    return {"service": name, "latency": (time.monotonic_ns() - started) // 1_000_000, **said}


def _table() -> dict[str, Any]:
    found = table.client.describe_table(TableName=table.TABLE)["Table"]
    return {"tableStatus": found["TableStatus"]}


def _pool() -> dict[str, Any]:
    pool.client.list_users(UserPoolId=pool.USER_POOL_ID, Limit=1)
    return {}


def _bucket() -> dict[str, Any]:
    content.client.head_bucket(Bucket=content.BUCKET)
    return {}


def _why(error: Exception) -> str:
    """The service's own code: its words may name what nobody need know."""
    return str(error.response["Error"]["Code"]) if isinstance(error, ClientError) else type(error).__name__

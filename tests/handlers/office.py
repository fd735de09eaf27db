"""Where administrators sit: the user pool with its group, and what they ask of the API."""

from __future__ import annotations

from typing import Any

import pytest
import society
import world
from front import Front, Response

ADMIN = "eeeeeeee-0000-4000-8000-000000000005"
PEOPLE = {world.ALICE: "alice", world.BOB: "bob", world.CAROL: "carol", society.DAVE: "dave"}


def opened(monkeypatch: pytest.MonkeyPatch) -> Any:
    """A user pool with an administrator, Alice, Bob, Carol and Dave, all with profiles."""
    from kitchen import pool

    client = world.client("cognito-idp")
    made = client.create_user_pool(PoolName="test")["UserPool"]["Id"]
    client.create_group(GroupName="admin", UserPoolId=made)
    monkeypatch.setattr(pool, "USER_POOL_ID", made)
    society.gather()
    world.sign_up(ADMIN, "root")
    for user_id, name in {**PEOPLE, ADMIN: "root"}.items():
        enrol(client, user_id, name)
    client.admin_add_user_to_group(UserPoolId=made, Username="root", GroupName="admin")
    return client


def enrol(client: Any, user_id: str, name: str, confirmed: bool = True) -> None:
    """A user of the pool with a given id."""
    from kitchen import pool

    client.admin_create_user(UserPoolId=pool.USER_POOL_ID, Username=name)
    sub = [{"Name": "sub", "Value": user_id}]
    client.admin_update_user_attributes(UserPoolId=pool.USER_POOL_ID, Username=name, UserAttributes=sub)
    if confirmed:
        password = "Correct-Horse-9"
        client.admin_set_user_password(UserPoolId=pool.USER_POOL_ID, Username=name, Password=password, Permanent=True)


def names(client: Any) -> list[str]:
    """Who is in the pool."""
    from kitchen import pool

    return sorted(user["Username"] for user in client.list_users(UserPoolId=pool.USER_POOL_ID)["Users"])


def is_enabled(client: Any, name: str) -> bool:
    """Whether the pool lets a user in."""
    from kitchen import pool

    enabled: bool = client.admin_get_user(UserPoolId=pool.USER_POOL_ID, Username=name)["Enabled"]
    return enabled


def ask(front: Front, method: str, path: str, body: Any = None, **how: Any) -> Response:
    """What the administrator asks."""
    return front.call(method, path, who=ADMIN, groups=["admin"], body=body, **how)


def asked(front: Front, method: str, path: str, body: Any = None, **how: Any) -> Any:
    """The data of what the administrator asks, and gets."""
    answer = ask(front, method, path, body, **how)
    assert answer.status in (200, 201), answer.body
    assert answer.body["correlationId"]
    return answer.body["data"]


def code(answer: Response) -> tuple[int, str]:
    """The status and code of a refusal."""
    return answer.status, answer.body["error"]["code"]


def ban(front: Front, user_id: str, duration: int = 1, unit: str = "days", reason: str = "spam again") -> Response:
    """The administrator bans somebody."""
    body = {"targetUserId": user_id, "banReason": reason, "banDuration": duration, "banDurationUnit": unit}
    return ask(front, "POST", "/admin/users/ban", body)


def report(front: Front, who: str, path: str, reason: str = "spam", details: str = "") -> None:
    """Somebody reports a post or comment."""
    body = {"reason": reason, **({"details": details} if details else {})}
    answer = front.post(f"{path}/report", body, who=who)
    assert answer.status == 201, answer.body


def actions(front: Front) -> list[str]:
    """What the administrators did, newest first."""
    found = asked(front, "GET", "/admin/activity")["activities"]
    return [item["action"] for item in found]


def written() -> list[dict[str, Any]]:
    """The keys of what is in the table, but for what the router notes of every request."""
    return [item for item in world.items() if not item["PK"].startswith("ACTIVITY_LOG#")]

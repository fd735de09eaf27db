"""The user pool, as its administrator: nothing here needs a user's own token."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import Any

import boto3

from kitchen.clients import PATIENT

USER_POOL_ID = os.environ["USER_POOL_ID"]
client: Any = boto3.client("cognito-idp", config=PATIENT)


def has_user(username: str) -> bool:
    """Whether the pool knows a user name, confirmed or not."""
    try:
        client.admin_get_user(UserPoolId=USER_POOL_ID, Username=username)
    except client.exceptions.UserNotFoundException:
        return False
    return True


def sign_out(username: str) -> None:
    """End all sessions of a user: no refresh token works any more."""
    client.admin_user_global_sign_out(UserPoolId=USER_POOL_ID, Username=username)


def delete_user(user_id: str, *names: str) -> bool:
    """Remove a user, known by id or by one of these names, if the id is the user's own; False where there is none."""
    # a name alone is not enough: a placeholder's may be somebody else's
    for name in (user_id, *filter(None, names)):
        try:
            found = client.admin_get_user(UserPoolId=USER_POOL_ID, Username=name)
        except client.exceptions.UserNotFoundException:
            continue
        if {"Name": "sub", "Value": user_id} in found["UserAttributes"]:
            client.admin_delete_user(UserPoolId=USER_POOL_ID, Username=found["Username"])
            return True
    return False


def disable_user(*names: str) -> bool:
    """Shut a user out, found by the first name the pool knows; False where there is none."""
    return _apply(client.admin_disable_user, names)


def enable_user(*names: str) -> bool:
    """Let a user in again, found by the first name the pool knows; False where there is none."""
    return _apply(client.admin_enable_user, names)


def every_user() -> Iterator[dict[str, Any]]:
    """All users of the pool, as it describes them."""
    for page in client.get_paginator("list_users").paginate(UserPoolId=USER_POOL_ID):
        yield from page["Users"]


def members(group: str) -> Iterator[dict[str, Any]]:
    """All users of a group, as the pool describes them."""
    for page in client.get_paginator("list_users_in_group").paginate(UserPoolId=USER_POOL_ID, GroupName=group):
        yield from page["Users"]


def attribute(user: dict[str, Any], name: str) -> str:
    """An attribute of a user as the pool describes one; empty where it is not set."""
    return next((str(pair["Value"]) for pair in user.get("Attributes", ()) if pair["Name"] == name), "")


def _apply(act: Callable[..., Any], names: tuple[str, ...]) -> bool:
    for name in filter(None, names):
        try:
            act(UserPoolId=USER_POOL_ID, Username=name)
        except client.exceptions.UserNotFoundException:
            continue
        return True
    return False

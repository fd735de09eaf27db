"""The user pool's calls that a client makes for a user, and what its refusals mean."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from botocore.exceptions import ClientError

from kitchen.errors import ApiError, BadRequest, Conflict, Forbidden, TooManyRequests, Unauthorized
from kitchen.pool import client

USER_POOL_CLIENT_ID = os.environ["USER_POOL_CLIENT_ID"]


# How the pool announces a trigger's own words.
_TRIGGER = " failed with error "


def initiate(flow: str, parameters: Mapping[str, str]) -> dict[str, Any]:
    """Start a sign-in or a refresh, and return the pool's answer."""
    answer: dict[str, Any] = client.initiate_auth(
        ClientId=USER_POOL_CLIENT_ID, AuthFlow=flow, AuthParameters=dict(parameters)
    )
    return answer


def sign_up(username: str, password: str, email: str, full_name: str) -> dict[str, Any]:
    """Open an account."""
    attributes = [{"Name": "email", "Value": email}, {"Name": "given_name", "Value": full_name}]
    answer: dict[str, Any] = client.sign_up(
        ClientId=USER_POOL_CLIENT_ID, Username=username, Password=password, UserAttributes=attributes
    )
    return answer


def confirm_sign_up(username: str, code: str) -> None:
    """Confirm an account by the code sent to it."""
    client.confirm_sign_up(ClientId=USER_POOL_CLIENT_ID, Username=username, ConfirmationCode=code)


def resend_code(username: str) -> None:
    """Send that code once more."""
    client.resend_confirmation_code(ClientId=USER_POOL_CLIENT_ID, Username=username)


def forgot_password(username: str) -> None:
    """Send a code for a new password."""
    client.forgot_password(ClientId=USER_POOL_CLIENT_ID, Username=username)


def confirm_password(username: str, code: str, password: str) -> None:
    """Set a new password by that code."""
    client.confirm_forgot_password(
        ClientId=USER_POOL_CLIENT_ID, Username=username, ConfirmationCode=code, Password=password
    )


@contextmanager
def refusals(**meaning: ApiError) -> Iterator[None]:
    """The pool's refusals as ours: those named here, then what they mean everywhere."""
    try:
        yield
    except ClientError as error:
        code = error.response["Error"]["Code"]
        said = meaning.get(code) or _usual(code, error.response["Error"].get("Message", ""))
        if said is None:
            raise
        raise said from None


def _usual(code: str, message: str) -> ApiError | None:
    match code:
        case "TooManyRequestsException" | "LimitExceededException" | "TooManyFailedAttemptsException":
            return TooManyRequests()
        case "NotAuthorizedException" if "disabled" in message:
            return Forbidden("the account is disabled")
        case "NotAuthorizedException" | "UserNotFoundException":
            # one text for both: nobody learns which names exist
            return Unauthorized("wrong user name or password")
        case "UserNotConfirmedException":
            return Forbidden("the account's e-mail address is not confirmed yet")
        case "PasswordResetRequiredException":
            return Forbidden("the password must be reset first")
        case "UsernameExistsException" | "AliasExistsException":
            return Conflict("the user name or e-mail address is taken")
        case "InvalidPasswordException":
            return BadRequest("the password is too weak: 12 characters with upper and lower case, digit and symbol")
        case "InvalidParameterException":
            return BadRequest("a value is not allowed here")
        case "UserLambdaValidationException":
            return Forbidden(message.split(_TRIGGER)[-1])
        case _:
            return None

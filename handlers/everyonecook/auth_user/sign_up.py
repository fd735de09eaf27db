"""Opening an account, confirming it, and getting back into it."""

from __future__ import annotations

import re
from typing import Any

from botocore.exceptions import ClientError

from auth_user import cognito
from auth_user.models import RegisterRequest, ResendCodeRequest, ResetPasswordRequest, VerifyEmailRequest
from kitchen.errors import BadRequest, Conflict, Forbidden, TooManyRequests
from kitchen.routes import Answer, Call, Routes
from kitchen.text import sanitise

routes = Routes()

_EMAIL = re.compile(r"[^@\s<>\"(),:;\\\[\]]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}")
_WRONG_CODE = "the code is wrong or has expired"


@routes.post("/auth/register", body=RegisterRequest, public=True)
def register(call: Call) -> Answer:
    """Open an account that awaits its confirmation."""
    wanted: RegisterRequest = call.body
    return Answer(open_account(wanted.username, wanted.email, wanted.password, wanted.fullName), 201)


@routes.post("/auth/verify-email", body=VerifyEmailRequest, public=True)
def verify_email(call: Call) -> dict[str, str]:
    """Confirm an account."""
    confirm_account(call.body.username, call.body.code)
    return {"message": "the account is confirmed"}


@routes.post("/auth/resend-code", body=ResendCodeRequest, public=True)
def resend(call: Call) -> dict[str, str]:
    """Send the confirmation code once more."""
    quietly(cognito.resend_code, call.body.username)
    return {"message": "if the account awaits its confirmation, a code is on its way"}


@routes.post("/users/profile/resetPassword", body=ResetPasswordRequest, public=True)
def reset_password(call: Call) -> dict[str, str]:
    """Start a reset of the password, or finish it."""
    wanted: ResetPasswordRequest = call.body
    if wanted.confirmationCode is None and wanted.newPassword is None:
        quietly(cognito.forgot_password, wanted.username)
        return {"message": "if the account exists, a code is on its way"}
    if wanted.confirmationCode is None or wanted.newPassword is None:
        raise BadRequest("confirmationCode and newPassword belong together")
    finish_reset(wanted.username, wanted.confirmationCode, wanted.newPassword)
    return {"message": "the password is changed"}


def open_account(username: str, email: str, password: str, full_name: str) -> dict[str, Any]:
    """A new account's id; names and addresses are kept in lower case."""
    address, name = email.strip().lower(), sanitise(full_name)
    if not _EMAIL.fullmatch(address):
        raise BadRequest("email: this is no e-mail address")
    if not name:
        raise BadRequest("fullName: nothing is left of it without its tags")
    try:
        with cognito.refusals():
            answer = cognito.sign_up(username.lower(), password, address, name)
    except Forbidden as refused:
        # the trigger refuses names and addresses that are in use
        raise Conflict(refused.message) from None
    return {"userId": answer["UserSub"], "username": username.lower(), "confirmed": answer["UserConfirmed"]}


def confirm_account(username: str, code: str) -> None:
    """Confirm an account, or refuse alike whatever is wrong."""
    wrong = BadRequest(_WRONG_CODE)
    with cognito.refusals(
        CodeMismatchException=wrong,
        ExpiredCodeException=wrong,
        UserNotFoundException=wrong,
        NotAuthorizedException=wrong,
        AliasExistsException=wrong,
    ):
        cognito.confirm_sign_up(username.strip().lower(), code.strip())


def finish_reset(username: str, code: str, password: str) -> None:
    """Set a new password, or refuse alike whatever is wrong with the code."""
    wrong = BadRequest(_WRONG_CODE)
    with cognito.refusals(
        CodeMismatchException=wrong,
        ExpiredCodeException=wrong,
        UserNotFoundException=wrong,
        NotAuthorizedException=wrong,
        UserNotConfirmedException=wrong,
    ):
        cognito.confirm_password(username.strip().lower(), code.strip(), password)


def quietly(send: Any, username: str) -> None:
    """Have a code sent, and let nobody see whether there was anybody to send it to."""
    try:
        send(username.strip().lower())
    except ClientError as error:
        match error.response["Error"]["Code"]:
            case "TooManyRequestsException":
                # the whole service is busy: this says nothing of the account
                raise TooManyRequests from None
            case (
                "UserNotFoundException"
                | "InvalidParameterException"
                | "NotAuthorizedException"
                | "UserNotConfirmedException"
                | "LimitExceededException"
                | "CodeDeliveryFailureException"
                | "UserLambdaValidationException"
            ):
                return
            case _:
                raise

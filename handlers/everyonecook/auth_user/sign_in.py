"""Signing in, staying signed in, signing out."""

from __future__ import annotations

from typing import Any

from auth_user import cognito
from auth_user.models import LoginRequest, RefreshRequest
from kitchen import pool
from kitchen.errors import BadRequest, Conflict, Forbidden, Unauthorized
from kitchen.routes import Call, Routes

routes = Routes()

Tokens = dict[str, Any]


@routes.post("/auth/login", body=LoginRequest, public=True)
def login(call: Call) -> Tokens:
    """Trade a name and a password for tokens."""
    wanted: LoginRequest = call.body
    name = wanted.username or wanted.email
    if not name:
        raise BadRequest("username: name the user or the e-mail address")
    return sign_in(name, wanted.password)


@routes.post("/auth/refresh", body=RefreshRequest, public=True)
def refresh(call: Call) -> Tokens:
    """Trade a refresh token for new tokens."""
    return renew(call.body.refreshToken)


@routes.post("/auth/logout")
def logout(call: Call) -> dict[str, str]:
    """End all sessions of the caller."""
    pool.sign_out(call.caller.username or call.user_id)
    return {"message": "signed out"}


def sign_in(name: str, password: str) -> Tokens:
    """The tokens of a user by name or e-mail address."""
    with cognito.refusals():
        answer = cognito.initiate("USER_PASSWORD_AUTH", {"USERNAME": name.strip().lower(), "PASSWORD": password})
    return _tokens(answer)


def renew(refresh_token: str) -> Tokens:
    """New tokens for a refresh token, which stays as it is."""
    spent = Unauthorized("the refresh token is invalid or has been revoked")
    with cognito.refusals(NotAuthorizedException=spent, UserNotFoundException=spent, InvalidParameterException=spent):
        answer = cognito.initiate("REFRESH_TOKEN_AUTH", {"REFRESH_TOKEN": refresh_token})
    return {**_tokens(answer), "refreshToken": refresh_token}


def _tokens(answer: dict[str, Any]) -> Tokens:
    if challenge := answer.get("ChallengeName"):
        if challenge == "NEW_PASSWORD_REQUIRED":
            raise Forbidden("the password must be changed first")
        raise Conflict("a further step of the sign-in is pending")
    result = answer["AuthenticationResult"]
    return {
        "accessToken": result["AccessToken"],
        "idToken": result["IdToken"],
        "refreshToken": result.get("RefreshToken"),
        "expiresIn": result["ExpiresIn"],
        "tokenType": result["TokenType"],
    }

"""A client of a user pool: the page where people sign in."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from troposphere import AWSObject, Ref, cognito

from ecinfra.constructs.user_pool import UserPool
from ecinfra.frozen import frozen


@frozen
class Client:
    """A public web client of a pool: no secret, short tokens, and the code grant for returns by redirect."""

    title: str
    pool: UserPool
    name: str
    callbacks: tuple[str, ...] | list[str]
    logouts: tuple[str, ...] | list[str]
    reads: tuple[str, ...] | list[str]

    @cached_property
    def id(self) -> Any:
        """Its id."""
        return Ref(self.title)

    def resources(self) -> Iterable[AWSObject]:
        """The client."""
        yield cognito.UserPoolClient(
            self.title,
            UserPoolId=self.pool.id,
            ClientName=self.name,
            GenerateSecret=False,
            ExplicitAuthFlows=["ALLOW_USER_PASSWORD_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
            AllowedOAuthFlowsUserPoolClient=True,
            AllowedOAuthFlows=["code"],
            AllowedOAuthScopes=["email", "openid", "profile"],
            CallbackURLs=list(self.callbacks),
            LogoutURLs=list(self.logouts),
            SupportedIdentityProviders=["COGNITO"],
            AccessTokenValidity=60,
            IdTokenValidity=60,
            RefreshTokenValidity=30,
            TokenValidityUnits=cognito.TokenValidityUnits(
                AccessToken="minutes", IdToken="minutes", RefreshToken="days"
            ),
            EnableTokenRevocation=True,
            PreventUserExistenceErrors="ENABLED",
            ReadAttributes=list(self.reads),
        )

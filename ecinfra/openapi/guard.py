"""What stands before an operation: who may call it, and which parts of a request are checked."""

from __future__ import annotations

from typing import Any

from troposphere import encode_to_dict

from ecinfra.frozen import frozen
from ecinfra.openapi.operation import Operation
from ecinfra.units import Seconds, minutes


@frozen
class Authorizer:
    """The user pool whose tokens protected operations ask for, and how long a checked token is remembered."""

    name: str
    pool: Any
    seconds: Seconds = minutes(5)

    def scheme(self) -> dict[str, Any]:
        """The security scheme that API Gateway makes its authorizer of; the header is its identity source."""
        return {
            "type": "apiKey",
            "name": "Authorization",
            "in": "header",
            "x-amazon-apigateway-authtype": "cognito_user_pools",
            "x-amazon-apigateway-authorizer": {
                "type": "cognito_user_pools",
                "providerARNs": [encode_to_dict(self.pool)],
                "authorizerResultTtlInSeconds": self.seconds,
            },
        }


@frozen
class Validators:
    """The names of the three request validators."""

    body: str
    parameters: str
    full: str

    def definitions(self) -> dict[str, Any]:
        """What each of them checks."""
        return {
            self.body: {"validateRequestBody": True, "validateRequestParameters": False},
            self.parameters: {"validateRequestBody": False, "validateRequestParameters": True},
            self.full: {"validateRequestBody": True, "validateRequestParameters": True},
        }

    def of(self, operation: Operation) -> str:
        """The one that checks an operation's requests."""
        if operation.method in ("get", "delete"):
            return self.parameters
        return self.full if operation.model else self.body

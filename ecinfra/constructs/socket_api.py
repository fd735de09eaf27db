"""A WebSocket API: functions for those who come, leave and speak, and the right to speak to them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

from awacs import execute_api as action
from troposphere import AWSObject, GetAtt, Ref, Sub
from troposphere import apigatewayv2 as gateway
from troposphere.awslambda import Permission
from troposphere.logs import LogGroup

from ecinfra.constructs.api_account import ApiAccount
from ecinfra.constructs.api_stage import Throttle
from ecinfra.constructs.key import Key
from ecinfra.frozen import field, frozen
from ecinfra.grants import Grant, Waking, allow
from ecinfra.parts import given
from ecinfra.values import Value, named_by_content

_ROUTE = re.compile(r"\$default|[A-Za-z][A-Za-z0-9_-]*")
_EXECUTION = "arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}"
_INVOCATIONS = "arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions"
_LONGEST = 29_000
_ACCESS = json.dumps(
    {
        "requestId": "$context.requestId",
        "ip": "$context.identity.sourceIp",
        "requestTime": "$context.requestTime",
        "eventType": "$context.eventType",
        "routeKey": "$context.routeKey",
        "status": "$context.status",
        "connectionId": "$context.connectionId",
    },
    separators=(",", ":"),
)


@frozen
class SocketApi:
    """A WebSocket API; a message says in `action` which of `routes` it takes. `connect` turns away whom it will."""

    title: str
    name: str
    connect: Waking
    disconnect: Waking
    throttle: Throttle
    routes: Mapping[str, Waking] = field(default_factory=dict)
    account: ApiAccount | None = None
    stage: str = "live"
    log_name: str | None = None
    log_days: int = 30
    log_key: Key | None = None

    def __post_init__(self) -> None:
        for route in self.routes:
            if not _ROUTE.fullmatch(route):
                raise ValueError(
                    f"routes: '{route}' is neither $default nor a word that a message can say as its action"
                )

    @property
    def stage_title(self) -> str:
        """The logical id of its stage."""
        return f"{self.title}Stage"

    @property
    def log_title(self) -> str:
        """The logical id of its access log."""
        return f"{self.title}Log"

    @cached_property
    def id(self) -> Any:
        """Its id."""
        return Ref(self.title)

    # The three below name the stage by its name: a function that knows one of them must not stand after the stage,
    # for the stage stands after the routes, and those after the function.
    @cached_property
    def endpoint(self) -> Any:
        """Where functions send messages to connections."""
        return Value(self.title, "Endpoint", Sub(f"https://{self._host}"))

    @cached_property
    def url(self) -> Any:
        """Where clients connect."""
        return Value(self.title, "Url", Sub(f"wss://{self._host}"))

    @cached_property
    def push(self) -> Grant:
        """Permission to send messages to connections."""
        connections = f"{_EXECUTION}:${{{self.title}}}/{self.stage}/POST/@connections/*"
        return allow([action.ManageConnections], Value(self.title, "Connections", Sub(connections)))

    @property
    def _host(self) -> str:
        return f"${{{self.title}}}.execute-api.${{AWS::Region}}.${{AWS::URLSuffix}}/{self.stage}"

    def resources(self) -> Iterable[AWSObject]:
        """Access log, API, integrations, routes, deployment and stage."""
        named = given(LogGroupName=self.log_name, KmsKeyId=self.log_key.arn if self.log_key else None)
        yield LogGroup(self.log_title, RetentionInDays=self.log_days, **named)
        yield gateway.Api(
            self.title, Name=self.name, ProtocolType="WEBSOCKET", RouteSelectionExpression="$request.body.action"
        )
        routes = {"$connect": self.connect, "$disconnect": self.disconnect, **self.routes}
        frozen = {self.title: ["RouteSelectionExpression"]}
        for function in {function.title: function for function in routes.values()}.values():
            yield self._integration(function)
            yield self._permission(function)
            frozen[self._integration_title(function)] = ["IntegrationUri", "TimeoutInMillis"]
        titles = [f"{self.title}{_camel(key)}Route" for key in routes]
        for title, (key, function) in zip(titles, routes.items(), strict=True):
            yield self._route(title, key, function)
            frozen[title] = ["RouteKey", "Target", "AuthorizationType", "RouteResponseSelectionExpression"]
            if key in self.routes:
                yield self._answer(title)
        answers = [f"{title}Answer" for title, key in zip(titles, routes, strict=True) if key in self.routes]
        waits = [*titles, *answers]
        deployment = gateway.Deployment(f"{self.title}Deployment", ApiId=Ref(self.title), DependsOn=waits)
        yield named_by_content(deployment, frozen)
        yield self._stage()

    def _integration_title(self, function: Waking) -> str:
        return f"{self.title}{function.title}Integration"

    def _integration(self, function: Waking) -> gateway.Integration:
        return gateway.Integration(
            self._integration_title(function),
            ApiId=Ref(self.title),
            IntegrationType="AWS_PROXY",
            IntegrationMethod="POST",
            IntegrationUri=Sub(f"{_INVOCATIONS}/${{{function.title}.Arn}}/invocations"),
            TimeoutInMillis=_LONGEST,
        )

    def _permission(self, function: Waking) -> Permission:
        return Permission(
            f"{self.title}{function.title}Permission",
            Action="lambda:InvokeFunction",
            FunctionName=function.arn,
            Principal="apigateway.amazonaws.com",
            SourceArn=Sub(f"{_EXECUTION}:${{{self.title}}}/*/*"),
        )

    def _route(self, title: str, key: str, function: Waking) -> gateway.Route:
        # A browser can send no header when it connects, so no authorizer of API Gateway reads the pool's token:
        # the function behind $connect does, and refuses whom it does not know.
        return gateway.Route(
            title,
            ApiId=Ref(self.title),
            RouteKey=key,
            AuthorizationType="NONE",
            Target=Sub(f"integrations/${{{self._integration_title(function)}}}"),
            # without it what the function answers to a message goes nowhere
            **given(RouteResponseSelectionExpression="$default" if key in self.routes else None),
        )

    def _answer(self, route: str) -> gateway.RouteResponse:
        return gateway.RouteResponse(
            f"{route}Answer", ApiId=Ref(self.title), RouteId=Ref(route), RouteResponseKey="$default"
        )

    def _stage(self) -> gateway.Stage:
        stage = gateway.Stage(
            self.stage_title,
            ApiId=Ref(self.title),
            StageName=self.stage,
            DeploymentId=Ref(f"{self.title}Deployment"),
            AccessLogSettings=gateway.AccessLogSettings(DestinationArn=GetAtt(self.log_title, "Arn"), Format=_ACCESS),
            DefaultRouteSettings=gateway.RouteSettings(
                ThrottlingRateLimit=self.throttle.rate, ThrottlingBurstLimit=self.throttle.burst
            ),
        )
        if self.account:
            stage.DependsOn = self.account.title
        return stage


def _camel(route: str) -> str:
    return "".join(word[:1].upper() + word[1:] for word in re.split(r"[$_-]+", route))

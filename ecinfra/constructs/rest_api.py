"""A REST API: its contract's routes, all answered by one function."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import Any

from troposphere import AWSObject, GetAtt, Ref, Sub
from troposphere import apigateway as gateway
from troposphere.awslambda import Permission
from troposphere.logs import LogGroup

from ecinfra.constructs.api_account import ApiAccount
from ecinfra.constructs.api_domain import ApiDomain
from ecinfra.constructs.api_stage import Cache, Throttle, Treatment
from ecinfra.constructs.key import Key
from ecinfra.constructs.metric import Metric
from ecinfra.frozen import frozen
from ecinfra.grants import Waking
from ecinfra.openapi.body import Gateway, compose
from ecinfra.openapi.contract import Contract, read
from ecinfra.openapi.cors import Cors
from ecinfra.openapi.guard import Authorizer, Validators
from ecinfra.parts import given
from ecinfra.units import Bytes, kibibytes
from ecinfra.values import Plain, Value, named_by_content

_EXECUTION = "arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}"
_INVOCATIONS = "arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions"
_HOST = "${{{}}}.execute-api.${{AWS::Region}}.${{AWS::URLSuffix}}"
_ACCESS = json.dumps(
    {
        "requestId": "$context.requestId",
        "ip": "$context.identity.sourceIp",
        "user": "$context.identity.user",
        "caller": "$context.identity.caller",
        "requestTime": "$context.requestTime",
        "httpMethod": "$context.httpMethod",
        "resourcePath": "$context.resourcePath",
        "status": "$context.status",
        "protocol": "$context.protocol",
        "responseLength": "$context.responseLength",
    },
    separators=(",", ":"),
)
# Below, the compressed answer is hardly smaller.
_WORTH_IT = kibibytes(1)


@frozen
class RestApi:
    """A regional REST API, made from a contract in one piece: routes, models, authorizer, validators, preflights."""

    title: str
    name: str
    contract: Path
    integration: Waking
    authorizer: Authorizer
    validators: Validators
    cors: Cors
    throttle: Throttle
    account: ApiAccount | None = None
    domain: ApiDomain | None = None
    stage: str = "api"
    compression_from: Bytes = _WORTH_IT
    binary_types: tuple[str, ...] | list[str] = ("image/*", "application/octet-stream")
    cache: Cache | None = None
    data_trace: bool = False
    traced: bool = False
    log_name: str | None = None
    log_days: int = 30
    log_key: Key | None = None

    @property
    def stage_title(self) -> str:
        """The logical id of its stage."""
        return f"{self.title}Stage"

    @property
    def log_title(self) -> str:
        """The logical id of its access log."""
        return f"{self.title}Log"

    @property
    def stage_name(self) -> str:
        """The name of its stage, as paths and metrics know it."""
        return self.stage

    @cached_property
    def id(self) -> Any:
        """Its id."""
        return Ref(self.title)

    @cached_property
    def execution_arn(self) -> Any:
        """What permissions to call it begin with."""
        return Value(self.title, "ExecutionArn", Sub(_EXECUTION + f":${{{self.title}}}"))

    @cached_property
    def stage_arn(self) -> Any:
        """The ARN of its stage: what a web ACL is associated with."""
        path = f"/restapis/${{{self.title}}}/stages/${{{self.stage_title}}}"
        return Value(self.stage_title, "Arn", Sub(f"arn:${{AWS::Partition}}:apigateway:${{AWS::Region}}::{path}"))

    @cached_property
    def host(self) -> Any:
        """The host of its address."""
        if self.domain:
            return self.domain.domain
        return Value(self.title, "Host", Sub(_HOST.format(self.title)))

    @cached_property
    def url(self) -> Any:
        """Where it is called: at its domain, or at its stage if it has none."""
        if self.domain:
            return f"https://{self.domain.domain}"
        return Value(self.stage_title, "Url", Sub(f"https://{_HOST.format(self.title)}/${{{self.stage_title}}}"))

    def metric(self, name: str, statistic: str = "Sum") -> Metric:
        """One of its metrics."""
        return Metric("AWS/ApiGateway", name, statistic, {"ApiName": self.name, "Stage": self.stage})

    @cached_property
    def _contract(self) -> Contract:
        return read(self.contract)

    def resources(self) -> Iterable[AWSObject]:
        """Access log, API, deployment, stage, the permission to call the function, and the domain."""
        named = given(LogGroupName=self.log_name, KmsKeyId=self.log_key.arn if self.log_key else None)
        yield LogGroup(self.log_title, RetentionInDays=self.log_days, **named)
        yield self._api()
        frozen = {self.title: ["Body", "BinaryMediaTypes", "MinimumCompressionSize"]}
        # An older deployment goes when the update is through: by then no stage stands on it any more.
        deployment = gateway.Deployment(f"{self.title}Deployment", RestApiId=Ref(self.title))
        yield named_by_content(deployment, frozen)
        yield self._stage()
        yield Permission(
            f"{self.title}Permission",
            Action="lambda:InvokeFunction",
            FunctionName=self.integration.arn,
            Principal="apigateway.amazonaws.com",
            SourceArn=Sub(_EXECUTION + f":${{{self.title}}}/*/*"),
        )
        if self.domain:
            yield from self.domain.resources(self.title, self.stage_title)

    def _api(self) -> gateway.RestApi:
        served = Gateway(
            name=self.name,
            uri=Sub(f"{_INVOCATIONS}/${{{self.integration.title}.Arn}}/invocations").to_dict(),
            authorizer=self.authorizer,
            validators=self.validators,
            cors=self.cors,
            cached=self.cache is not None,
        )
        return gateway.RestApi(
            self.title,
            Name=self.name,
            Body=Plain(compose(self._contract, served)),
            # What the import would silently leave out (a model that is not there, an unknown integration) ends it.
            FailOnWarnings=True,
            # The import would make an edge API first. Mode is left to its default, which replaces the routes and
            # lets the properties below stand beside the document; `overwrite` would take them back.
            Parameters={"endpointConfigurationTypes": "REGIONAL"},
            EndpointConfiguration=gateway.EndpointConfiguration(Types=["REGIONAL"]),
            BinaryMediaTypes=list(self.binary_types),
            MinimumCompressionSize=self.compression_from,
        )

    def _stage(self) -> gateway.Stage:
        stage = gateway.Stage(
            self.stage_title,
            StageName=self.stage,
            RestApiId=Ref(self.title),
            DeploymentId=Ref(f"{self.title}Deployment"),
            AccessLogSetting=gateway.AccessLogSetting(DestinationArn=GetAtt(self.log_title, "Arn"), Format=_ACCESS),
            MethodSettings=Treatment(self.throttle, self.cache, self.data_trace).settings(self._contract.operations),
            TracingEnabled=self.traced,
            CacheClusterEnabled=self.cache is not None,
            **given(CacheClusterSize=self.cache.size if self.cache else None),
        )
        if self.account:
            stage.DependsOn = self.account.title
        return stage

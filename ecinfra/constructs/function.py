"""A function: its code, its log, a role of its own, and what wakes it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

from awacs import awslambda as action
from awacs import logs, sqs, xray
from awacs.helpers.trust import get_lambda_assumerole_policy
from troposphere import AWSObject, GetAtt, Ref, awslambda, iam
from troposphere.logs import LogGroup

from ecinfra.app import ARTIFACT_BUCKET
from ecinfra.assets import Asset
from ecinfra.constructs.key import Key
from ecinfra.constructs.layer import Layer
from ecinfra.constructs.metric import Metric
from ecinfra.frozen import field, frozen
from ecinfra.grants import Grant, Trigger, allow, policy
from ecinfra.parts import given
from ecinfra.retention import Keeping
from ecinfra.units import Seconds, minutes, seconds
from ecinfra.values import Plain

# What Lambda sets itself, and refuses to be given.
RESERVED_VARIABLES = frozenset(
    {
        "_HANDLER",
        "_X_AMZN_TRACE_ID",
        "AWS_ACCESS_KEY",
        "AWS_ACCESS_KEY_ID",
        "AWS_DEFAULT_REGION",
        "AWS_EXECUTION_ENV",
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
        "AWS_LAMBDA_FUNCTION_NAME",
        "AWS_LAMBDA_FUNCTION_VERSION",
        "AWS_LAMBDA_INITIALIZATION_TYPE",
        "AWS_LAMBDA_LOG_GROUP_NAME",
        "AWS_LAMBDA_LOG_STREAM_NAME",
        "AWS_LAMBDA_RUNTIME_API",
        "AWS_REGION",
        "AWS_SECRET_ACCESS_KEY",
        "AWS_SESSION_TOKEN",
        "LAMBDA_RUNTIME_DIR",
        "LAMBDA_TASK_ROOT",
    }
)


@frozen
class Function:
    """A Lambda function with its whole case in one call: what it runs, what wakes it, what it may do, what it knows."""

    title: str
    code: Asset
    handler: str
    layer: Layer | None = None
    on: tuple[Trigger, ...] | list[Trigger] = ()
    may: tuple[Grant, ...] | list[Grant] = ()
    env: Mapping[str, Any] = field(default_factory=dict)
    memory: int = 256
    timeout: Seconds = seconds(30)
    name: str | None = None
    runtime: str = "python3.13"
    architecture: str = "arm64"
    log_days: int = 30
    log_key: Key | None = None
    keep_logs: Keeping | None = None
    traced: bool = False
    at_most: int | None = None
    dead_letters: Any = None
    description: str = ""

    def __post_init__(self) -> None:
        if reserved := sorted(RESERVED_VARIABLES & set(self.env)):
            raise ValueError(f"env: {', '.join(reserved)} is set by Lambda itself")
        if not 1 <= self.timeout <= 900:
            raise ValueError(f"timeout: {self.timeout} is not between 1 and 900 seconds")
        if not 128 <= self.memory <= 10_240:
            raise ValueError(f"memory: {self.memory} is not between 128 and 10240 MB")

    @property
    def role_title(self) -> str:
        """The logical id of its role."""
        return f"{self.title}Role"

    @property
    def log_title(self) -> str:
        """The logical id of its log group."""
        return f"{self.title}Log"

    @cached_property
    def arn(self) -> Any:
        """Its ARN."""
        return GetAtt(self.title, "Arn")

    @cached_property
    def function_name(self) -> Any:
        """Its name."""
        return Ref(self.title)

    def metric(self, name: str, statistic: str = "Sum", *, period: Seconds = minutes(5)) -> Metric:
        """One of its metrics."""
        return Metric("AWS/Lambda", name, statistic, {"FunctionName": self.function_name}, period=period)

    @cached_property
    def invoke(self) -> Grant:
        """Permission to call it."""
        return allow([action.InvokeFunction], self.arn)

    def resources(self) -> Iterable[AWSObject]:
        """Log group, role, function, and the resources of its triggers."""
        yield self._log()
        yield self._role()
        yield self._function()
        for trigger in self.on:
            yield from trigger.resources(self)

    def _log(self) -> LogGroup:
        name = f"/aws/lambda/{self.name}" if self.name else None
        key = self.log_key.arn if self.log_key else None
        group = LogGroup(self.log_title, RetentionInDays=self.log_days, **given(LogGroupName=name, KmsKeyId=key))
        if self.keep_logs:
            self.keep_logs.apply(group)
        return group

    def _role(self) -> iam.Role:
        # no logs:CreateLogGroup: a function that outlives its stack must not make the group again
        grants = [allow([logs.CreateLogStream, logs.PutLogEvents], GetAtt(self.log_title, "Arn"))]
        grants += [grant for trigger in self.on for grant in trigger.may]
        grants += self.may
        if self.traced:
            # X-Ray knows no resources
            grants.append(allow([xray.PutTraceSegments, xray.PutTelemetryRecords], "*"))
        if self.dead_letters is not None:
            grants.append(allow([sqs.SendMessage], self.dead_letters))
        return iam.Role(
            self.role_title,
            AssumeRolePolicyDocument=get_lambda_assumerole_policy(),
            Policies=Plain([{"PolicyName": self.title, "PolicyDocument": policy(grants)}]),
        )

    def _function(self) -> awslambda.Function:
        runtime = self.layer.runtime if self.layer else self.runtime
        architecture = self.layer.architecture if self.layer else self.architecture
        dead = awslambda.DeadLetterConfig(TargetArn=self.dead_letters) if self.dead_letters else None
        return awslambda.Function(
            self.title,
            Runtime=runtime,
            Architectures=[architecture],
            Handler=self.handler,
            Code=awslambda.Code(S3Bucket=Ref(ARTIFACT_BUCKET), S3Key=self.code.key),
            Role=GetAtt(self.role_title, "Arn"),
            MemorySize=self.memory,
            Timeout=self.timeout,
            TracingConfig=awslambda.TracingConfig(Mode="Active" if self.traced else "PassThrough"),
            LoggingConfig=awslambda.LoggingConfig(LogGroup=Ref(self.log_title)),
            **given(
                FunctionName=self.name,
                Description=self.description,
                Layers=[self.layer.arn] if self.layer else None,
                Environment=awslambda.Environment(Variables=dict(self.env)) if self.env else None,
                ReservedConcurrentExecutions=self.at_most,
                DeadLetterConfig=dead,
            ),
        )

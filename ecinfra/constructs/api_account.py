"""What lets every API of an account and region write its logs."""

from __future__ import annotations

from collections.abc import Iterable

from awacs import logs
from awacs.helpers.trust import make_simple_assume_policy
from troposphere import AWSObject, GetAtt, Sub, iam
from troposphere.apigateway import Account

from ecinfra.frozen import frozen
from ecinfra.grants import allow, policy
from ecinfra.retention import Keeping


@frozen
class ApiAccount:
    """The logging role of API Gateway: one per account and region, so one system owns it, and it outlives that."""

    title: str

    @property
    def role_title(self) -> str:
        """The logical id of the role."""
        return f"{self.title}Role"

    def resources(self) -> Iterable[AWSObject]:
        """The role, and the account's setting; both stay, for stages of other stacks log through them."""
        # Every log group of the account and region: the execution logs have names that API Gateway chooses, and it
        # takes no role that may do less than this.
        writing = allow(
            [
                logs.CreateLogGroup,
                logs.CreateLogStream,
                logs.DescribeLogGroups,
                logs.DescribeLogStreams,
                logs.FilterLogEvents,
                logs.GetLogEvents,
                logs.PutLogEvents,
            ],
            Sub("arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:*"),
        )
        role = iam.Role(
            self.role_title,
            AssumeRolePolicyDocument=make_simple_assume_policy("apigateway.amazonaws.com"),
            Policies=[iam.Policy(PolicyName=self.title, PolicyDocument=policy([writing]))],
        )
        for resource in (role, Account(self.title, CloudWatchRoleArn=GetAtt(self.role_title, "Arn"))):
            Keeping.ALWAYS.apply(resource)
            yield resource

"""A topic that alarms publish to."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from awacs import sns as action
from awacs.aws import Policy
from troposphere import AWSObject, GetAtt, Ref, sns

from ecinfra.constructs.guests import ALARMS, PUBLISHING_ALARMS, expect, only_encrypted
from ecinfra.constructs.key import Key
from ecinfra.frozen import frozen
from ecinfra.grants import Grant, allow
from ecinfra.parts import given


@frozen
class Topic:
    """A topic under a key of one's own, open to the account's alarms; `mail` is told of every message."""

    title: str
    key: Key
    name: str | None = None
    mail: Any = None

    def __post_init__(self) -> None:
        expect(ALARMS, self.key.used_by, "key", self.key.title)

    @cached_property
    def arn(self) -> Any:
        """Its ARN."""
        return Ref(self.title)

    @cached_property
    def topic_name(self) -> Any:
        """Its name, as metrics know it."""
        return GetAtt(self.title, "TopicName")

    @cached_property
    def publish(self) -> Grant:
        """Permission to publish."""
        return allow([action.Publish], self.arn) + self.key.use

    def resources(self) -> Iterable[AWSObject]:
        """The topic, its policy, and the subscription."""
        yield sns.Topic(self.title, KmsMasterKeyId=self.key.arn, **given(TopicName=self.name))
        yield sns.TopicPolicy(
            f"{self.title}Policy",
            Topics=[self.arn],
            PolicyDocument=Policy(
                Version="2012-10-17",
                Statement=[only_encrypted(action.Publish, self.arn), PUBLISHING_ALARMS.statement(self.arn)],
            ),
        )
        if self.mail is not None:
            yield sns.SubscriptionResource(f"{self.title}Mail", TopicArn=self.arn, Protocol="email", Endpoint=self.mail)

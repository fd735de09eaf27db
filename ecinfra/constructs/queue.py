"""A queue, and the queue for what cannot be handled."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

from awacs import sqs as action
from troposphere import AWSObject, GetAtt, Ref, Tags, awslambda, sqs

from ecinfra.constructs.metric import Metric
from ecinfra.frozen import field, frozen
from ecinfra.grants import Grant, Waking, allow
from ecinfra.parts import given
from ecinfra.units import Seconds, days, minutes, seconds


@frozen
class Queue:
    """An encrypted queue; a message that fails `tries` times moves to a dead-letter queue of its own."""

    title: str
    name: str | None = None
    visible_after: Seconds = seconds(30)
    kept: Seconds = days(4)
    tries: int = 3
    dead_name: str | None = None
    dead_visible_after: Seconds = minutes(5)
    dead_kept: Seconds = days(14)
    dead_tags: Mapping[str, str] = field(default_factory=dict)

    @property
    def dead_title(self) -> str:
        """The logical id of the dead-letter queue."""
        return f"{self.title}Dead"

    @cached_property
    def arn(self) -> Any:
        """Its ARN."""
        return GetAtt(self.title, "Arn")

    @cached_property
    def url(self) -> Any:
        """Its URL."""
        return Ref(self.title)

    @cached_property
    def queue_name(self) -> Any:
        """Its name, as metrics know it."""
        return GetAtt(self.title, "QueueName")

    @cached_property
    def dead_queue_name(self) -> Any:
        """The name of the dead-letter queue, as metrics know it."""
        return GetAtt(self.dead_title, "QueueName")

    def metric(self, name: str, statistic: str = "Sum") -> Metric:
        """One of its metrics."""
        return Metric("AWS/SQS", name, statistic, {"QueueName": self.queue_name})

    def dead_metric(self, name: str, statistic: str = "Sum") -> Metric:
        """One of its dead-letter queue's metrics."""
        return Metric("AWS/SQS", name, statistic, {"QueueName": self.dead_queue_name})

    @cached_property
    def send(self) -> Grant:
        """Permission to send messages."""
        return allow([action.SendMessage], self.arn)

    @cached_property
    def consume(self) -> Grant:
        """Permission to take messages out."""
        return allow([action.ReceiveMessage, action.DeleteMessage, action.GetQueueAttributes], self.arn)

    def messages(self, *, batch: int = 10, window: Seconds = seconds(0), partial_failures: bool = True) -> Messages:
        """Wake a function for the queue's messages."""
        return Messages(self, batch, window, partial_failures)

    def resources(self) -> Iterable[AWSObject]:
        """The queue and its dead-letter queue."""
        yield sqs.Queue(
            self.dead_title,
            **given(QueueName=self.dead_name),
            VisibilityTimeout=self.dead_visible_after,
            MessageRetentionPeriod=self.dead_kept,
            KmsMasterKeyId="alias/aws/sqs",
            **given(Tags=Tags(**self.dead_tags) if self.dead_tags else None),
        )
        yield sqs.Queue(
            self.title,
            **given(QueueName=self.name),
            VisibilityTimeout=self.visible_after,
            MessageRetentionPeriod=self.kept,
            KmsMasterKeyId="alias/aws/sqs",
            RedrivePolicy=sqs.RedrivePolicy(
                deadLetterTargetArn=GetAtt(self.dead_title, "Arn"), maxReceiveCount=self.tries
            ),
        )


@frozen
class Messages:
    """A function woken by a queue's messages."""

    queue: Queue
    batch: int
    window: Seconds
    partial_failures: bool

    @property
    def may(self) -> tuple[Grant, ...]:
        """Taking messages out."""
        return (self.queue.consume,)

    def resources(self, function: Waking) -> Iterable[AWSObject]:
        """The event source mapping."""
        yield awslambda.EventSourceMapping(
            f"{function.title}On{self.queue.title}",
            EventSourceArn=self.queue.arn,
            FunctionName=function.arn,
            BatchSize=self.batch,
            MaximumBatchingWindowInSeconds=self.window,
            **given(FunctionResponseTypes=["ReportBatchItemFailures"] if self.partial_failures else None),
        )

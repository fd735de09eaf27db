"""A table with its indexes, and the capacity that follows its load."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Any, Literal

from awacs import dynamodb as action
from troposphere import AWSObject, GetAtt, Ref, Sub, dynamodb

from ecinfra.constructs.capacity import Capacity
from ecinfra.constructs.key import Key
from ecinfra.constructs.metric import Metric
from ecinfra.frozen import frozen
from ecinfra.grants import Grant, allow
from ecinfra.parts import given
from ecinfra.units import Seconds, minutes
from ecinfra.values import Value

StreamView = Literal["KEYS_ONLY", "NEW_IMAGE", "OLD_IMAGE", "NEW_AND_OLD_IMAGES"]


@frozen
class Index:
    """A global secondary index with every attribute in it; its keys are strings."""

    name: str
    partition_key: str
    sort_key: str | None = None


@frozen
class Table:
    """A DynamoDB table, encrypted, recoverable to any second, protected from deletion, paid by use or by capacity."""

    title: str
    name: str | None = None
    partition_key: str = "PK"
    sort_key: str | None = "SK"
    indexes: tuple[Index, ...] = ()
    ttl: str | None = None
    key: Key | None = None
    recovery: bool = True
    protected: bool = True
    stream: StreamView | None = None
    capacity: Capacity | None = None

    def __post_init__(self) -> None:
        names = [index.name for index in self.indexes]
        if twice := sorted({name for name in names if names.count(name) > 1}):
            raise ValueError(f"indexes: {', '.join(twice)} is defined twice")
        if len(names) > 20:
            raise ValueError(f"indexes: {len(names)} are more than the 20 that a table can have")

    @cached_property
    def arn(self) -> Any:
        """Its ARN."""
        return GetAtt(self.title, "Arn")

    @cached_property
    def table_name(self) -> Any:
        """Its name."""
        return Ref(self.title)

    @cached_property
    def stream_arn(self) -> Any:
        """The ARN of its stream."""
        return GetAtt(self.title, "StreamArn")

    @cached_property
    def index_arns(self) -> Any:
        """The ARN of every index, as a pattern."""
        return Value(self.title, "IndexArns", Sub(f"${{{self.title}.Arn}}/index/*"))

    @cached_property
    def read(self) -> Grant:
        """Permission to read items by their keys, from the table and its indexes."""
        items = [action.BatchGetItem, action.ConditionCheckItem, action.DescribeTable, action.GetItem]
        return allow(items, self.arn) + allow([action.Query], *self._queried) + self._decrypt

    @cached_property
    def scan(self) -> Grant:
        """Permission to go through all items."""
        return allow([action.Scan], *self._queried) + self._decrypt

    @cached_property
    def write(self) -> Grant:
        """Permission to write and delete items."""
        items = [action.BatchWriteItem, action.DeleteItem, action.DescribeTable, action.PutItem, action.UpdateItem]
        return allow(items, self.arn) + (self.key.use if self.key else Grant(()))

    def metric(
        self, name: str, statistic: str = "Sum", *, operation: str | None = None, period: Seconds = minutes(5)
    ) -> Metric:
        """One of its metrics, of one operation where DynamoDB counts them apart."""
        return Metric(
            "AWS/DynamoDB", name, statistic, given(TableName=self.table_name, Operation=operation), period=period
        )

    def resources(self) -> Iterable[AWSObject]:
        """The table, and what scales it."""
        yield self._table()
        if self.capacity:
            yield from self.capacity.scaling(self.title, [index.name for index in self.indexes])

    @property
    def _queried(self) -> list[Any]:
        return [self.arn, self.index_arns] if self.indexes else [self.arn]

    @property
    def _decrypt(self) -> Grant:
        return self.key.decrypt if self.key else Grant(())

    def _table(self) -> dynamodb.Table:
        keys = [self.partition_key, self.sort_key]
        for index in self.indexes:
            keys += [index.partition_key, index.sort_key]
        return dynamodb.Table(
            self.title,
            AttributeDefinitions=[
                dynamodb.AttributeDefinition(AttributeName=name, AttributeType="S")
                for name in dict.fromkeys(keys)
                if name
            ],
            KeySchema=_schema(self.partition_key, self.sort_key),
            BillingMode="PROVISIONED" if self.capacity else "PAY_PER_REQUEST",
            PointInTimeRecoverySpecification=dynamodb.PointInTimeRecoverySpecification(
                PointInTimeRecoveryEnabled=self.recovery
            ),
            DeletionProtectionEnabled=self.protected,
            # without a key of one's own it is DynamoDB's in this account, whose every use CloudTrail sees
            SSESpecification=dynamodb.SSESpecification(
                SSEEnabled=True, SSEType="KMS", **given(KMSMasterKeyId=self.key and self.key.arn)
            ),
            **self._options(),
        )

    def _options(self) -> dict[str, Any]:
        ttl = self.ttl and dynamodb.TimeToLiveSpecification(AttributeName=self.ttl, Enabled=True)
        return given(
            TableName=self.name,
            GlobalSecondaryIndexes=[self._index(index) for index in self.indexes] or None,
            ProvisionedThroughput=self._throughput(),
            TimeToLiveSpecification=ttl,
            StreamSpecification=self.stream and dynamodb.StreamSpecification(StreamViewType=self.stream),
        )

    def _index(self, index: Index) -> dynamodb.GlobalSecondaryIndex:
        return dynamodb.GlobalSecondaryIndex(
            IndexName=index.name,
            KeySchema=_schema(index.partition_key, index.sort_key),
            Projection=dynamodb.Projection(ProjectionType="ALL"),
            **given(ProvisionedThroughput=self._throughput()),
        )

    def _throughput(self) -> dynamodb.ProvisionedThroughput | None:
        if self.capacity is None:
            return None
        return dynamodb.ProvisionedThroughput(
            ReadCapacityUnits=self.capacity.read, WriteCapacityUnits=self.capacity.write
        )


def _schema(partition_key: str, sort_key: str | None) -> list[dynamodb.KeySchema]:
    schema = [dynamodb.KeySchema(AttributeName=partition_key, KeyType="HASH")]
    if sort_key:
        schema.append(dynamodb.KeySchema(AttributeName=sort_key, KeyType="RANGE"))
    return schema

"""The alarms on Core's table, key and bucket."""

from __future__ import annotations

from collections.abc import Iterable

from ecinfra import Stack
from ecinfra.constructs import Alarm, Bucket, Math, Metric, Table, Topic
from ecinfra.units import days, gibibytes
from templates.everyonecook.names import capital
from templates.everyonecook.settings import Settings

Row = tuple[str, str, Metric | Math, float, int]


def add_alarms(core: Stack, settings: Settings, table: Table, content: Bucket, topic: Topic) -> None:
    """Throttled and failing requests, unusual use of the key, a bucket that outgrows its budget."""
    for title, name, metric, limit, periods in (*_of_table(settings, table), *_of_bucket(settings, content)):
        alarm = Alarm(title, metric, above=limit, periods=periods, name=name, actions=(topic,))
        core.add(alarm, tags={"Service": "CloudWatch"})


def _of_table(settings: Settings, table: Table) -> Iterable[Row]:
    assert table.key is not None
    uses = Metric("AWS/KMS", "NumberOfOperations", dimensions={"KeyId": table.key.key_id})
    yield "TableKeyHighUsage", capital(settings, "DynamoDB-KMS-HighUsage"), uses, 1_000, 2
    yield "TableReadThrottle", f"{table.name}-ReadThrottle", table.metric("ReadThrottleEvents"), 10, 2
    yield "TableWriteThrottle", f"{table.name}-WriteThrottle", table.metric("WriteThrottleEvents"), 10, 2
    operations = enumerate(("GetItem", "PutItem", "Query", "Scan"), start=1)
    failed = {f"errors{number}": table.metric("SystemErrors", operation=name) for number, name in operations}
    errors = Math(f"SUM([{', '.join(failed)}])", failed, label="SystemErrors")
    yield "TableSystemErrors", f"{table.name}-SystemErrors", errors, 5, 2


def _of_bucket(settings: Settings, content: Bucket) -> Iterable[Row]:
    name = f"everyonecook-content-{settings.environment}"
    stored = {"BucketName": content.bucket_name, "StorageType": "StandardStorage"}
    size = Metric("AWS/S3", "BucketSizeBytes", "Average", stored, period=days(1))
    yield "ContentSizeExceeded", f"{name}-SizeExceeded", size, gibibytes(200), 1
    yield "Content4XXErrors", f"{name}-4XXErrors", content.metric("4xxErrors"), 50, 2
    yield "Content5XXErrors", f"{name}-5XXErrors", content.metric("5xxErrors"), 10, 2

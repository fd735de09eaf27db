"""The alarms on Core's table, key and bucket."""

from __future__ import annotations

from ecinfra import Stack
from ecinfra.constructs import Alarm, Bucket, Math, Metric, Table, Topic
from ecinfra.units import days, gibibytes
from templates.everyonecook.names import capital
from templates.everyonecook.settings import Settings


def add_alarms(core: Stack, settings: Settings, table: Table, content: Bucket, topic: Topic) -> None:
    """Throttled and failing requests, unusual use of the key, a bucket that outgrows its budget."""
    assert table.key is not None
    name = str(table.name)
    bucket = f"everyonecook-content-{settings.environment}"
    system_errors = {
        f"errors{number}": table.metric("SystemErrors", operation=operation)
        for number, operation in enumerate(("GetItem", "PutItem", "Query", "Scan"), start=1)
    }
    size = Metric(
        "AWS/S3",
        "BucketSizeBytes",
        "Average",
        {"BucketName": content.bucket_name, "StorageType": "StandardStorage"},
        period=days(1),
    )
    uses = Metric("AWS/KMS", "NumberOfOperations", dimensions={"KeyId": table.key.key_id})
    for alarm in (
        Alarm(
            "TableKeyHighUsage",
            uses,
            above=1_000,
            periods=2,
            name=capital(settings, "DynamoDB-KMS-HighUsage"),
            actions=(topic,),
        ),
        Alarm(
            "TableReadThrottle",
            table.metric("ReadThrottleEvents"),
            above=10,
            periods=2,
            name=f"{name}-ReadThrottle",
            actions=(topic,),
        ),
        Alarm(
            "TableWriteThrottle",
            table.metric("WriteThrottleEvents"),
            above=10,
            periods=2,
            name=f"{name}-WriteThrottle",
            actions=(topic,),
        ),
        Alarm(
            "TableSystemErrors",
            Math("errors1 + errors2 + errors3 + errors4", system_errors, label="SystemErrors"),
            above=5,
            periods=2,
            name=f"{name}-SystemErrors",
            actions=(topic,),
        ),
        Alarm("ContentSizeExceeded", size, above=gibibytes(200), name=f"{bucket}-SizeExceeded", actions=(topic,)),
        Alarm(
            "Content4XXErrors",
            content.metric("4xxErrors"),
            above=50,
            periods=2,
            name=f"{bucket}-4XXErrors",
            actions=(topic,),
        ),
        Alarm(
            "Content5XXErrors",
            content.metric("5xxErrors"),
            above=10,
            periods=2,
            name=f"{bucket}-5XXErrors",
            actions=(topic,),
        ),
    ):
        core.add(alarm, tags={"Service": "CloudWatch"})

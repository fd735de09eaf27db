"""What becomes of data: when its resource goes, and when it is replaced."""

from __future__ import annotations

from enum import Enum
from typing import Any

from troposphere import AWSObject

# Types whose loss is the loss of data, or of something that cannot be made again as it was.
HOLDS_DATA = frozenset(
    {
        "AWS::Backup::BackupVault",
        "AWS::Cassandra::Keyspace",
        "AWS::Cassandra::Table",
        "AWS::Cognito::UserPool",
        "AWS::DocDB::DBCluster",
        "AWS::DocDB::DBInstance",
        "AWS::DynamoDB::GlobalTable",
        "AWS::DynamoDB::Table",
        "AWS::EC2::Volume",
        "AWS::ECR::Repository",
        "AWS::EFS::FileSystem",
        "AWS::EMR::Cluster",
        "AWS::ElastiCache::CacheCluster",
        "AWS::ElastiCache::ReplicationGroup",
        "AWS::Elasticsearch::Domain",
        "AWS::FSx::FileSystem",
        "AWS::KMS::Key",
        "AWS::Kinesis::Stream",
        "AWS::Logs::LogGroup",
        "AWS::MSK::Cluster",
        "AWS::MemoryDB::Cluster",
        "AWS::Neptune::DBCluster",
        "AWS::Neptune::DBInstance",
        "AWS::OpenSearchServerless::Collection",
        "AWS::OpenSearchService::Domain",
        "AWS::RDS::DBCluster",
        "AWS::RDS::DBInstance",
        "AWS::Redshift::Cluster",
        "AWS::Route53::HostedZone",
        "AWS::S3::Bucket",
        "AWS::S3Express::DirectoryBucket",
        "AWS::S3Tables::Table",
        "AWS::S3Tables::TableBucket",
        "AWS::SDB::Domain",
        "AWS::SQS::Queue",
        "AWS::SecretsManager::Secret",
        "AWS::Timestream::Database",
        "AWS::Timestream::Table",
    }
)


def keep(body: dict[str, Any], keep_data: bool) -> None:
    """Say both ways what becomes of a rendered resource that holds data; its own word wins."""
    if body["Type"] not in HOLDS_DATA:
        return
    kept = body.get("DeletionPolicy", "RetainExceptOnCreate" if keep_data else "Delete")
    body["DeletionPolicy"] = kept
    body.setdefault("UpdateReplacePolicy", "Retain" if kept == "RetainExceptOnCreate" else kept)


class Keeping(Enum):
    """What becomes of one resource, whatever its app does with data: some belong to the account, some to a day."""

    ALWAYS = "RetainExceptOnCreate"
    NEVER = "Delete"

    def apply(self, resource: AWSObject) -> None:
        """Say so on a resource."""
        resource.DeletionPolicy = self.value
        resource.UpdateReplacePolicy = "Retain" if self is Keeping.ALWAYS else "Delete"

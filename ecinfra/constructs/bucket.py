"""A private bucket: encrypted, over TLS only, and tidied up after."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from awacs import s3 as action
from awacs.aws import Action, Policy
from troposphere import AWSObject, GetAtt, Ref, Sub, s3

from ecinfra.constructs.guests import ACCESS_LOGS, CDN_LOGS, Guest, expect, only_encrypted
from ecinfra.constructs.key import Key
from ecinfra.constructs.lifecycle import Expiry, Tiering
from ecinfra.constructs.metric import Metric
from ecinfra.frozen import frozen
from ecinfra.grants import Grant, allow
from ecinfra.parts import given
from ecinfra.units import Seconds, minutes
from ecinfra.values import Value

ENTIRE_BUCKET = "EntireBucket"


@frozen
class Folder:
    """A place in a bucket, for logs."""

    bucket: Bucket
    prefix: str


@frozen
class Bucket:
    """A bucket that nobody reaches but by IAM and the guests whom its policy names."""

    title: str
    name: Any = None
    versioned: bool = True
    old_versions_days: int = 30
    expiring: tuple[Expiry, ...] = ()
    tiering: Tiering | None = None
    cors_origins: tuple[str, ...] = ()
    key: Key | None = None
    guests: tuple[Guest, ...] = ()
    logs: Folder | None = None
    request_metrics: bool = False

    def __post_init__(self) -> None:
        if self.logs:
            expect(ACCESS_LOGS, self.logs.bucket.guests, "logs", self.logs.bucket.title)
        if self.key and ACCESS_LOGS in self.guests:
            raise ValueError(f"key: access logs never arrive in a bucket under {self.key.title}; S3 wants its own key")

    @cached_property
    def arn(self) -> Any:
        """Its ARN."""
        return GetAtt(self.title, "Arn")

    @cached_property
    def bucket_name(self) -> Any:
        """Its name."""
        return Ref(self.title)

    @cached_property
    def regional_domain_name(self) -> Any:
        """Its host name in its region."""
        return GetAtt(self.title, "RegionalDomainName")

    @cached_property
    def object_arns(self) -> Any:
        """The ARN of every object, as a pattern."""
        return Value(self.title, "ObjectArns", Sub(f"${{{self.title}.Arn}}/*"))

    @cached_property
    def list(self) -> Grant:
        """Permission to list the objects."""
        return allow([action.ListBucket], self.arn)

    @cached_property
    def read(self) -> Grant:
        """Permission to read and list the objects."""
        return allow([action.GetObject], self.object_arns) + self.list + (self.key.decrypt if self.key else Grant(()))

    @cached_property
    def write(self) -> Grant:
        """Permission to put objects."""
        objects = allow([action.AbortMultipartUpload, action.PutObject], self.object_arns)
        return objects + (self.key.use if self.key else Grant(()))

    @cached_property
    def delete(self) -> Grant:
        """Permission to delete objects."""
        return allow([action.DeleteObject], self.object_arns)

    def folder(self, prefix: str) -> Folder:
        """A place in it, for logs."""
        return Folder(self, prefix)

    def metric(self, name: str, statistic: str = "Sum", *, period: Seconds = minutes(5)) -> Metric:
        """One of its request metrics."""
        if not self.request_metrics:
            raise ValueError(f"request_metrics: {self.title} does not publish {name}; set it to True")
        found = {"BucketName": self.bucket_name, "FilterId": ENTIRE_BUCKET}
        return Metric("AWS/S3", name, statistic, found, period)

    def resources(self) -> Iterable[AWSObject]:
        """The bucket and its policy."""
        yield self._bucket()
        yield s3.BucketPolicy(
            f"{self.title}Policy",
            Bucket=self.bucket_name,
            PolicyDocument=Policy(
                Version="2012-10-17",
                Statement=[
                    only_encrypted(Action("s3", "*"), self.arn, self.object_arns),
                    *(guest.statement(self.object_arns) for guest in self.guests),
                ],
            ),
        )

    def _bucket(self) -> s3.Bucket:
        # CloudFront delivers its logs by ACL, and to no bucket without them
        ownership = "ObjectWriter" if CDN_LOGS in self.guests else "BucketOwnerEnforced"
        return s3.Bucket(
            self.title,
            PublicAccessBlockConfiguration=s3.PublicAccessBlockConfiguration(
                BlockPublicAcls=True, BlockPublicPolicy=True, IgnorePublicAcls=True, RestrictPublicBuckets=True
            ),
            OwnershipControls=s3.OwnershipControls(Rules=[s3.OwnershipControlsRule(ObjectOwnership=ownership)]),
            BucketEncryption=self._encryption(),
            LifecycleConfiguration=s3.LifecycleConfiguration(Rules=list(self._rules())),
            **given(
                BucketName=self.name,
                VersioningConfiguration=s3.VersioningConfiguration(Status="Enabled") if self.versioned else None,
                IntelligentTieringConfigurations=self.tiering and [self.tiering.configuration(ENTIRE_BUCKET)],
                CorsConfiguration=self._cors() if self.cors_origins else None,
                LoggingConfiguration=self.logs
                and s3.LoggingConfiguration(
                    DestinationBucketName=self.logs.bucket.bucket_name, LogFilePrefix=self.logs.prefix
                ),
                MetricsConfigurations=[s3.MetricsConfiguration(Id=ENTIRE_BUCKET)] if self.request_metrics else None,
            ),
        )

    def _encryption(self) -> s3.BucketEncryption:
        by = s3.ServerSideEncryptionByDefault(SSEAlgorithm="AES256")
        if self.key:
            by = s3.ServerSideEncryptionByDefault(SSEAlgorithm="aws:kms", KMSMasterKeyID=self.key.arn)
        rule = s3.ServerSideEncryptionRule(
            ServerSideEncryptionByDefault=by, **given(BucketKeyEnabled=True if self.key else None)
        )
        return s3.BucketEncryption(ServerSideEncryptionConfiguration=[rule])

    def _rules(self) -> Iterable[s3.LifecycleRule]:
        yield s3.LifecycleRule(
            Id="unfinished-uploads",
            Status="Enabled",
            AbortIncompleteMultipartUpload=s3.AbortIncompleteMultipartUpload(DaysAfterInitiation=7),
        )
        if self.versioned:
            yield s3.LifecycleRule(
                Id="old-versions",
                Status="Enabled",
                NoncurrentVersionExpiration=s3.NoncurrentVersionExpiration(NoncurrentDays=self.old_versions_days),
                ExpiredObjectDeleteMarker=True,
            )
        yield from (expiry.rule() for expiry in self.expiring)
        if self.tiering and self.tiering.move_days is not None:
            yield self.tiering.rule(self.tiering.move_days)

    def _cors(self) -> s3.CorsConfiguration:
        rule = s3.CorsRules(
            AllowedOrigins=[*self.cors_origins],
            AllowedMethods=["GET", "PUT", "POST", "DELETE"],
            AllowedHeaders=["*"],
            ExposedHeaders=["ETag"],
            MaxAge=3000,
        )
        return s3.CorsConfiguration(CorsRules=[rule])

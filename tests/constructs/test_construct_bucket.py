"""Bucket: private, encrypted, over TLS only, and who is let in."""

from __future__ import annotations

from typing import Any

import pytest
from troposphere import Sub, encode_to_dict

from ecinfra.constructs import Bucket, Expiry, Key, Tiering, guests
from tests.constructs.rendering import properties, resources, rights

ARN = {"Fn::GetAtt": ["Content", "Arn"]}
OBJECTS = {"Fn::Sub": "${Content.Arn}/*"}
ONLY_TLS = {
    "Effect": "Deny",
    "Principal": "*",
    "Action": ["s3:*"],
    "Resource": [ARN, OBJECTS],
    "Condition": {"Bool": {"aws:SecureTransport": "false"}},
}


def content(**options: Any) -> Any:
    """The properties of a bucket."""
    return properties(Bucket("Content", **options))["Content"]


def test_a_bucket_is_by_default_private_encrypted_versioned_and_tidy() -> None:
    assert properties(Bucket("Content")) == {
        "Content": {
            "PublicAccessBlockConfiguration": {
                "BlockPublicAcls": True,
                "BlockPublicPolicy": True,
                "IgnorePublicAcls": True,
                "RestrictPublicBuckets": True,
            },
            "OwnershipControls": {"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]},
            "BucketEncryption": {
                "ServerSideEncryptionConfiguration": [{"ServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}}]
            },
            "LifecycleConfiguration": {
                "Rules": [
                    {
                        "Id": "unfinished-uploads",
                        "Status": "Enabled",
                        "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 7},
                    },
                    {
                        "Id": "old-versions",
                        "Status": "Enabled",
                        "NoncurrentVersionExpiration": {"NoncurrentDays": 30},
                        "ExpiredObjectDeleteMarker": True,
                    },
                ]
            },
            "VersioningConfiguration": {"Status": "Enabled"},
        },
        "ContentPolicy": {
            "Bucket": {"Ref": "Content"},
            "PolicyDocument": {"Version": "2012-10-17", "Statement": [ONLY_TLS]},
        },
    }


def test_its_name_may_hold_the_account() -> None:
    assert content(name="everyonecook-content-dev")["BucketName"] == "everyonecook-content-dev"
    named = content(name=Sub("everyonecook-content-dev-${AWS::AccountId}"))
    assert named["BucketName"] == {"Fn::Sub": "everyonecook-content-dev-${AWS::AccountId}"}


def test_without_versions_there_are_none_to_expire() -> None:
    made = content(versioned=False)
    assert "VersioningConfiguration" not in made
    assert [rule["Id"] for rule in made["LifecycleConfiguration"]["Rules"]] == ["unfinished-uploads"]


def test_objects_below_a_prefix_expire() -> None:
    made = content(expiring=(Expiry("posts/temp/", days=1), Expiry("", days=400)), old_versions_days=90)
    assert made["LifecycleConfiguration"]["Rules"][1:] == [
        {
            "Id": "old-versions",
            "Status": "Enabled",
            "NoncurrentVersionExpiration": {"NoncurrentDays": 90},
            "ExpiredObjectDeleteMarker": True,
        },
        {"Id": "old-posts-temp", "Status": "Enabled", "Prefix": "posts/temp/", "ExpirationInDays": 1},
        {"Id": "old-objects", "Status": "Enabled", "ExpirationInDays": 400},
    ]


def test_objects_go_through_the_tiers_into_the_archives() -> None:
    archives = [
        {
            "Id": "EntireBucket",
            "Status": "Enabled",
            "Tierings": [
                {"AccessTier": "ARCHIVE_ACCESS", "Days": 90},
                {"AccessTier": "DEEP_ARCHIVE_ACCESS", "Days": 180},
            ],
        }
    ]
    left_to_writers = content(versioned=False, tiering=Tiering())
    assert left_to_writers["IntelligentTieringConfigurations"] == archives
    assert len(left_to_writers["LifecycleConfiguration"]["Rules"]) == 1
    moved = content(versioned=False, tiering=Tiering(move_days=0))
    assert moved["IntelligentTieringConfigurations"] == archives
    assert moved["LifecycleConfiguration"]["Rules"][1:] == [
        {
            "Id": "into-tiers",
            "Status": "Enabled",
            "Transitions": [{"StorageClass": "INTELLIGENT_TIERING", "TransitionInDays": 0}],
        }
    ]


def test_pages_of_other_origins_may_upload() -> None:
    origins = ("https://dev.everyonecook.cloud", "http://localhost:3000")
    assert content(cors_origins=origins)["CorsConfiguration"] == {
        "CorsRules": [
            {
                "AllowedOrigins": ["https://dev.everyonecook.cloud", "http://localhost:3000"],
                "AllowedMethods": ["GET", "PUT", "POST", "DELETE"],
                "AllowedHeaders": ["*"],
                "ExposedHeaders": ["ETag"],
                "MaxAge": 3000,
            }
        ]
    }


def test_a_key_of_ones_own_is_asked_once_a_bucket_and_comes_with_the_grants() -> None:
    key = Key("ObjectKey", "everyonecook-s3-dev", "Encrypts the objects", used_by=(guests.S3,))
    bucket = Bucket("Content", key=key)
    assert properties(key, bucket)["Content"]["BucketEncryption"] == {
        "ServerSideEncryptionConfiguration": [
            {
                "ServerSideEncryptionByDefault": {
                    "SSEAlgorithm": "aws:kms",
                    "KMSMasterKeyID": {"Fn::GetAtt": ["ObjectKey", "Arn"]},
                },
                "BucketKeyEnabled": True,
            }
        ]
    }
    key_arn = {"Fn::GetAtt": ["ObjectKey", "Arn"]}
    assert rights(bucket.read, key, bucket)[-1] == (["kms:Decrypt", "kms:DescribeKey"], [key_arn])
    assert rights(bucket.write, key, bucket)[-1][1] == [key_arn]


def test_a_log_bucket_lets_in_those_who_write_logs_for_this_account() -> None:
    logs = Bucket("Content", guests=(guests.CDN_LOGS, guests.ACCESS_LOGS))
    made = properties(logs)
    of_this_account = {"StringEquals": {"aws:SourceAccount": {"Ref": "AWS::AccountId"}}}
    assert made["ContentPolicy"]["PolicyDocument"]["Statement"] == [
        ONLY_TLS,
        {
            "Effect": "Allow",
            "Principal": {"Service": "cloudfront.amazonaws.com"},
            "Action": ["s3:PutObject"],
            "Resource": [OBJECTS],
            "Condition": of_this_account,
        },
        {
            "Effect": "Allow",
            "Principal": {"Service": "logging.s3.amazonaws.com"},
            "Action": ["s3:PutObject"],
            "Resource": [OBJECTS],
            "Condition": of_this_account,
        },
    ]


def test_only_the_logs_of_a_cdn_need_acls() -> None:
    assert content(guests=(guests.CDN_LOGS,))["OwnershipControls"] == {"Rules": [{"ObjectOwnership": "ObjectWriter"}]}
    assert content(guests=(guests.ACCESS_LOGS,))["OwnershipControls"] == {
        "Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]
    }


def test_its_accesses_are_logged_in_another_bucket() -> None:
    logs = Bucket("Logs", guests=(guests.ACCESS_LOGS,))
    made = properties(logs, Bucket("Content", logs=logs.folder("access/")))
    assert made["Content"]["LoggingConfiguration"] == {
        "DestinationBucketName": {"Ref": "Logs"},
        "LogFilePrefix": "access/",
    }


def test_logs_that_would_never_arrive_are_refused() -> None:
    with pytest.raises(ValueError) as caught:
        Bucket("Content", logs=Bucket("Logs").folder("access/"))
    assert str(caught.value) == ("logs: Logs does not let in logging.s3.amazonaws.com; give it guests.ACCESS_LOGS")


def test_a_key_that_would_keep_logs_out_is_refused() -> None:
    key = Key("ObjectKey", "objects", "Encrypts the objects", used_by=(guests.S3,))
    with pytest.raises(ValueError) as caught:
        Bucket("Logs", key=key, guests=(guests.ACCESS_LOGS,))
    assert str(caught.value) == ("key: access logs never arrive in a bucket under ObjectKey; S3 wants its own key")


def test_its_grants_name_every_action_and_the_bucket_or_its_objects() -> None:
    bucket = Bucket("Content")
    assert rights(bucket.read, bucket) == [(["s3:GetObject"], [OBJECTS]), (["s3:ListBucket"], [ARN])]
    assert rights(bucket.list, bucket) == [(["s3:ListBucket"], [ARN])]
    assert rights(bucket.write, bucket) == [(["s3:AbortMultipartUpload", "s3:PutObject"], [OBJECTS])]
    assert rights(bucket.delete, bucket) == [(["s3:DeleteObject"], [OBJECTS])]


def test_its_request_metrics_are_those_of_the_entire_bucket() -> None:
    bucket = Bucket("Content", request_metrics=True)
    assert properties(bucket)["Content"]["MetricsConfigurations"] == [{"Id": "EntireBucket"}]
    metric = bucket.metric("4xxErrors")
    assert (metric.namespace, metric.name, metric.statistic, metric.period) == ("AWS/S3", "4xxErrors", "Sum", 300)
    assert encode_to_dict({**metric.dimensions}) == {"BucketName": {"Ref": "Content"}, "FilterId": "EntireBucket"}


def test_a_metric_that_is_not_published_is_refused() -> None:
    with pytest.raises(ValueError) as caught:
        Bucket("Content").metric("4xxErrors")
    assert str(caught.value) == "request_metrics: Content does not publish 4xxErrors; set it to True"


@pytest.mark.parametrize(
    ("keep_data", "policies"),
    [(True, ("RetainExceptOnCreate", "Retain")), (False, ("Delete", "Delete"))],
)
def test_it_stays_or_goes_with_the_data(keep_data: bool, policies: tuple[str, str]) -> None:
    made = resources(Bucket("Content"), keep_data=keep_data)
    assert (made["Content"]["DeletionPolicy"], made["Content"]["UpdateReplacePolicy"]) == policies
    assert "DeletionPolicy" not in made["ContentPolicy"]

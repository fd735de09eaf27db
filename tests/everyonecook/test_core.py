"""Core, DNS, Certificate and Frontend, as the specification has them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.everyonecook.rendered import ENVIRONMENTS, alarm, one, resources, system, template

KEYS = [("PK", "SK"), *((f"GSI{number}PK", f"GSI{number}SK") for number in range(1, 6))]


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_the_table_has_its_keys_indexes_stream_and_ttl(environment: str) -> None:
    table = one(environment, "Core", "AWS::DynamoDB::Table")
    assert table["TableName"] == f"EveryoneCook-{environment}-v2"
    schemas = [table["KeySchema"], *(index["KeySchema"] for index in table["GlobalSecondaryIndexes"])]
    assert [tuple(key["AttributeName"] for key in schema) for schema in schemas] == KEYS
    assert [tuple(key["KeyType"] for key in schema) for schema in schemas] == [("HASH", "RANGE")] * 6
    assert {item["AttributeType"] for item in table["AttributeDefinitions"]} == {"S"}
    assert [index["IndexName"] for index in table["GlobalSecondaryIndexes"]] == ["GSI1", "GSI2", "GSI3", "GSI4", "GSI5"]
    assert {index["Projection"]["ProjectionType"] for index in table["GlobalSecondaryIndexes"]} == {"ALL"}
    assert table["TimeToLiveSpecification"] == {"AttributeName": "ttl", "Enabled": True}
    assert table["StreamSpecification"] == {"StreamViewType": "NEW_AND_OLD_IMAGES"}
    assert table["SSESpecification"] == {
        "SSEEnabled": True,
        "SSEType": "KMS",
        "KMSMasterKeyId": {"Fn::GetAtt": ["DynamoDBKey", "Arn"]},
    }


@pytest.mark.parametrize(
    ("environment", "billing", "recovery", "protected", "scaled"),
    [
        ("local", "PAY_PER_REQUEST", False, False, 0),
        ("dev", "PAY_PER_REQUEST", False, False, 0),
        ("staging", "PROVISIONED", True, True, 12),
        ("prod", "PROVISIONED", True, True, 12),
    ],
)
def test_the_table_is_paid_recovered_and_protected_by_environment(
    environment: str, billing: str, recovery: bool, protected: bool, scaled: int
) -> None:
    table = one(environment, "Core", "AWS::DynamoDB::Table")
    assert table["BillingMode"] == billing
    assert table["PointInTimeRecoverySpecification"] == {"PointInTimeRecoveryEnabled": recovery}
    assert table["DeletionProtectionEnabled"] is protected
    targets = resources(environment, "Core", "AWS::ApplicationAutoScaling::ScalableTarget").values()
    policies = resources(environment, "Core", "AWS::ApplicationAutoScaling::ScalingPolicy").values()
    assert (len(targets), len(policies)) == (scaled, scaled)
    assert {(target["MinCapacity"], target["MaxCapacity"]) for target in targets} <= {(2, 10)}
    assert {policy["TargetTrackingScalingPolicyConfiguration"]["TargetValue"] for policy in policies} <= {70}
    if scaled:
        assert table["ProvisionedThroughput"] == {"ReadCapacityUnits": 2, "WriteCapacityUnits": 2}


@pytest.mark.parametrize(("environment", "days"), [("dev", 7), ("staging", 7), ("prod", 30)])
def test_keys_rotate_and_wait_before_they_go(environment: str, days: int) -> None:
    keys = resources(environment, "Core", "AWS::KMS::Key").values()
    assert {key["PendingWindowInDays"] for key in keys} == {days}
    assert {key["EnableKeyRotation"] for key in keys} == {True}
    aliases = {alias["AliasName"] for alias in resources(environment, "Core", "AWS::KMS::Alias").values()}
    assert f"alias/everyonecook-dynamodb-{environment}" in aliases


def test_the_content_bucket_is_private_and_tidied() -> None:
    for environment in ENVIRONMENTS:
        bucket = template(environment, "Core")["Resources"]["Content"]["Properties"]
        assert bucket["BucketName"] == {
            "Fn::Sub": f"everyonecook-content-{environment}-${{AWS::AccountId}}-${{AWS::Region}}"
        }
        assert set(bucket["PublicAccessBlockConfiguration"].values()) == {True}
        rule = bucket["BucketEncryption"]["ServerSideEncryptionConfiguration"][0]["ServerSideEncryptionByDefault"]
        assert rule == {"SSEAlgorithm": "AES256"}
        (tiering,) = bucket["IntelligentTieringConfigurations"]
        assert tiering["Id"] == "EntireBucket"
        assert {(tier["AccessTier"], tier["Days"]) for tier in tiering["Tierings"]} == {
            ("ARCHIVE_ACCESS", 90),
            ("DEEP_ARCHIVE_ACCESS", 180),
        }
        rules = {rule["Id"]: rule for rule in bucket["LifecycleConfiguration"]["Rules"]}
        assert any(rule.get("Prefix") == "posts/temp/" and rule["ExpirationInDays"] == 1 for rule in rules.values())
        assert bucket["MetricsConfigurations"] == [{"Id": "EntireBucket"}]


@pytest.mark.parametrize(("environment", "versioned"), [("dev", False), ("staging", True), ("prod", True)])
def test_the_content_bucket_keeps_versions_outside_dev(environment: str, versioned: bool) -> None:
    bucket = template(environment, "Core")["Resources"]["Content"]["Properties"]
    assert ("VersioningConfiguration" in bucket) is versioned
    old = [
        rule["NoncurrentVersionExpiration"]["NoncurrentDays"]
        for rule in bucket["LifecycleConfiguration"]["Rules"]
        if "NoncurrentVersionExpiration" in rule
    ]
    assert old == ([30] if versioned else [])


@pytest.mark.parametrize(
    ("environment", "origins"),
    [
        ("dev", ["https://dev.everyonecook.cloud", "http://localhost:3000"]),
        ("staging", ["https://staging.everyonecook.cloud"]),
        ("prod", ["https://everyonecook.cloud"]),
    ],
)
def test_the_content_bucket_and_the_cdn_answer_the_pages(environment: str, origins: list[str]) -> None:
    bucket = template(environment, "Core")["Resources"]["Content"]["Properties"]
    assert bucket["CorsConfiguration"]["CorsRules"] == [
        {
            "AllowedOrigins": origins,
            "AllowedMethods": ["GET", "PUT", "POST", "DELETE"],
            "AllowedHeaders": ["*"],
            "ExposedHeaders": ["ETag"],
            "MaxAge": 3000,
        }
    ]
    headers = one(environment, "Core", "AWS::CloudFront::ResponseHeadersPolicy")["ResponseHeadersPolicyConfig"]
    assert headers["Name"] == f"EveryoneCook-Security-{environment}"
    assert headers["CorsConfig"]["AccessControlAllowOrigins"]["Items"] == origins
    assert headers["CorsConfig"]["AccessControlAllowMethods"]["Items"] == ["GET", "HEAD", "OPTIONS"]
    security = headers["SecurityHeadersConfig"]
    assert security["StrictTransportSecurity"]["AccessControlMaxAgeSec"] == 31536000
    assert security["FrameOptions"]["FrameOption"] == "DENY"
    assert security["ReferrerPolicy"]["ReferrerPolicy"] == "strict-origin-when-cross-origin"


def test_the_cdn_caches_as_specified() -> None:
    config = one("prod", "Core", "AWS::CloudFront::Distribution")["DistributionConfig"]
    disabled = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"
    default = config["DefaultCacheBehavior"]
    assert default["CachedMethods"] == ["GET", "HEAD", "OPTIONS"]
    assert [(each["PathPattern"], each["CachePolicyId"]) for each in config["CacheBehaviors"]] == [
        ("/avatars/*", default["CachePolicyId"]),
        ("/backgrounds/*", disabled),
        ("/recipes/*", disabled),
    ]
    for behaviour in (default, *config["CacheBehaviors"]):
        assert behaviour["AllowedMethods"] == ["GET", "HEAD", "OPTIONS"]
        assert behaviour["ViewerProtocolPolicy"] == "redirect-to-https"
        assert behaviour["Compress"] is True
    assert config["PriceClass"] == "PriceClass_200"
    assert config["HttpVersion"] == "http2and3"
    assert config["IPV6Enabled"] is True
    assert config["ViewerCertificate"]["MinimumProtocolVersion"] == "TLSv1.2_2021"
    assert config["ViewerCertificate"]["SslSupportMethod"] == "sni-only"
    assert config["Logging"]["Prefix"] == "cdn-access-logs/"
    assert config["Logging"]["IncludeCookies"] is False
    assert {
        (each["ErrorCode"], each["ResponseCode"], each["ResponsePagePath"], each["ErrorCachingMinTTL"])
        for each in config["CustomErrorResponses"]
    } == {(403, 404, "/404.html", 300), (404, 404, "/404.html", 300)}
    assert len(resources("prod", "Core", "AWS::CloudFront::OriginAccessControl")) == 1
    policy = one("prod", "Core", "AWS::CloudFront::CachePolicy")["CachePolicyConfig"]
    assert policy["Name"] == "EveryoneCook-Public-prod"
    assert (policy["DefaultTTL"], policy["MaxTTL"], policy["MinTTL"]) == (86400, 31536000, 0)
    key = policy["ParametersInCacheKeyAndForwardedToOrigin"]
    assert key["HeadersConfig"] == {"HeaderBehavior": "whitelist", "Headers": ["CloudFront-Viewer-Country"]}
    assert key["QueryStringsConfig"] == {"QueryStringBehavior": "all"}
    assert key["CookiesConfig"] == {"CookieBehavior": "none"}
    assert key["EnableAcceptEncodingBrotli"] is True


CORE_ALARMS: list[tuple[str, str, str, float, int]] = [
    ("v2-ReadThrottle", "ReadThrottleEvents", "Sum", 10, 2),
    ("v2-WriteThrottle", "WriteThrottleEvents", "Sum", 10, 2),
    ("DynamoDB-KMS-HighUsage", "NumberOfOperations", "Sum", 1000, 2),
]


@pytest.mark.parametrize(("name", "metric", "statistic", "threshold", "periods"), CORE_ALARMS)
def test_the_alarms_of_core(name: str, metric: str, statistic: str, threshold: float, periods: int) -> None:
    body = alarm("prod", "Core", name)
    assert body["MetricName"] == metric
    assert body["Statistic"] == statistic
    assert body["Threshold"] == threshold
    assert body["EvaluationPeriods"] == periods
    assert body["ComparisonOperator"] == "GreaterThanThreshold"
    assert body["TreatMissingData"] == "notBreaching"
    assert body["Period"] == 300


def test_the_alarm_on_system_errors_adds_four_operations() -> None:
    body = alarm("prod", "Core", "v2-SystemErrors")
    operations = {
        dimension["Value"]
        for query in body["Metrics"]
        if "MetricStat" in query
        for dimension in query["MetricStat"]["Metric"]["Dimensions"]
        if dimension["Name"] == "Operation"
    }
    assert operations == {"GetItem", "PutItem", "Query", "Scan"}
    assert (body["Threshold"], body["EvaluationPeriods"]) == (5, 2)


def test_the_alarm_on_the_buckets_size() -> None:
    body = one("prod", "Core", "AWS::CloudWatch::Alarm", AlarmName="everyonecook-content-prod-SizeExceeded")
    assert (body["Threshold"], body["Period"], body["Statistic"]) == (214748364800, 86400, "Average")


CORE_OUTPUTS = {
    "DynamoDBTableName",
    "DynamoDBTableArn",
    "DynamoDBTableStreamArn",
    "DynamoDBKeyId",
    "DynamoDBKeyArn",
    "ContentBucketName",
    "ContentBucketArn",
    "ContentBucketDomainName",
    "CdnLogsBucketName",
    "CdnLogsBucketArn",
    "CloudFrontDistributionId",
    "CloudFrontDomainName",
    "CloudFrontDistributionArn",
}


@pytest.mark.parametrize(
    ("stack", "names"),
    [
        ("DNS", {"HostedZoneId", "HostedZoneName", "NameServers"}),
        ("Certificate", {"CloudFrontCertificateArn", "CloudFrontCertificateDomain"}),
        ("Core", CORE_OUTPUTS),
        (
            "Auth",
            {
                "UserPoolId",
                "UserPoolArn",
                "UserPoolClientId",
                "PreSignUpFunctionArn",
                "CustomMessageFunctionArn",
                "PostConfirmationFunctionArn",
                "PreAuthenticationFunctionArn",
                "PostAuthenticationFunctionArn",
            },
        ),
        ("Backend", {"ApiUrl", "ApiId", "ApiStage", "ApiDomainName", "AIQueueUrl", "ImageQueueUrl", "WafWebAclArn"}),
        (
            "Observability",
            {
                "AlarmTopicArn",
                "CompositeAlarmName",
                "CoreDashboardName",
                "AuthDashboardName",
                "BackendDashboardName",
                "OverviewDashboardName",
            },
        ),
    ],
)
def test_the_outputs_are_declared_and_repeated_on_the_root(stack: str, names: set[str]) -> None:
    assert names <= set(template("prod", stack)["Outputs"])
    root = next(each.root for each in system("prod").templates if each.name == stack)
    body = next(each.body for each in system("prod").templates if each.root == root and each.name == "Root")
    for name in names:
        assert body["Outputs"][name]["Value"] == {"Fn::GetAtt": [stack, f"Outputs.{name}"]}


def test_certificates_prove_themselves_in_the_zone() -> None:
    certificates: dict[str, Any] = resources("prod", "Certificate", "AWS::CertificateManager::Certificate")
    assert {body["DomainName"] for body in certificates.values()} == {"cdn.everyonecook.cloud", "*.everyonecook.cloud"}
    for body in certificates.values():
        assert body["ValidationMethod"] == "DNS"
        assert body["DomainValidationOptions"][0]["HostedZoneId"] == {"Ref": "HostedZoneRef"} or body[
            "DomainValidationOptions"
        ][0]["HostedZoneId"] == {"Ref": "HostedZone"}


def test_pages_come_from_a_private_bucket() -> None:
    bucket = template("prod", "Frontend")["Resources"]["SiteBucket"]["Properties"]
    assert set(bucket["PublicAccessBlockConfiguration"].values()) == {True}
    config = one("prod", "Frontend", "AWS::CloudFront::Distribution")["DistributionConfig"]
    assert config["DefaultRootObject"] == "index.html"

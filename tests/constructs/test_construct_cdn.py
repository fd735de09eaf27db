"""Cdn and StaticSite: what is served, how long it is kept, with which headers, and who may read the bucket."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from troposphere import encode_to_dict
from troposphere.sqs import Queue

from ecinfra.assets import Asset
from ecinfra.constructs import (
    CACHING_DISABLED,
    Behaviour,
    Bucket,
    CachePolicy,
    Cdn,
    Certificate,
    ErrorPage,
    GivenZone,
    HeadersPolicy,
    Key,
    StaticSite,
    guests,
)
from ecinfra.units import days, minutes, seconds
from tests.constructs.rendering import linked, new_app, properties, resources

COOK = GivenZone("Z0123456789", "everyonecook.cloud")
CERTIFICATE = Certificate("Cert", "cdn.everyonecook.cloud", COOK)
CONTENT = Bucket("Content", guests=(guests.cdn("ContentCdn"),))
LOGS = Bucket("Logs", guests=(guests.CDN_LOGS, guests.ACCESS_LOGS))
SECURITY = HeadersPolicy("EveryoneCook-Security-dev", cors_origins=("https://dev.everyonecook.cloud",))


def plain(**options: Any) -> Cdn:
    return Cdn("ContentCdn", "everyonecook-dev-content", CONTENT, SECURITY, **options)


def distribution(cdn: Cdn) -> dict[str, Any]:
    """The configuration of a distribution, with all that it refers to around it."""
    made: dict[str, Any] = properties(CERTIFICATE, LOGS, CONTENT, cdn)["ContentCdn"]["DistributionConfig"]
    return made


def test_a_distribution_signs_its_requests_to_a_private_bucket() -> None:
    made = properties(CONTENT, plain())
    assert made["ContentCdnAccess"]["OriginAccessControlConfig"] == {
        "Name": "everyonecook-dev-content",
        "OriginAccessControlOriginType": "s3",
        "SigningBehavior": "always",
        "SigningProtocol": "sigv4",
    }
    assert made["ContentCdn"]["DistributionConfig"] == {
        "Enabled": True,
        "Comment": "everyonecook-dev-content",
        "HttpVersion": "http2and3",
        "IPV6Enabled": True,
        "PriceClass": "PriceClass_200",
        "Origins": [
            {
                "Id": "Content",
                "DomainName": {"Fn::GetAtt": ["Content", "RegionalDomainName"]},
                "OriginAccessControlId": {"Ref": "ContentCdnAccess"},
                "S3OriginConfig": {"OriginAccessIdentity": ""},
            }
        ],
        "DefaultCacheBehavior": {
            "TargetOriginId": "Content",
            "CachePolicyId": "658327ea-f89d-4fab-a63d-7e88639e58f6",
            "ResponseHeadersPolicyId": {"Ref": "ContentCdnHeaders"},
            "ViewerProtocolPolicy": "redirect-to-https",
            "AllowedMethods": ["GET", "HEAD", "OPTIONS"],
            "CachedMethods": ["GET", "HEAD", "OPTIONS"],
            "Compress": True,
        },
        "ViewerCertificate": {"CloudFrontDefaultCertificate": True},
    }


def test_the_bucket_is_open_to_this_distribution_only() -> None:
    statement = properties(CONTENT, plain())["ContentPolicy"]["PolicyDocument"]["Statement"][1]
    arn = "arn:${AWS::Partition}:cloudfront::${AWS::AccountId}:distribution/${ContentCdn}"
    assert statement == {
        "Effect": "Allow",
        "Principal": {"Service": "cloudfront.amazonaws.com"},
        "Action": ["s3:GetObject"],
        "Resource": [{"Fn::Sub": "${Content.Arn}/*"}],
        "Condition": {"StringEquals": {"AWS:SourceArn": {"Fn::Sub": arn}}},
    }


def test_a_domain_comes_with_its_certificate_and_modern_tls() -> None:
    made = distribution(plain(domain="cdn.everyonecook.cloud", certificate=CERTIFICATE))
    assert made["Aliases"] == ["cdn.everyonecook.cloud"]
    assert made["ViewerCertificate"] == {
        "AcmCertificateArn": {"Ref": "Cert"},
        "MinimumProtocolVersion": "TLSv1.2_2021",
        "SslSupportMethod": "sni-only",
    }


def test_paths_are_cached_in_ways_of_their_own() -> None:
    policy = CachePolicy("EveryoneCook-Public-dev", headers=("CloudFront-Viewer-Country",))
    made = distribution(
        plain(cache=policy, behaviours=(Behaviour("/avatars/*"), Behaviour("/recipes/*", CACHING_DISABLED)))
    )
    shared = {
        "TargetOriginId": "Content",
        "ResponseHeadersPolicyId": {"Ref": "ContentCdnHeaders"},
        "ViewerProtocolPolicy": "redirect-to-https",
        "AllowedMethods": ["GET", "HEAD", "OPTIONS"],
        "Compress": True,
    }
    kept = {**shared, "CachePolicyId": {"Ref": "ContentCdnCache"}, "CachedMethods": ["GET", "HEAD", "OPTIONS"]}
    assert made["DefaultCacheBehavior"] == kept
    assert made["CacheBehaviors"] == [
        {**kept, "PathPattern": "/avatars/*"},
        {**shared, "PathPattern": "/recipes/*", "CachePolicyId": "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"},
    ]


def test_a_cache_policy_keeps_answers_apart_by_query_and_header_and_never_by_cookie() -> None:
    policy = CachePolicy("EveryoneCook-Public-dev", headers=("CloudFront-Viewer-Country",))
    assert properties(CONTENT, plain(cache=policy))["ContentCdnCache"]["CachePolicyConfig"] == {
        "Name": "EveryoneCook-Public-dev",
        "DefaultTTL": 86400,
        "MaxTTL": 31536000,
        "MinTTL": 0,
        "ParametersInCacheKeyAndForwardedToOrigin": {
            "EnableAcceptEncodingGzip": True,
            "EnableAcceptEncodingBrotli": True,
            "HeadersConfig": {"HeaderBehavior": "whitelist", "Headers": ["CloudFront-Viewer-Country"]},
            "QueryStringsConfig": {"QueryStringBehavior": "all"},
            "CookiesConfig": {"CookieBehavior": "none"},
        },
    }


def test_a_cache_policy_may_look_at_no_header() -> None:
    made = properties(CONTENT, plain(cache=CachePolicy("short", default=minutes(1), longest=days(1))))
    config = made["ContentCdnCache"]["CachePolicyConfig"]
    assert (config["DefaultTTL"], config["MaxTTL"]) == (60, 86400)
    assert config["ParametersInCacheKeyAndForwardedToOrigin"]["HeadersConfig"] == {"HeaderBehavior": "none"}


def test_times_that_contradict_one_another_are_refused() -> None:
    with pytest.raises(ValueError) as caught:
        CachePolicy("short", default=seconds(5), shortest=seconds(10))
    assert (
        str(caught.value) == "default: 5 seconds are not between shortest, which is 10, and longest, which is 31536000"
    )


def test_every_answer_carries_security_headers_that_the_bucket_cannot_override() -> None:
    made = properties(CONTENT, plain())["ContentCdnHeaders"]["ResponseHeadersPolicyConfig"]
    assert made == {
        "Name": "EveryoneCook-Security-dev",
        "SecurityHeadersConfig": {
            "ContentTypeOptions": {"Override": True},
            "FrameOptions": {"FrameOption": "DENY", "Override": True},
            "ReferrerPolicy": {"ReferrerPolicy": "strict-origin-when-cross-origin", "Override": True},
            "StrictTransportSecurity": {
                "AccessControlMaxAgeSec": 31536000,
                "IncludeSubdomains": True,
                "Override": True,
            },
            "XSSProtection": {"Protection": True, "ModeBlock": True, "Override": True},
        },
        "CorsConfig": {
            "AccessControlAllowCredentials": False,
            "AccessControlAllowHeaders": {"Items": ["*"]},
            "AccessControlAllowMethods": {"Items": ["GET", "HEAD", "OPTIONS"]},
            "AccessControlAllowOrigins": {"Items": ["https://dev.everyonecook.cloud"]},
            "OriginOverride": True,
        },
    }


def test_errors_are_answered_with_pages() -> None:
    pages = (ErrorPage(403, "/404.html", 404), ErrorPage(404, "/404.html", 404, kept=seconds(0)))
    assert distribution(plain(errors=pages))["CustomErrorResponses"] == [
        {"ErrorCode": 403, "ResponseCode": 404, "ResponsePagePath": "/404.html", "ErrorCachingMinTTL": 300},
        {"ErrorCode": 404, "ResponseCode": 404, "ResponsePagePath": "/404.html", "ErrorCachingMinTTL": 0},
    ]


def test_requests_are_logged_without_cookies() -> None:
    assert distribution(plain(logs=LOGS.folder("cdn-access-logs/")))["Logging"] == {
        "Bucket": {"Fn::GetAtt": ["Logs", "RegionalDomainName"]},
        "Prefix": "cdn-access-logs/",
        "IncludeCookies": False,
    }


def test_additional_metrics_are_subscribed_to() -> None:
    made = resources(CONTENT, plain())["ContentCdnMetrics"]
    assert made == {
        "Type": "AWS::CloudFront::MonitoringSubscription",
        "Properties": {
            "DistributionId": {"Ref": "ContentCdn"},
            "MonitoringSubscription": {
                "RealtimeMetricsSubscriptionConfig": {"RealtimeMetricsSubscriptionStatus": "Enabled"}
            },
        },
    }


def test_its_metrics_are_global_and_published_in_virginia() -> None:
    metric = plain().metric("CacheHitRate", "Average")
    assert (metric.namespace, metric.statistic, metric.region) == ("AWS/CloudFront", "Average", "us-east-1")
    assert encode_to_dict({**metric.dimensions}) == {"DistributionId": {"Ref": "ContentCdn"}, "Region": "Global"}


def test_a_record_of_it_stands_for_its_own_name_in_cloudfronts_zone() -> None:
    alias = plain().alias
    assert encode_to_dict(alias.dns_name) == {"Fn::GetAtt": ["ContentCdn", "DomainName"]}
    assert (alias.zone_id, alias.ipv6) == ("Z2FDTNDATAQYW2", True)


def test_its_arn_is_put_together_where_it_lives() -> None:
    app = new_app()
    core = app.stack("Core")
    core.add(CONTENT)
    cdn = core.add(plain())
    backend = app.stack("Backend")
    backend.add(Queue("Jobs"))
    backend.output("DistributionArn", cdn.arn)
    app.stack("Frontend").add(Bucket("Mirror", guests=(guests.cdn("ContentCdn"),)))
    statement = linked(app)["Frontend"]["MirrorPolicy"]["Properties"]["PolicyDocument"]["Statement"][1]
    assert statement["Condition"] == {"StringEquals": {"AWS:SourceArn": {"Ref": "ContentCdnHasArn"}}}


@pytest.mark.parametrize("half", [{"domain": "cdn.everyonecook.cloud"}, {"certificate": CERTIFICATE}])
def test_a_domain_without_a_certificate_is_refused(half: dict[str, Any]) -> None:
    with pytest.raises(ValueError) as caught:
        plain(**half)
    assert str(caught.value) == "domain, certificate: neither goes without the other"


def test_a_bucket_that_it_could_not_read_is_refused() -> None:
    with pytest.raises(ValueError) as caught:
        Cdn("ContentCdn", "content", Bucket("Content", guests=(guests.cdn("Other"),)), SECURITY)
    assert str(caught.value) == (
        'origin: Content does not let in cloudfront.amazonaws.com; give it guests.cdn("ContentCdn")'
    )


def test_a_key_that_it_could_not_use_is_refused() -> None:
    key = Key("ObjectKey", "objects", "Encrypts the objects", used_by=(guests.S3,))
    with pytest.raises(ValueError) as caught:
        Cdn("ContentCdn", "content", Bucket("Content", key=key, guests=(guests.cdn("ContentCdn"),)), SECURITY)
    assert str(caught.value) == (
        "origin: ObjectKey does not let in cloudfront.amazonaws.com; give it guests.CLOUDFRONT"
    )


def test_a_log_bucket_that_takes_no_logs_is_refused() -> None:
    with pytest.raises(ValueError) as caught:
        plain(logs=Bucket("Logs").folder("cdn/"))
    assert str(caught.value) == "logs: Logs does not let in cloudfront.amazonaws.com; give it guests.CDN_LOGS"


def new_site(folder: Path, **options: Any) -> StaticSite:
    (folder / "index.html").write_text("<h1>Cook</h1>")
    return StaticSite("Site", "everyonecook-dev-site", Asset(folder), "default-src 'self'", **options)


def test_a_site_is_a_private_bucket_behind_a_distribution(tmp_path: Path) -> None:
    site = new_site(tmp_path)
    made = resources(site)
    assert {name: body["Type"].removeprefix("AWS::") for name, body in made.items()} == {
        "SiteBucket": "S3::Bucket",
        "SiteBucketPolicy": "S3::BucketPolicy",
        "SiteIndex": "CloudFront::Function",
        "SiteCdnAccess": "CloudFront::OriginAccessControl",
        "SiteCdnHeaders": "CloudFront::ResponseHeadersPolicy",
        "SiteCdn": "CloudFront::Distribution",
        "SiteCdnMetrics": "CloudFront::MonitoringSubscription",
    }
    config = made["SiteCdn"]["Properties"]["DistributionConfig"]
    assert config["DefaultRootObject"] == "index.html"
    assert config["DefaultCacheBehavior"]["FunctionAssociations"] == [
        {"EventType": "viewer-request", "FunctionARN": {"Fn::GetAtt": ["SiteIndex", "FunctionARN"]}}
    ]
    assert [
        (page["ErrorCode"], page["ResponseCode"], page["ResponsePagePath"]) for page in config["CustomErrorResponses"]
    ] == [
        (403, 404, "/404.html"),
        (404, 404, "/404.html"),
    ]
    headers = made["SiteCdnHeaders"]["Properties"]["ResponseHeadersPolicyConfig"]["SecurityHeadersConfig"]
    assert headers["ContentSecurityPolicy"] == {"ContentSecurityPolicy": "default-src 'self'", "Override": True}
    assert site.content.digest == Asset(tmp_path).digest


def test_a_single_page_answers_every_path(tmp_path: Path) -> None:
    config = properties(new_site(tmp_path, single_page=True))["SiteCdn"]["DistributionConfig"]
    assert [
        (page["ErrorCode"], page["ResponseCode"], page["ResponsePagePath"]) for page in config["CustomErrorResponses"]
    ] == [
        (403, 200, "/index.html"),
        (404, 200, "/index.html"),
    ]


def test_a_site_stands_under_its_domain_and_logs_below_its_name(tmp_path: Path) -> None:
    certificate = Certificate("Cert", "*.everyonecook.cloud", COOK)
    site = new_site(tmp_path, domain="dev.everyonecook.cloud", certificate=certificate, zone=COOK, logs=LOGS)
    made = properties(certificate, LOGS, site)
    assert made["SiteCdn"]["DistributionConfig"]["Aliases"] == ["dev.everyonecook.cloud"]
    assert made["SiteRecord"]["AliasTarget"]["DNSName"] == {"Fn::GetAtt": ["SiteCdn", "DomainName"]}
    assert made["SiteRecordV6"]["Type"] == "AAAA"
    assert made["SiteBucket"]["LoggingConfiguration"]["LogFilePrefix"] == "everyonecook-dev-site/access/"
    assert made["SiteCdn"]["DistributionConfig"]["Logging"]["Prefix"] == "everyonecook-dev-site/cdn/"


def test_a_site_with_half_an_address_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError) as caught:
        new_site(tmp_path, domain="dev.everyonecook.cloud")
    assert str(caught.value) == "domain, zone: neither goes without the other"

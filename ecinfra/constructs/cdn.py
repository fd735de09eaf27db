"""A CDN in front of a private bucket."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Any, Literal

from troposphere import AWSObject, GetAtt, Ref, cloudfront

from ecinfra.constructs.bucket import Bucket, Folder
from ecinfra.constructs.caching import CACHING_OPTIMIZED, CachePolicy, HeadersPolicy
from ecinfra.constructs.certificate import Certificate
from ecinfra.constructs.guests import CDN_LOGS, CLOUDFRONT, cdn, distribution_arn, expect
from ecinfra.constructs.metric import Metric
from ecinfra.constructs.zone import Alias
from ecinfra.frozen import frozen
from ecinfra.parts import given
from ecinfra.units import Seconds, minutes

PriceClass = Literal["PriceClass_100", "PriceClass_200", "PriceClass_All"]

# The zone of every distribution's own name
_ZONE = "Z2FDTNDATAQYW2"
_READING = ("GET", "HEAD", "OPTIONS")


@frozen
class Behaviour:
    """Paths that are cached in a way of their own: by the CDN's policy, or one of CloudFront's."""

    path: str
    cache: str | None = None


@frozen
class ErrorPage:
    """What is answered in place of an error of the bucket."""

    error: int
    path: str
    status: int
    kept: Seconds = minutes(5)


@frozen
class Cdn:
    """A distribution of one bucket, which has `guests.cdn(title)` among its guests."""

    title: str
    name: str
    origin: Bucket
    headers: HeadersPolicy
    cache: CachePolicy | str = CACHING_OPTIMIZED
    behaviours: tuple[Behaviour, ...] = ()
    errors: tuple[ErrorPage, ...] = ()
    domain: str | None = None
    certificate: Certificate | None = None
    logs: Folder | None = None
    first_page: str | None = None
    on_request: Any = None
    price_class: PriceClass = "PriceClass_200"

    def __post_init__(self) -> None:
        if (self.domain is None) != (self.certificate is None):
            raise ValueError("domain, certificate: neither goes without the other")
        expect(cdn(self.title), self.origin.guests, "origin", self.origin.title)
        if self.origin.key:
            expect(CLOUDFRONT, self.origin.key.used_by, "origin", self.origin.key.title)
        if self.logs:
            expect(CDN_LOGS, self.logs.bucket.guests, "logs", self.logs.bucket.title)

    @cached_property
    def id(self) -> Any:
        """Its id."""
        return Ref(self.title)

    @cached_property
    def arn(self) -> Any:
        """Its ARN."""
        return distribution_arn(self.title)

    @cached_property
    def domain_name(self) -> Any:
        """The host name that CloudFront gave it."""
        return GetAtt(self.title, "DomainName")

    @cached_property
    def alias(self) -> Alias:
        """What a record of its domain stands for."""
        return Alias(self.domain_name, _ZONE, ipv6=True)

    def metric(self, name: str, statistic: str = "Sum", *, period: Seconds = minutes(5)) -> Metric:
        """One of its metrics; an alarm on it lives in us-east-1."""
        found = {"DistributionId": self.id, "Region": "Global"}
        return Metric("AWS/CloudFront", name, statistic, found, period, region="us-east-1")

    def resources(self) -> Iterable[AWSObject]:
        """The distribution, what lets it into the bucket, its policies, and its additional metrics."""
        yield cloudfront.OriginAccessControl(
            self._access_title,
            OriginAccessControlConfig=cloudfront.OriginAccessControlConfig(
                Name=self.name,
                OriginAccessControlOriginType="s3",
                SigningBehavior="always",
                SigningProtocol="sigv4",
            ),
        )
        yield self.headers.resource(self._headers_title)
        if isinstance(self.cache, CachePolicy):
            yield self.cache.resource(self._cache_title)
        yield cloudfront.Distribution(self.title, DistributionConfig=self._distribution())
        # without these there is no CacheHitRate, and no rate of any single error
        yield cloudfront.MonitoringSubscription(
            f"{self.title}Metrics",
            DistributionId=self.id,
            MonitoringSubscription=cloudfront.MonitoringSubscriptionProperty(
                RealtimeMetricsSubscriptionConfig=cloudfront.RealtimeMetricsSubscriptionConfig(
                    RealtimeMetricsSubscriptionStatus="Enabled"
                )
            ),
        )

    @property
    def _access_title(self) -> str:
        return f"{self.title}Access"

    @property
    def _headers_title(self) -> str:
        return f"{self.title}Headers"

    @property
    def _cache_title(self) -> str:
        return f"{self.title}Cache"

    def _distribution(self) -> cloudfront.DistributionConfig:
        return cloudfront.DistributionConfig(
            Enabled=True,
            Comment=self.name,
            HttpVersion="http2and3",
            IPV6Enabled=True,
            PriceClass=self.price_class,
            Origins=[self._origin()],
            DefaultCacheBehavior=cloudfront.DefaultCacheBehavior(**self._behaviour(None)),
            ViewerCertificate=self._viewer_certificate(),
            **given(
                Aliases=[self.domain] if self.domain else None,
                DefaultRootObject=self.first_page,
                CacheBehaviors=[
                    cloudfront.CacheBehavior(PathPattern=behaviour.path, **self._behaviour(behaviour.cache))
                    for behaviour in self.behaviours
                ]
                or None,
                CustomErrorResponses=[_answer(page) for page in self.errors] or None,
                Logging=self.logs and _logging(self.logs),
            ),
        )

    def _origin(self) -> cloudfront.Origin:
        return cloudfront.Origin(
            Id=self.origin.title,
            DomainName=self.origin.regional_domain_name,
            OriginAccessControlId=Ref(self._access_title),
            # a distribution that signs its requests has no identity of the old kind, and must say so
            S3OriginConfig=cloudfront.S3OriginConfig(OriginAccessIdentity=""),
        )

    def _behaviour(self, cache: str | None) -> dict[str, Any]:
        own = self.cache if isinstance(self.cache, str) else Ref(self._cache_title)
        seen = self.on_request and [
            cloudfront.FunctionAssociation(EventType="viewer-request", FunctionARN=self.on_request)
        ]
        return {
            "TargetOriginId": self.origin.title,
            "CachePolicyId": cache or own,
            "ResponseHeadersPolicyId": Ref(self._headers_title),
            "ViewerProtocolPolicy": "redirect-to-https",
            "AllowedMethods": list(_READING),
            "Compress": True,
            **given(CachedMethods=None if cache else list(_READING), FunctionAssociations=seen),
        }

    def _viewer_certificate(self) -> cloudfront.ViewerCertificate:
        if self.certificate is None:
            return cloudfront.ViewerCertificate(CloudFrontDefaultCertificate=True)
        return cloudfront.ViewerCertificate(
            AcmCertificateArn=self.certificate.arn,
            MinimumProtocolVersion="TLSv1.2_2021",
            SslSupportMethod="sni-only",
        )


def _answer(page: ErrorPage) -> cloudfront.CustomErrorResponse:
    return cloudfront.CustomErrorResponse(
        ErrorCode=page.error, ResponseCode=page.status, ResponsePagePath=page.path, ErrorCachingMinTTL=page.kept
    )


def _logging(logs: Folder) -> cloudfront.Logging:
    return cloudfront.Logging(Bucket=logs.bucket.regional_domain_name, Prefix=logs.prefix, IncludeCookies=False)

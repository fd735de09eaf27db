"""What a CDN keeps and for how long, and which headers it adds."""

from __future__ import annotations

from troposphere import cloudfront

from ecinfra.frozen import frozen
from ecinfra.parts import given
from ecinfra.units import Seconds, days, seconds

# CloudFront's own cache policies, the same in every account
CACHING_DISABLED = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"
CACHING_OPTIMIZED = "658327ea-f89d-4fab-a63d-7e88639e58f6"


@frozen
class CachePolicy:
    """How long answers are kept, and which headers tell them apart; every query string does, and no cookie."""

    name: str
    default: Seconds = days(1)
    longest: Seconds = days(365)
    shortest: Seconds = seconds(0)
    headers: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not 0 <= self.shortest <= self.default <= self.longest:
            raise ValueError(
                f"default: {self.default} seconds are not between shortest, which is {self.shortest}, "
                f"and longest, which is {self.longest}"
            )

    def resource(self, title: str) -> cloudfront.CachePolicy:
        """The policy."""
        headers = cloudfront.CacheHeadersConfig(HeaderBehavior="none")
        if self.headers:
            headers = cloudfront.CacheHeadersConfig(HeaderBehavior="whitelist", Headers=list(self.headers))
        return cloudfront.CachePolicy(
            title,
            CachePolicyConfig=cloudfront.CachePolicyConfig(
                Name=self.name,
                DefaultTTL=self.default,
                MaxTTL=self.longest,
                MinTTL=self.shortest,
                ParametersInCacheKeyAndForwardedToOrigin=cloudfront.ParametersInCacheKeyAndForwardedToOrigin(
                    EnableAcceptEncodingGzip=True,
                    EnableAcceptEncodingBrotli=True,
                    HeadersConfig=headers,
                    QueryStringsConfig=cloudfront.CacheQueryStringsConfig(QueryStringBehavior="all"),
                    CookiesConfig=cloudfront.CacheCookiesConfig(CookieBehavior="none"),
                ),
            ),
        )


@frozen
class HeadersPolicy:
    """The security headers of every answer; which other origins may read it, and what a page may load."""

    name: str
    cors_origins: tuple[str, ...] = ()
    content_security: str | None = None

    def resource(self, title: str) -> cloudfront.ResponseHeadersPolicy:
        """The policy."""
        return cloudfront.ResponseHeadersPolicy(
            title,
            ResponseHeadersPolicyConfig=cloudfront.ResponseHeadersPolicyConfig(
                Name=self.name,
                SecurityHeadersConfig=self._security(),
                **given(CorsConfig=self._cors() if self.cors_origins else None),
            ),
        )

    def _security(self) -> cloudfront.SecurityHeadersConfig:
        content = self.content_security and cloudfront.ContentSecurityPolicy(
            ContentSecurityPolicy=self.content_security, Override=True
        )
        return cloudfront.SecurityHeadersConfig(
            ContentTypeOptions=cloudfront.ContentTypeOptions(Override=True),
            FrameOptions=cloudfront.FrameOptions(FrameOption="DENY", Override=True),
            ReferrerPolicy=cloudfront.ReferrerPolicy(ReferrerPolicy="strict-origin-when-cross-origin", Override=True),
            StrictTransportSecurity=cloudfront.StrictTransportSecurity(
                AccessControlMaxAgeSec=days(365), IncludeSubdomains=True, Override=True
            ),
            XSSProtection=cloudfront.XSSProtection(Protection=True, ModeBlock=True, Override=True),
            **given(ContentSecurityPolicy=content),
        )

    def _cors(self) -> cloudfront.CorsConfig:
        return cloudfront.CorsConfig(
            AccessControlAllowCredentials=False,
            AccessControlAllowHeaders=cloudfront.AccessControlAllowHeaders(Items=["*"]),
            AccessControlAllowMethods=cloudfront.AccessControlAllowMethods(Items=["GET", "HEAD", "OPTIONS"]),
            AccessControlAllowOrigins=cloudfront.AccessControlAllowOrigins(Items=list(self.cors_origins)),
            OriginOverride=True,
        )

"""The API of Backend, and the web ACL before it."""

from __future__ import annotations

from ecinfra import Stack
from ecinfra.constructs import (
    ApiAccount,
    ApiDomain,
    Association,
    Authorizer,
    BodySize,
    Cache,
    Certificate,
    Cors,
    Function,
    GivenZone,
    Managed,
    RateLimit,
    RestApi,
    Throttle,
    Validators,
    WebAcl,
    Zone,
)
from ecinfra.units import mebibytes, minutes
from templates.everyonecook.auth import Auth
from templates.everyonecook.core import Core
from templates.everyonecook.names import HANDLERS, api_origins, small
from templates.everyonecook.settings import Settings

_HEADERS = (
    "Content-Type",
    "Authorization",
    "X-Amz-Date",
    "X-Api-Key",
    "X-Amz-Security-Token",
    "X-Correlation-Id",
    "Cache-Control",
    "Accept-Encoding",
)


def add_api(
    backend: Stack,
    settings: Settings,
    zone: Zone | GivenZone | None,
    core: Core,
    auth: Auth,
    account: ApiAccount | None,
    router: Function,
) -> RestApi:
    """The API that the contract describes, every route of it answered by the router."""
    environment = settings.environment
    return backend.add(
        RestApi(
            "Api",
            f"EveryoneCook-API-{environment}",
            contract=HANDLERS.folder / "api.json",
            integration=router,
            authorizer=Authorizer(f"EveryoneCook-Authorizer-{environment}", auth.pool.arn, minutes(5)),
            validators=Validators(
                body=f"EveryoneCook-BodyValidator-{environment}",
                parameters=f"EveryoneCook-ParamsValidator-{environment}",
                full=f"EveryoneCook-FullValidator-{environment}",
            ),
            cors=Cors(
                api_origins(settings),
                methods=("GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"),
                headers=_HEADERS,
                on_errors=_HEADERS[:6],
            ),
            throttle=Throttle(rate=10_000, burst=5_000),
            account=account,
            domain=_domain(backend, settings, zone),
            cache=Cache("0.5", minutes(5)) if settings.api_cached else None,
            data_trace=settings.api_data_trace,
            log_name=f"/aws/apigateway/everyonecook-{environment}",
            log_days=settings.log_days,
            log_key=core.key,
        ),
        tags={"Component": "API", "Purpose": "REST-API"},
    )


def _domain(backend: Stack, settings: Settings, zone: Zone | GivenZone | None) -> ApiDomain | None:
    if zone is None or settings.domains is None:
        return None
    domain = settings.domains.zone
    certificate = backend.add(
        Certificate("ApiCertificate", f"*.{domain}", zone, others=(domain,)),
        tags={"Component": "API", "Purpose": "API-SSL"},
    )
    return ApiDomain("ApiDomain", settings.domains.api, certificate.arn, zone)


def add_web_acl(backend: Stack, settings: Settings, core: Core, api: RestApi) -> WebAcl:
    """Five rules, in the order in which they are asked; why the size rule is as it is stands in decision 5."""
    tags = {"Component": "Security", "Purpose": "API-Gateway-Protection"}
    acl = backend.add(
        WebAcl(
            "ApiWebAcl",
            f"EveryoneCook-API-WAF-{settings.environment}",
            rules=(
                RateLimit("RateLimitRule", settings.requests_per_address),
                Managed("AWSManagedRulesSQLi", "AWSManagedRulesSQLiRuleSet"),
                Managed("AWSManagedRulesKnownBadInputs", "AWSManagedRulesKnownBadInputsRuleSet"),
                Managed(
                    "AWSManagedRulesCoreRuleSet", "AWSManagedRulesCommonRuleSet", counted=("SizeRestrictions_BODY",)
                ),
                BodySize("RequestSizeLimit", over=mebibytes(10)),
            ),
            log_name=f"aws-waf-logs-{small(settings, '').rstrip('-')}",
            log_days=settings.log_days,
            log_key=core.key,
        ),
        tags=tags,
    )
    backend.add(Association("ApiWebAclAssociation", acl, api.stage_arn), tags=tags)
    return acl

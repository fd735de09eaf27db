"""RestApi: a contract, a function, and what stands between them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from troposphere import GetAtt, Parameter, Ref

from ecinfra import App
from ecinfra.assets import Asset
from ecinfra.constructs import (
    ApiAccount,
    ApiDomain,
    Association,
    Authorizer,
    BodySize,
    Cache,
    Cors,
    Function,
    GivenZone,
    RestApi,
    Throttle,
    UserPool,
    Validators,
    WebAcl,
)
from ecinfra.errors import ContractError
from ecinfra.frozen import replace
from ecinfra.link.linker import link
from ecinfra.render import render
from ecinfra.units import mebibytes, seconds
from tests.constructs.rendering import linked, new_app, properties, resources
from tests.openapi.contracts import PROTECTED, operation, write

ROOT = Path(__file__).parents[2]
EVERYONECOOK = ROOT / "handlers/everyonecook/api.json"
CODE = Asset(ROOT / "tests/openapi")
ROUTER = Function("Router", code=CODE, handler="router.handler")
POOL = UserPool("Users", "Kitchen-dev", attributes=())
HEADERS = ["Content-Type", "Authorization", "X-Correlation-Id", "Cache-Control"]


def api_of(contract: Path, **more: Any) -> RestApi:
    """An API of a contract, with whatever is to be tried of it."""
    return RestApi(
        "Api",
        "Kitchen-dev",
        contract=contract,
        integration=ROUTER,
        authorizer=Authorizer("Pool-dev", POOL.arn),
        validators=Validators("Body-dev", "Params-dev", "Full-dev"),
        cors=Cors(["https://everyonecook.cloud"], ["GET", "OPTIONS"], HEADERS, HEADERS[:3]),
        throttle=Throttle(rate=10_000, burst=5_000),
        **more,
    )


@pytest.fixture
def contract(tmp_path: Path) -> Path:
    return write(
        tmp_path,
        {
            "/health": {"get": operation("health")},
            "/dishes": {"get": operation("dishes", PROTECTED), "post": operation("cook", **{"x-sensitive": True})},
        },
    )


def deployment_of(app: App) -> str:
    """The logical id of the one deployment of an app."""
    (found,) = [
        name
        for bodies in linked(app).values()
        for name, body in bodies.items()
        if body["Type"] == "AWS::ApiGateway::Deployment"
    ]
    return found


def app_with(api: RestApi, router: Function = ROUTER) -> App:
    """An app in which function, pool and API live in three stacks."""
    app = new_app()
    functions, auth, backend = (app.stack(name) for name in ("Functions", "Auth", "Backend"))
    functions.add(router)
    auth.add(POOL)
    if api.account:
        auth.add(api.account)
    backend.add(api)
    return app


def test_the_api_is_regional_and_made_in_one_piece(contract: Path) -> None:
    made = properties(ROUTER, POOL, api_of(contract))["Api"]
    body = made.pop("Body")
    assert made == {
        "Name": "Kitchen-dev",
        "FailOnWarnings": True,
        "Parameters": {"endpointConfigurationTypes": "REGIONAL"},
        "EndpointConfiguration": {"Types": ["REGIONAL"]},
        "BinaryMediaTypes": ["image/*", "application/octet-stream"],
        "MinimumCompressionSize": 1024,
    }
    assert body["info"] == {"title": "Kitchen-dev", "version": "1"}
    assert body["components"]["securitySchemes"]["Pool-dev"]["x-amazon-apigateway-authorizer"]["providerARNs"] == [
        {"Fn::GetAtt": ["Users", "Arn"]}
    ]
    assert body["paths"]["/health"]["get"]["x-amazon-apigateway-integration"]["uri"] == {
        "Fn::Sub": "arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/"
        "${Router.Arn}/invocations"
    }


def test_the_stage_logs_limits_and_stands_on_the_deployment(contract: Path) -> None:
    made = properties(ROUTER, POOL, api_of(contract, log_name="/aws/apigateway/kitchen-dev", log_days=7))
    stage = made["ApiStage"]
    deployment = stage.pop("DeploymentId")["Ref"]
    assert made[deployment] == {"RestApiId": {"Ref": "Api"}}
    assert json.loads(stage["AccessLogSetting"].pop("Format")) == {
        "requestId": "$context.requestId",
        "ip": "$context.identity.sourceIp",
        "user": "$context.identity.user",
        "caller": "$context.identity.caller",
        "requestTime": "$context.requestTime",
        "httpMethod": "$context.httpMethod",
        "resourcePath": "$context.resourcePath",
        "status": "$context.status",
        "protocol": "$context.protocol",
        "responseLength": "$context.responseLength",
    }
    assert stage == {
        "StageName": "api",
        "RestApiId": {"Ref": "Api"},
        "AccessLogSetting": {"DestinationArn": {"Fn::GetAtt": ["ApiLog", "Arn"]}},
        "MethodSettings": [
            {
                "HttpMethod": "*",
                "ResourcePath": "/*",
                "LoggingLevel": "INFO",
                "MetricsEnabled": True,
                "DataTraceEnabled": False,
                "ThrottlingRateLimit": 10_000,
                "ThrottlingBurstLimit": 5_000,
                "CachingEnabled": False,
            }
        ],
        "TracingEnabled": False,
        "CacheClusterEnabled": False,
    }
    assert made["ApiLog"] == {"LogGroupName": "/aws/apigateway/kitchen-dev", "RetentionInDays": 7}


def test_api_gateway_may_call_the_function_for_this_api_only(contract: Path) -> None:
    assert properties(ROUTER, POOL, api_of(contract))["ApiPermission"] == {
        "Action": "lambda:InvokeFunction",
        "FunctionName": {"Fn::GetAtt": ["Router", "Arn"]},
        "Principal": "apigateway.amazonaws.com",
        "SourceArn": {"Fn::Sub": "arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${Api}/*/*"},
    }


def test_a_cache_holds_what_is_the_same_for_everybody_and_is_encrypted(contract: Path) -> None:
    stage = properties(ROUTER, POOL, api_of(contract, cache=Cache()))["ApiStage"]
    assert (stage["CacheClusterEnabled"], stage["CacheClusterSize"]) == (True, "0.5")
    assert [
        (
            one["HttpMethod"],
            one["ResourcePath"],
            one["CachingEnabled"],
            one["CacheTtlInSeconds"],
            one["CacheDataEncrypted"],
        )
        for one in stage["MethodSettings"]
    ] == [("*", "/*", False, 300, True), ("GET", "/~1health", True, 300, True)]


def test_passwords_are_not_traced(contract: Path) -> None:
    settings = properties(ROUTER, POOL, api_of(contract, data_trace=True))["ApiStage"]["MethodSettings"]
    assert [(one["HttpMethod"], one["ResourcePath"], one["DataTraceEnabled"]) for one in settings] == [
        ("*", "/*", True),
        ("POST", "/~1dishes", False),
    ]
    assert settings[1]["ThrottlingRateLimit"] == 10_000
    assert settings[1]["LoggingLevel"] == "INFO"


def test_the_stage_stands_after_the_accounts_leave_to_log(contract: Path) -> None:
    account = ApiAccount("ApiAccount")
    here = resources(account, ROUTER, POOL, api_of(contract, account=account))
    assert here["ApiStage"]["DependsOn"] == "ApiAccount"
    elsewhere = app_with(api_of(contract, account=account))
    assert "DependsOn" not in linked(elsewhere)["Backend"]["ApiStage"]
    assert link(elsewhere).stacks[-1].needs == ("Functions", "Auth")


def test_the_deployment_is_new_when_what_it_freezes_is(contract: Path) -> None:
    before = deployment_of(app_with(api_of(contract)))
    assert deployment_of(app_with(api_of(contract))) == before
    assert deployment_of(app_with(api_of(contract, data_trace=True, log_days=90))) == before
    assert deployment_of(app_with(api_of(contract), replace(ROUTER, memory=1024))) == before
    assert deployment_of(app_with(api_of(contract, compression_from=2048))) != before
    assert deployment_of(app_with(api_of(contract), replace(ROUTER, name="kitchen-router"))) != before
    write(contract.parent, {"/health": {"get": operation("health", PROTECTED)}})
    assert deployment_of(app_with(api_of(contract))) != before


def test_its_addresses_are_put_together_where_it_lives(contract: Path) -> None:
    api = api_of(contract)
    app = app_with(api)
    for name, value in {"Stage": api.stage_arn, "Url": api.url, "Host": api.host, "Call": api.execution_arn}.items():
        app.stacks["Backend"].output(name, value)
    assert link(app).stacks[-1].template["Outputs"] == {
        "Stage": {
            "Value": {"Fn::Sub": "arn:${AWS::Partition}:apigateway:${AWS::Region}::/restapis/${Api}/stages/${ApiStage}"}
        },
        "Url": {"Value": {"Fn::Sub": "https://${Api}.execute-api.${AWS::Region}.${AWS::URLSuffix}/${ApiStage}"}},
        "Host": {"Value": {"Fn::Sub": "${Api}.execute-api.${AWS::Region}.${AWS::URLSuffix}"}},
        "Call": {"Value": {"Fn::Sub": "arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${Api}"}},
    }


def test_it_answers_at_a_domain_of_its_own(contract: Path) -> None:
    zone = GivenZone("Z1", "everyonecook.cloud")
    api = api_of(contract, domain=ApiDomain("ApiDomain", "api.everyonecook.cloud", "arn:of:certificate", zone))
    made = properties(ROUTER, POOL, api)
    assert (api.host, api.url) == ("api.everyonecook.cloud", "https://api.everyonecook.cloud")
    assert made["ApiDomain"] == {
        "DomainName": "api.everyonecook.cloud",
        "RegionalCertificateArn": "arn:of:certificate",
        "EndpointConfiguration": {"Types": ["REGIONAL"]},
        "SecurityPolicy": "TLS_1_2",
    }
    assert made["ApiDomainMapping"] == {
        "DomainName": {"Ref": "ApiDomain"},
        "RestApiId": {"Ref": "Api"},
        "Stage": {"Ref": "ApiStage"},
    }
    assert made["ApiDomainRecord"] == {
        "HostedZoneId": "Z1",
        "Name": "api.everyonecook.cloud",
        "Type": "A",
        "AliasTarget": {
            "DNSName": {"Fn::GetAtt": ["ApiDomain", "RegionalDomainName"]},
            "HostedZoneId": {"Fn::GetAtt": ["ApiDomain", "RegionalHostedZoneId"]},
            "EvaluateTargetHealth": False,
        },
    }


def test_an_error_in_the_contract_is_shown_in_the_contract(tmp_path: Path) -> None:
    file = write(tmp_path, {"/dishes": {"get": operation("dishes", None)}})
    with pytest.raises(ContractError) as caught:
        new_app().stack("Backend").add(api_of(file))
    assert str(caught.value).startswith(f'{file}:11: paths["/dishes"].get.security: ')


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Throttle(0, 5), "throttle: rate 0 and burst 5 must be more than 0"),
        (lambda: Cache("1"), "cache: '1' is not one of the sizes 0.5, 1.6, 6.1, 13.5, 28.4, 58.2, 118, 237 GB"),
        (lambda: Cache("0.5", seconds(0)), "cache: 0 is not between 1 and 3600 seconds"),
    ],
)
def test_limits_and_caches_are_within_what_api_gateway_has(make: Any, message: str) -> None:
    with pytest.raises(ValueError, match=r"^(throttle|cache): ") as caught:
        make()
    assert str(caught.value) == message


def everyonecook(folder: Path, **more: Any) -> list[Path]:
    """The files of a whole app around the API of EveryoneCook."""
    account = ApiAccount("ApiAccount")
    zone = GivenZone(Ref("ZoneId"), "everyonecook.cloud")
    domain = ApiDomain("ApiDomain", "api.everyonecook.cloud", Ref("Certificate"), zone)
    api = api_of(EVERYONECOOK, account=account, domain=domain, **more)
    app = new_app()
    functions, auth, backend = (app.stack(name) for name in ("Functions", "Auth", "Backend"))
    functions.add(ROUTER)
    auth.add(POOL)
    auth.add(account)
    backend.add(Parameter("ZoneId", Type="String"))
    backend.add(Parameter("Certificate", Type="String"))
    backend.add(api)
    acl = backend.add(WebAcl("Acl", "Kitchen-WAF", [BodySize("Size", mebibytes(10))], "aws-waf-logs-kitchen"))
    backend.add(Association("AclAssociation", acl, api.stage_arn))
    backend.output("RouterArn", GetAtt("Router", "Arn"))
    files = []
    for template in render(link(app)).templates:
        files.append(folder / f"{template.name}.json")
        files[-1].write_text(template.text)
    return files


def test_the_api_of_everyonecook_is_small_enough_and_says_nothing_to_cfn_lint(tmp_path: Path) -> None:
    cached, traced = tmp_path / "cached", tmp_path / "traced"
    for folder in (cached, traced):
        folder.mkdir()
    files = everyonecook(cached, cache=Cache()) + everyonecook(traced, data_trace=True)
    backend = (cached / "Backend.json").stat().st_size
    assert backend < 450_000
    said = subprocess.run(
        [sys.executable, "-c", "from cfnlint.runner import main; main()", "-c", "I", "--", *map(str, files)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (said.stdout, said.stderr, said.returncode) == ("", "", 0)


def test_the_api_of_everyonecook_has_a_guarded_route_for_each_operation(tmp_path: Path) -> None:
    everyonecook(tmp_path, cache=Cache(), data_trace=True)
    made = json.loads((tmp_path / "Backend.json").read_text())["Resources"]
    body = made["Api"]["Properties"]["Body"]
    routes = [
        (method, path, said)
        for path, item in body["paths"].items()
        for method, said in item.items()
        if method != "options"
    ]
    assert len(routes) == 155
    assert sum(1 for _, _, said in routes if "security" in said) == 142
    assert all("options" in item for item in body["paths"].values())
    models = body["components"]["schemas"]
    assert not {"RecipeIngredient", "RecipeStep", "DeleteUploadRequest"} & set(models)
    text, ingredient = models["CreateRecipeRequest"]["properties"]["ingredients"]["items"]["anyOf"]
    assert text == {"type": "string", "maxLength": 500}
    assert ingredient["properties"]["unit"]["type"] == "string"
    settings = made["ApiStage"]["Properties"]["MethodSettings"]
    cached = {(one["HttpMethod"], one["ResourcePath"]) for one in settings if one["CachingEnabled"]}
    assert ("GET", "/~1users~1username~1check") in cached
    assert ("GET", "/~1users~1{userId}~1profile") not in cached
    assert all("security" not in body["paths"][path[1:].replace("~1", "/")]["get"] for _, path in cached)
    assert sum(1 for one in settings if not one["DataTraceEnabled"]) == 16

"""APIs: what they call, how long they wait, and what they log with."""

from __future__ import annotations

from collections.abc import Iterator

from ecinfra.lint.estate import Estate, Located, Said
from ecinfra.lint.functions import functions
from ecinfra.lint.literals import is_true, items, members, number, seconds, text
from ecinfra.lint.operations import operations
from ecinfra.lint.table import RULES

_PATIENCE = RULES["EC103"]
_POST = RULES["EC111"]
_ACCOUNT = RULES["EC112"]
_STAGE = RULES["EC113"]
_CREDENTIALS = RULES["EC114"]

_REST = 29.0
_HTTP = 30.0


def check_patience(estate: Estate) -> Said:
    """A function gets done while its API still waits."""
    waits: dict[str, tuple[Located, float, str]] = {}
    for function, patience, kind in _waits(estate):
        known = waits.get(function.id)
        if known is None or patience < known[1]:
            waits[function.id] = function, patience, kind
    for function, patience, kind in waits.values():
        timeout = number(estate.attribute(function.template, function.properties.get("Timeout", 3)))
        if timeout is not None and timeout > patience:
            said = f"may run for {seconds(timeout)} behind a {kind} API that waits {seconds(patience)}"
            yield function.fault(_PATIENCE, f"{said}: the caller is told 504, and the function goes on", "Timeout")


def check_post(estate: Estate) -> Said:
    """A REST API calls a function by POST, whatever it is called by."""
    for operation in operations(estate):
        integration = operation.integration
        if integration.kind != "AWS_PROXY" or integration.method in ("POST", ""):
            continue
        if any(functions(estate, operation.owner.template, integration.uri)):
            path = "httpMethod" if operation.owner is operation.api else "IntegrationHttpMethod"
            said = f"{operation} calls its function by {integration.method}, and Lambda answers POST alone"
            yield operation.owner.fault(_POST, said, *integration.path, path)


def check_account(estate: Estate) -> Said:
    """Where a stage logs, API Gateway has a role to log with."""
    told = {estate.region(account.template) for account in estate.all("AWS::ApiGateway::Account")}
    for stage in estate.all("AWS::ApiGateway::Stage"):
        region = estate.region(stage.template)
        if region not in told and _logs(stage):
            said = f"logs, and the system has no AWS::ApiGateway::Account in {region}"
            yield stage.fault(_ACCOUNT, f"{said}: the account must have its logging role from elsewhere")


def check_stages(estate: Estate) -> Said:
    """A stage is made once."""
    staged = {}
    for stage in estate.all("AWS::ApiGateway::Stage"):
        deployment = estate.resource(stage.template, stage.properties.get("DeploymentId"))
        if deployment:
            staged[deployment.id] = stage.id
    for deployment in estate.all("AWS::ApiGateway::Deployment"):
        if "StageName" in deployment.properties and deployment.id in staged:
            said = f"makes a stage of its own beside {staged[deployment.id]}: leave StageName out"
            yield deployment.fault(_STAGE, said, "StageName")


def check_credentials(estate: Estate) -> Said:
    """Credentials are for origins that are named."""
    places = {
        "AWS::ApiGatewayV2::Api": ("CorsConfiguration", "AllowOrigins"),
        "AWS::Lambda::Url": ("Cors", "AllowOrigins"),
    }
    for kind, (section, origins) in places.items():
        for resource in estate.all(kind):
            cors = members(resource.properties.get(section))
            if is_true(cors.get("AllowCredentials")) and "*" in items(cors.get(origins)):
                said = "allows every origin, and credentials with it: name the origins"
                yield resource.fault(_CREDENTIALS, said, section, origins)


def _waits(estate: Estate) -> Iterator[tuple[Located, float, str]]:
    """Functions behind APIs, and how long these wait for them."""
    for operation in operations(estate):
        own = (number(operation.integration.milliseconds) or 0) / 1000
        for function in functions(estate, operation.owner.template, operation.integration.uri):
            yield function, max(_REST, own), "REST"
    for integration in estate.all("AWS::ApiGatewayV2::Integration"):
        api = estate.resource(integration.template, integration.properties.get("ApiId"), "AWS::ApiGatewayV2::Api")
        kind = text(api.properties.get("ProtocolType", "HTTP")) if api else "HTTP"
        for function in functions(estate, integration.template, integration.properties.get("IntegrationUri")):
            yield function, _HTTP if kind == "HTTP" else _REST, "HTTP" if kind == "HTTP" else "WebSocket"


def _logs(stage: Located) -> bool:
    if "AccessLogSetting" in stage.properties:
        return True
    settings = items(stage.properties.get("MethodSettings"))
    return any(members(setting).get("LoggingLevel", "OFF") != "OFF" for setting in settings)

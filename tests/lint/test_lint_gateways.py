from __future__ import annotations

from typing import Any

import pytest
from troposphere import AWSObject, GetAtt, Ref, Sub

from tests.lint.faults import faults, faults_of, new_app, resource

ADDRESS = "arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Arn}/invocations"


def worker(timeout: int) -> AWSObject:
    return resource("AWS::Lambda::Function", "Worker", Timeout=timeout)


def permission() -> AWSObject:
    return resource("AWS::Lambda::Permission", "May", FunctionName=Ref("Worker"), Principal="apigateway.amazonaws.com")


def api(**integration: Any) -> AWSObject:
    integration = {
        "type": "aws_proxy",
        "httpMethod": "POST",
        "uri": Sub(ADDRESS, Arn=GetAtt("Worker", "Arn")),
    } | integration
    body = {"paths": {"/orders": {"get": {"x-amazon-apigateway-integration": integration}, "parameters": []}}}
    return resource("AWS::ApiGateway::RestApi", "Api", Body=body)


def method(**integration: Any) -> AWSObject:
    integration = {
        "Type": "AWS_PROXY",
        "IntegrationHttpMethod": "POST",
        "Uri": Sub(ADDRESS, Arn=GetAtt("Worker", "Arn")),
    } | integration
    return resource(
        "AWS::ApiGateway::Method",
        "Get",
        RestApiId=Ref("Api"),
        ResourceId=Ref("Orders"),
        HttpMethod="GET",
        Integration=integration,
    )


PLAIN = resource("AWS::ApiGateway::RestApi", "Api", Name="orders")
ORDERS = resource(
    "AWS::ApiGateway::Resource",
    "Orders",
    RestApiId=Ref("Api"),
    ParentId=GetAtt("Api", "RootResourceId"),
    PathPart="orders",
)


def test_a_rest_api_waits_29_seconds_for_a_function_wherever_that_is() -> None:
    app = new_app()
    app.stack("Code").add(worker(30))
    desk = app.stack("Desk")
    for item in (api(), permission()):
        desk.add(item)

    assert faults(app) == [
        "EC103 Code Worker.Properties.Timeout: may run for 30 s behind a REST API that waits 29 s: "
        "the caller is told 504, and the function goes on"
    ]


def test_a_rest_api_waits_for_what_it_is_told_to() -> None:
    assert faults_of(worker(29), api(), permission()) == []
    assert faults_of(worker(60), api(timeoutInMillis=60_000), permission()) == []
    assert [fault[:5] for fault in faults_of(worker(30), PLAIN, ORDERS, method(), permission())] == ["EC103"]
    assert faults_of(worker(60), PLAIN, ORDERS, method(TimeoutInMillis=60_000), permission()) == []


@pytest.mark.parametrize(("protocol", "waits"), [("HTTP", 30), ("WEBSOCKET", 29)])
def test_other_apis_wait_as_long_as_their_kind_does(protocol: str, waits: int) -> None:
    others = (
        permission(),
        resource("AWS::ApiGatewayV2::Api", "Api", ProtocolType=protocol),
        resource("AWS::ApiGatewayV2::Integration", "Call", ApiId=Ref("Api"), IntegrationUri=GetAtt("Worker", "Arn")),
    )

    assert [fault[:5] for fault in faults_of(worker(waits + 1), *others)] == ["EC103"]
    assert faults_of(worker(waits), *others) == []


def test_a_function_is_called_by_post() -> None:
    assert faults_of(worker(3), api(httpMethod="GET"), permission()) == [
        "EC111 Desk Api.Properties.Body.paths./orders.get.x-amazon-apigateway-integration.httpMethod: "
        "GET /orders calls its function by GET, and Lambda answers POST alone"
    ]
    assert faults_of(worker(3), PLAIN, ORDERS, method(IntegrationHttpMethod="GET"), permission()) == [
        "EC111 Desk Get.Properties.Integration.IntegrationHttpMethod: "
        "GET /orders calls its function by GET, and Lambda answers POST alone"
    ]
    assert faults_of(worker(3), PLAIN, ORDERS, method(), permission()) == []


def stage(**properties: Any) -> AWSObject:
    return resource("AWS::ApiGateway::Stage", "Stage", RestApiId=Ref("Api"), DeploymentId=Ref("Deployed"), **properties)


def deployment(**properties: Any) -> AWSObject:
    return resource("AWS::ApiGateway::Deployment", "Deployed", RestApiId=Ref("Api"), **properties)


def test_a_stage_that_logs_asks_for_the_accounts_role() -> None:
    said = [
        "EC112 Desk Stage: logs, and the system has no AWS::ApiGateway::Account in eu-west-1: "
        "the account must have its logging role from elsewhere"
    ]
    settings = [{"ResourcePath": "/*", "HttpMethod": "*", "LoggingLevel": "INFO"}]
    account = resource("AWS::ApiGateway::Account", "Account", CloudWatchRoleArn="arn")

    assert faults_of(PLAIN, deployment(), stage(AccessLogSetting={"Format": "x"})) == said
    assert faults_of(PLAIN, deployment(), stage(MethodSettings=settings)) == said
    assert faults_of(PLAIN, deployment(), stage(MethodSettings=settings), account) == []
    assert faults_of(PLAIN, deployment(), stage()) == []


def test_an_account_counts_in_its_own_region() -> None:
    app = new_app()
    app.stack("Far", region="us-east-1").add(resource("AWS::ApiGateway::Account", "Account", CloudWatchRoleArn="arn"))
    desk = app.stack("Desk")
    for item in (PLAIN, deployment(), stage(AccessLogSetting={"Format": "x"})):
        desk.add(item)

    assert [fault[:5] for fault in faults(app)] == ["EC112"]


def test_a_deployment_leaves_the_stage_to_the_stage() -> None:
    assert faults_of(PLAIN, deployment(StageName="api"), stage()) == [
        "EC113 Desk Deployed.Properties.StageName: makes a stage of its own beside Stage: leave StageName out"
    ]
    assert faults_of(PLAIN, deployment(StageName="api")) == []


def test_credentials_are_for_origins_that_are_named() -> None:
    def url(*origins: str) -> AWSObject:
        return resource("AWS::Lambda::Url", "Url", Cors={"AllowCredentials": True, "AllowOrigins": list(origins)})

    assert faults_of(url("*")) == [
        "EC114 Desk Url.Properties.Cors.AllowOrigins: allows every origin, and credentials with it: name the origins"
    ]
    assert faults_of(url("https://shop.example")) == []

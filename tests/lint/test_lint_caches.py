from __future__ import annotations

from typing import Any

from troposphere import AWSObject, Ref

from tests.lint.faults import faults_of, resource

EVERYTHING: dict[str, Any] = {"ResourcePath": "/*", "HttpMethod": "*", "CachingEnabled": True}
CALLER: dict[str, Any] = {"security": [{"pool": []}]}


def stage(*settings: dict[str, Any], cluster: bool = True) -> AWSObject:
    return resource(
        "AWS::ApiGateway::Stage",
        "Stage",
        RestApiId=Ref("Api"),
        CacheClusterEnabled=cluster,
        MethodSettings=list(settings),
    )


def api(
    keys: list[str] | None = None, *, name: str = "get", top: dict[str, Any] | None = None, **operation: Any
) -> AWSObject:
    integration = {"type": "mock", "cacheKeyParameters": keys or []}
    paths = {"/orders/mine": {name: {"x-amazon-apigateway-integration": integration, **operation}}}
    return resource("AWS::ApiGateway::RestApi", "Api", Body={"paths": paths, **(top or {})})


def test_what_one_caller_is_answered_is_not_kept_for_others() -> None:
    said = [
        "EC109 Desk Api.Properties.Body.paths./orders/mine.get: Stage caches GET /orders/mine, which needs a caller: "
        "the next caller gets this one's answer"
    ]

    assert faults_of(api(**CALLER), stage(EVERYTHING)) == said
    assert faults_of(api(top=CALLER), stage(EVERYTHING)) == said
    assert faults_of(api(["method.request.header.Authorization"], **CALLER), stage(EVERYTHING)) == []
    assert faults_of(api(top=CALLER, security=[]), stage(EVERYTHING)) == []
    assert faults_of(api(security=[{"pool": []}, {}]), stage(EVERYTHING)) == []


def test_nothing_is_kept_without_a_cluster_or_where_the_nearest_setting_says_so() -> None:
    off = {"ResourcePath": "/~1orders~1mine", "HttpMethod": "GET", "CachingEnabled": False}

    assert faults_of(api(**CALLER), stage(EVERYTHING, cluster=False)) == []
    assert faults_of(api(**CALLER), stage(EVERYTHING, off)) == []
    assert faults_of(api(**CALLER), stage(off, EVERYTHING)) == []
    assert faults_of(api(**CALLER), stage()) == []


def test_the_general_setting_keeps_get_alone() -> None:
    exactly = {"ResourcePath": "/~1orders~1mine", "HttpMethod": "POST", "CachingEnabled": True}

    assert faults_of(api(name="post", **CALLER), stage(EVERYTHING)) == []
    assert [fault[:5] for fault in faults_of(api(name="post", **CALLER), stage(exactly))] == ["EC109"]


def test_answers_to_different_parameters_are_kept_apart() -> None:
    page = {"name": "page", "in": "query"}
    shared = {"components": {"parameters": {"Size": {"name": "size", "in": "query"}}}}
    sized = [page, {"$ref": "#/components/parameters/Size"}, {"name": "X-Trace", "in": "header"}]
    keys = ["method.request.querystring.page", "method.request.querystring.size"]

    assert faults_of(api(keys[:1], parameters=sized, top=shared), stage(EVERYTHING)) == [
        "EC110 Desk Api.Properties.Body.paths./orders/mine.get: Stage caches GET /orders/mine and takes calls for the "
        "same that differ in method.request.querystring.size: make them cache keys"
    ]
    assert faults_of(api(keys, parameters=sized, top=shared), stage(EVERYTHING)) == []


def method(*keys: str, authorization: str = "NONE") -> AWSObject:
    return resource(
        "AWS::ApiGateway::Method",
        "Get",
        RestApiId=Ref("Api"),
        ResourceId=Ref("Order"),
        HttpMethod="GET",
        AuthorizationType=authorization,
        RequestParameters={"method.request.path.order": True},
        Integration={"Type": "MOCK", "CacheKeyParameters": list(keys)},
    )


def test_methods_that_are_resources_are_looked_at_too() -> None:
    others = (
        resource("AWS::ApiGateway::RestApi", "Api", Name="orders"),
        resource("AWS::ApiGateway::Resource", "Orders", RestApiId=Ref("Api"), PathPart="orders"),
        resource(
            "AWS::ApiGateway::Resource", "Order", RestApiId=Ref("Api"), ParentId=Ref("Orders"), PathPart="{order}"
        ),
        stage(EVERYTHING),
    )

    assert faults_of(*others, method(authorization="COGNITO_USER_POOLS")) == [
        "EC109 Desk Get.Properties.Integration: Stage caches GET /orders/{order}, which needs a caller: "
        "the next caller gets this one's answer",
        "EC110 Desk Get.Properties.Integration: Stage caches GET /orders/{order} and takes calls for the same that "
        "differ in method.request.path.order: make them cache keys",
    ]
    assert faults_of(*others, method("method.request.path.order")) == []

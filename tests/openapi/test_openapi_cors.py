"""CORS at the gateway."""

from __future__ import annotations

import pytest

from ecinfra.openapi.cors import Cors

CORS = Cors(
    origins=["https://everyonecook.cloud", "http://localhost:3000"],
    methods=["GET", "POST", "OPTIONS"],
    headers=["Content-Type", "Authorization"],
    on_errors=["Content-Type"],
)


def test_a_preflight_names_the_callers_origin_if_it_is_ours() -> None:
    text = {"schema": {"type": "string"}}
    assert CORS.preflight() == {
        "responses": {
            "204": {
                "description": "Preflight",
                "headers": {
                    "Access-Control-Allow-Origin": text,
                    "Access-Control-Allow-Headers": text,
                    "Access-Control-Allow-Methods": text,
                    "Access-Control-Max-Age": text,
                    "Vary": text,
                },
            }
        },
        "x-amazon-apigateway-integration": {
            "type": "mock",
            "requestTemplates": {"application/json": '{"statusCode":204}'},
            "responses": {
                "default": {
                    "statusCode": "204",
                    "responseParameters": {
                        "method.response.header.Access-Control-Allow-Headers": "'Content-Type,Authorization'",
                        "method.response.header.Access-Control-Allow-Methods": "'GET,POST,OPTIONS'",
                        "method.response.header.Access-Control-Max-Age": "'3600'",
                        "method.response.header.Vary": "'Origin'",
                    },
                    "responseTemplates": {
                        "application/json": "#set($origin = $input.params('Origin'))"
                        "#if($origin == '')#set($origin = $input.params('origin'))#end"
                        "#if($origin == 'https://everyonecook.cloud' || $origin == 'http://localhost:3000')"
                        "#set($context.responseOverride.header.Access-Control-Allow-Origin = $origin)#end"
                    },
                }
            },
        },
    }


def test_the_gateways_own_answers_reach_the_page_and_look_like_the_functions() -> None:
    answer = {
        "responseParameters": {
            "gatewayresponse.header.Access-Control-Allow-Origin": "'*'",
            "gatewayresponse.header.Access-Control-Allow-Headers": "'Content-Type'",
            "gatewayresponse.header.Access-Control-Allow-Methods": "'GET,POST,OPTIONS'",
        },
        "responseTemplates": {
            "application/json": '{"error":{"code":"$context.error.responseType",'
            '"message":$context.error.messageString,"correlationId":"$context.requestId"}}'
        },
    }
    assert CORS.gateway_responses() == {
        "UNAUTHORIZED": {"statusCode": "401", **answer},
        "ACCESS_DENIED": {"statusCode": "403", **answer},
        "DEFAULT_4XX": answer,
        "DEFAULT_5XX": answer,
    }


@pytest.mark.parametrize("origin", ["*", "https://everyonecook.cloud/", "everyonecook.cloud", "https://a.b' || '1"])
def test_an_origin_is_a_scheme_and_a_host(origin: str) -> None:
    with pytest.raises(ValueError, match="origins: ") as caught:
        Cors([origin], [], [], [])
    assert str(caught.value) == (
        f"origins: '{origin}' is not a scheme and a host in lower case, as in https://example.com"
    )


def test_somebody_must_be_allowed_to_call() -> None:
    with pytest.raises(ValueError, match=r"^origins: at least one page must be allowed to call$"):
        Cors([], [], [], [])

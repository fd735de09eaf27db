"""SocketApi: routes, what they stand on, and the right to answer."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ecinfra.assets import Asset
from ecinfra.constructs import ApiAccount, Function, SocketApi, Throttle
from ecinfra.frozen import replace
from ecinfra.link.linker import link
from tests.constructs.rendering import linked, new_app, properties, resources, rights

CODE = Asset(Path(__file__).parent)
CONNECT = Function("Connect", code=CODE, handler="connect.handler")
DISCONNECT = Function("Disconnect", code=CODE, handler="disconnect.handler")
PING = Function("Ping", code=CODE, handler="ping.handler")
SOCKETS = SocketApi(
    "Sockets",
    "EveryoneCook-Sockets-dev",
    connect=CONNECT,
    disconnect=DISCONNECT,
    routes={"ping": PING},
    throttle=Throttle(rate=100, burst=50),
    log_days=7,
)
FUNCTIONS = (CONNECT, DISCONNECT, PING)


def deployment(*constructs: Any) -> str:
    """The logical id of the deployment."""
    made = resources(*constructs)
    return next(name for name, body in made.items() if body["Type"] == "AWS::ApiGatewayV2::Deployment")


def test_each_route_leads_to_its_function() -> None:
    made = properties(*FUNCTIONS, SOCKETS)
    assert made["Sockets"] == {
        "Name": "EveryoneCook-Sockets-dev",
        "ProtocolType": "WEBSOCKET",
        "RouteSelectionExpression": "$request.body.action",
    }
    for name, key, function in [
        ("Connect", "$connect", "Connect"),
        ("Disconnect", "$disconnect", "Disconnect"),
        ("Ping", "ping", "Ping"),
    ]:
        assert made[f"Sockets{name}Route"] == {
            "ApiId": {"Ref": "Sockets"},
            "RouteKey": key,
            "AuthorizationType": "NONE",
            "Target": {"Fn::Sub": f"integrations/${{Sockets{function}Integration}}"},
            **({"RouteResponseSelectionExpression": "$default"} if function == "Ping" else {}),
        }
    assert made["SocketsPingIntegration"] == {
        "ApiId": {"Ref": "Sockets"},
        "IntegrationType": "AWS_PROXY",
        "IntegrationMethod": "POST",
        "IntegrationUri": {
            "Fn::Sub": "arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/"
            "${Ping.Arn}/invocations"
        },
        "TimeoutInMillis": 29_000,
    }
    assert made["SocketsPingPermission"] == {
        "Action": "lambda:InvokeFunction",
        "FunctionName": {"Fn::GetAtt": ["Ping", "Arn"]},
        "Principal": "apigateway.amazonaws.com",
        "SourceArn": {"Fn::Sub": "arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${Sockets}/*/*"},
    }


def test_what_is_answered_to_a_message_is_sent_back() -> None:
    made = resources(*FUNCTIONS, SOCKETS)
    answers = {name: body["Properties"] for name, body in made.items() if name.endswith("Answer")}
    assert answers == {
        "SocketsPingRouteAnswer": {
            "ApiId": {"Ref": "Sockets"},
            "RouteId": {"Ref": "SocketsPingRoute"},
            "RouteResponseKey": "$default",
        }
    }


def test_one_function_may_serve_many_routes() -> None:
    one = replace(SOCKETS, disconnect=CONNECT, routes={"$default": CONNECT, "leave-table": CONNECT})
    made = resources(CONNECT, one)
    assert [name for name in made if name.startswith("Sockets") and name.endswith(("Integration", "Permission"))] == [
        "SocketsConnectIntegration",
        "SocketsConnectPermission",
    ]
    assert [name for name in made if name.endswith("Route")] == [
        "SocketsConnectRoute",
        "SocketsDisconnectRoute",
        "SocketsDefaultRoute",
        "SocketsLeaveTableRoute",
    ]


def test_the_stage_stands_on_a_deployment_made_after_the_routes() -> None:
    made = resources(*FUNCTIONS, SOCKETS)
    stage = made["SocketsStage"]["Properties"]
    frozen = made[stage.pop("DeploymentId")["Ref"]]
    assert frozen["Properties"] == {"ApiId": {"Ref": "Sockets"}}
    routes = ["SocketsConnectRoute", "SocketsDisconnectRoute", "SocketsPingRoute"]
    assert frozen["DependsOn"] == [*routes, "SocketsPingRouteAnswer"]
    assert json.loads(stage["AccessLogSettings"].pop("Format")) == {
        "requestId": "$context.requestId",
        "ip": "$context.identity.sourceIp",
        "requestTime": "$context.requestTime",
        "eventType": "$context.eventType",
        "routeKey": "$context.routeKey",
        "status": "$context.status",
        "connectionId": "$context.connectionId",
    }
    assert stage == {
        "ApiId": {"Ref": "Sockets"},
        "StageName": "live",
        "AccessLogSettings": {"DestinationArn": {"Fn::GetAtt": ["SocketsLog", "Arn"]}},
        "DefaultRouteSettings": {"ThrottlingRateLimit": 100, "ThrottlingBurstLimit": 50},
    }
    assert made["SocketsLog"]["Properties"] == {"RetentionInDays": 7}


def test_the_deployment_is_new_when_a_route_is() -> None:
    before = deployment(*FUNCTIONS, SOCKETS)
    assert deployment(*FUNCTIONS, SOCKETS) == before
    assert deployment(*FUNCTIONS, replace(SOCKETS, throttle=Throttle(9, 9))) == before
    assert deployment(*FUNCTIONS, replace(SOCKETS, routes={"pong": PING})) != before
    assert deployment(*FUNCTIONS, replace(SOCKETS, routes={"ping": CONNECT})) != before
    assert deployment(CONNECT, DISCONNECT, replace(PING, name="ping"), SOCKETS) != before


def test_the_stage_stands_after_the_accounts_leave_to_log() -> None:
    account = ApiAccount("ApiAccount")
    made = resources(account, *FUNCTIONS, replace(SOCKETS, account=account))
    assert made["SocketsStage"]["DependsOn"] == "ApiAccount"


def test_pushing_is_a_right_to_the_connections_of_its_stage() -> None:
    assert rights(SOCKETS.push, *FUNCTIONS, SOCKETS) == [
        (
            ["execute-api:ManageConnections"],
            [
                {
                    "Fn::Sub": "arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:"
                    "${Sockets}/live/POST/@connections/*"
                }
            ],
        )
    ]


def test_a_function_behind_a_route_may_know_where_to_answer() -> None:
    ping = Function(
        "Ping", code=CODE, handler="ping.handler", may=[SOCKETS.push], env={"SOCKET_ENDPOINT": SOCKETS.endpoint}
    )
    made = properties(CONNECT, DISCONNECT, ping, replace(SOCKETS, routes={"ping": ping}))
    assert made["Ping"]["Environment"]["Variables"]["SOCKET_ENDPOINT"] == {
        "Fn::Sub": "https://${Sockets}.execute-api.${AWS::Region}.${AWS::URLSuffix}/live"
    }


def test_other_stacks_are_handed_finished_addresses() -> None:
    app = new_app()
    sockets, backend = app.stack("Sockets0"), app.stack("Backend")
    for construct in (*FUNCTIONS, SOCKETS):
        sockets.add(construct)
    sockets.output("SocketUrl", SOCKETS.url)
    backend.add(
        Function("Social", code=CODE, handler="social.handler", may=[SOCKETS.push], env={"TO": SOCKETS.endpoint})
    )
    assert linked(app)["Backend"]["Social"]["Properties"]["Environment"]["Variables"]["TO"] == {
        "Ref": "SocketsHasEndpoint"
    }
    assert link(app).stacks[0].template["Outputs"] == {
        "SocketUrl": {"Value": {"Fn::Sub": "wss://${Sockets}.execute-api.${AWS::Region}.${AWS::URLSuffix}/live"}},
        "SocketsHasConnections": {
            "Value": {
                "Fn::Sub": "arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:"
                "${Sockets}/live/POST/@connections/*"
            }
        },
        "SocketsHasEndpoint": {
            "Value": {"Fn::Sub": "https://${Sockets}.execute-api.${AWS::Region}.${AWS::URLSuffix}/live"}
        },
    }


def test_a_route_is_a_word_that_a_message_can_say() -> None:
    with pytest.raises(ValueError, match="routes: ") as caught:
        replace(SOCKETS, routes={"$connect": PING})
    assert str(caught.value) == (
        "routes: '$connect' is neither $default nor a word that a message can say as its action"
    )

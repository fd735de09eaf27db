"""What CloudFormation does to the unwary, row by row, as far as a template can show that it does not happen here.

The numbers are those of the collection of pitfalls. Tested elsewhere: 1 and 22 (tests/test_render.py), 8, 17, 27 to 29,
32, 46, 47, 50 to 53 (tests/lint), 7, 9 to 12, 14 to 16 (test_backend.py), 21 (tests/constructs), 57 to 60 and 63
(tests/link, tests/report). What no template can show is not here.
"""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from tests.everyonecook.rendered import ENVIRONMENTS, one, resources, system, template

STACKS = ("Core", "Auth", "WebSocket", "Backend", "Frontend", "Observability")


def everything(environment: str) -> list[tuple[str, str, dict[str, Any]]]:
    return [
        (each.name, name, body)
        for each in system(environment).templates
        for name, body in each.body["Resources"].items()
    ]


def policies(body: dict[str, Any]) -> list[dict[str, Any]]:
    own = body["Properties"].get("Policies", [body["Properties"]])
    return [statement for policy in own for statement in policy["PolicyDocument"]["Statement"]]


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_2_and_3_a_deployment_stands_on_the_whole_api_and_makes_no_stage(environment: str) -> None:
    (name,) = resources(environment, "Backend", "AWS::ApiGateway::Deployment")
    assert re.fullmatch(r"ApiDeployment[0-9a-f]{10}", name)
    body = template(environment, "Backend")["Resources"][name]
    assert body["Properties"] == {"RestApiId": {"Ref": "Api"}}
    assert one(environment, "Backend", "AWS::ApiGateway::Stage")["DeploymentId"] == {"Ref": name}


def test_4_and_5_the_accounts_logging_role_stands_first_and_outlives_the_system() -> None:
    kept = template("prod", "WebSocket")["Resources"]["ApiAccount"]
    assert (kept["DeletionPolicy"], kept["UpdateReplacePolicy"]) == ("RetainExceptOnCreate", "Retain")
    assert template("prod", "WebSocket")["Resources"]["SocketsStage"]["DependsOn"] == "ApiAccount"
    root = next(
        each for each in system("prod").templates if each.name == "Root" and "Backend" in each.body["Resources"]
    )
    arguments = root.body["Resources"]["Backend"]["Properties"]["Parameters"].values()
    assert any(value.get("Fn::GetAtt", [""])[0] == "WebSocket" for value in arguments)


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_6_the_api_may_call_its_function_on_every_route(environment: str) -> None:
    permission = one(environment, "Backend", "AWS::Lambda::Permission")
    assert permission["FunctionName"] == {"Fn::GetAtt": ["ApiRouter", "Arn"]}
    assert permission["SourceArn"] == {
        "Fn::Sub": "arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${Api}/*/*"
    }


def test_13_the_web_acl_stands_before_the_stage_by_its_arn() -> None:
    association = one("prod", "Backend", "AWS::WAFv2::WebACLAssociation")
    assert association["ResourceArn"] == {
        "Fn::Sub": "arn:${AWS::Partition}:apigateway:${AWS::Region}::/restapis/${Api}/stages/${ApiStage}"
    }


def test_18_what_takes_messages_may_do_so_before_it_is_made() -> None:
    made = template("prod", "Backend")["Resources"]
    for worker, queue in (("AIWorker", "AIQueue"), ("ImageWorker", "ImageQueue")):
        mapping = made[f"{worker}On{queue}"]["Properties"]
        assert mapping["FunctionName"] == {"Fn::GetAtt": [worker, "Arn"]}
        assert made[worker]["Properties"]["Role"] == {"Fn::GetAtt": [f"{worker}Role", "Arn"]}
        taking = [each for each in policies(made[f"{worker}Role"]) if "sqs:ReceiveMessage" in each["Action"]]
        assert taking[0]["Resource"] == [{"Fn::GetAtt": [queue, "Arn"]}]
        assert {"sqs:DeleteMessage", "sqs:GetQueueAttributes"} <= set(taking[0]["Action"])


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_23_an_old_layer_stays_for_those_who_run_on_it(environment: str) -> None:
    layer = template(environment, "Core")["Resources"]["SharedDependencies"]
    assert layer["UpdateReplacePolicy"] == "Retain"


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_24_a_log_group_stands_before_its_function_which_cannot_make_it(environment: str) -> None:
    for stack in ("Auth", "WebSocket", "Backend"):
        made = template(environment, stack)["Resources"]
        for name, body in made.items():
            if body["Type"] == "AWS::Lambda::Function":
                assert body["Properties"]["LoggingConfig"]["LogGroup"] == {"Ref": f"{name}Log"}
                said = [action for each in policies(made[f"{name}Role"]) for action in each["Action"]]
                assert "logs:CreateLogGroup" not in said


def test_31_the_key_of_the_logs_lets_the_service_in_for_this_accounts_groups() -> None:
    key = template("prod", "Core")["Resources"]["DynamoDBKey"]["Properties"]["KeyPolicy"]
    (said,) = [
        each
        for each in key["Statement"]
        if each["Principal"].get("Service") == {"Fn::Sub": "logs.${AWS::Region}.amazonaws.com"}
    ]
    assert {"kms:Encrypt", "kms:Decrypt", "kms:GenerateDataKey", "kms:DescribeKey"} <= set(said["Action"])
    assert "kms:EncryptionContext:aws:logs:arn" in said["Condition"]["ArnLike"]
    for stack in ("Auth", "WebSocket", "Backend"):
        for group in resources("prod", stack, "AWS::Logs::LogGroup").values():
            assert group["KmsKeyId"] == {"Ref": "DynamoDBKeyGetArn"}


def test_33_the_cdn_reads_the_bucket_as_itself_and_nobody_else_does() -> None:
    (policy,) = [
        each
        for each in resources("prod", "Core", "AWS::S3::BucketPolicy").values()
        if each["Bucket"] == {"Ref": "Content"}
    ]
    allowed = [each for each in policy["PolicyDocument"]["Statement"] if each["Effect"] == "Allow"]
    assert [each["Principal"] for each in allowed] == [{"Service": "cloudfront.amazonaws.com"}]
    assert allowed[0]["Condition"]["StringEquals"]["AWS:SourceArn"] == {
        "Fn::Sub": "arn:${AWS::Partition}:cloudfront::${AWS::AccountId}:distribution/${Cdn}"
    }


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_34_what_cloudfront_and_the_bill_need_stands_in_us_east_1(environment: str) -> None:
    regions = {stack.name: stack.region for stack in system(environment).system.stacks}
    assert {name for name, region in regions.items() if region == "us-east-1"} == {
        "Certificate",
        "EdgeAlarms",
        *({"DNS"} & set(regions)),
    }


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_37_who_queries_may_query_the_indexes(environment: str) -> None:
    for stack, name, body in everything(environment):
        if body["Type"] == "AWS::IAM::Role":
            for statement in policies(body):
                if "dynamodb:Query" in statement["Action"]:
                    assert {"Ref": "TableHasIndexArns"} in statement["Resource"], f"{stack}.{name}"


def test_38_pushing_to_connections_names_the_stage() -> None:
    outputs = template("prod", "WebSocket")["Outputs"]
    assert outputs["SocketsHasConnections"]["Value"] == {
        "Fn::Sub": "arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${Sockets}"
        "/live/POST/@connections/*"
    }
    assert outputs["SocketsHasEndpoint"]["Value"] == {
        "Fn::Sub": "https://${Sockets}.execute-api.${AWS::Region}.${AWS::URLSuffix}/live"
    }


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_39_no_stack_goes_round_in_a_circle(environment: str) -> None:
    for each in system(environment).templates:
        made = each.body["Resources"]
        needs = {
            name: {
                other
                for other in made
                if other != name and re.search(rf'("Ref": "{other}"|\["{other}", |\$\{{{other}[.}}])', json.dumps(body))
            }
            | set([waits] if isinstance(waits := body.get("DependsOn", []), str) else waits)
            for name, body in made.items()
        }
        while free := [name for name in needs if not needs[name] & needs.keys()]:
            for name in free:
                del needs[name]
        assert not needs, f"{each.path}: {needs}"


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_45_what_is_kept_is_kept_both_ways(environment: str) -> None:
    for _, name, body in everything(environment):
        if "DeletionPolicy" in body or "UpdateReplacePolicy" in body:
            pair = body.get("DeletionPolicy"), body.get("UpdateReplacePolicy")
            assert pair in (
                ("Delete", "Delete"),
                ("RetainExceptOnCreate", "Retain"),
                ("Delete", "Retain"),  # versions of a layer
            ), name
            assert pair != ("Delete", "Retain") or body["Type"] == "AWS::Lambda::LayerVersion"


def test_55_a_certificate_says_where_each_name_proves_itself() -> None:
    for stack in ("Certificate", "Backend"):
        for body in resources("prod", stack, "AWS::CertificateManager::Certificate").values():
            zones = {option["HostedZoneId"]["Ref"] for option in body["DomainValidationOptions"]}
            assert zones == {"HostedZoneRef"}


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_58_nothing_is_exported(environment: str) -> None:
    for each in system(environment).templates:
        assert all("Export" not in output for output in each.body.get("Outputs", {}).values())


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_60_every_template_is_far_from_its_limits(environment: str) -> None:
    for each in system(environment).templates:
        assert len(each.body["Resources"]) <= 400
        assert len(each.body.get("Parameters", {})) <= 160
        assert len(each.body.get("Outputs", {})) <= 160
        assert len(each.text.encode()) <= 800_000

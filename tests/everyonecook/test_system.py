"""The whole of EveryoneCook: its stacks, their order, and what differs between its environments."""

from __future__ import annotations

from collections import Counter
from dataclasses import fields, replace
from typing import Any

import pytest

from ecinfra import link, render
from templates.everyonecook.app import define
from templates.everyonecook.settings import dev, local, prod, staging
from tests.everyonecook.rendered import ENVIRONMENTS, one, resources, system, tags, template
from tests.simulation import deploy

GIVEN = {"ContactEmail": "operations@everyonecook.test", "HostedZoneId": "Z123"}
HOME, EDGE = "ap-southeast-1", "us-east-1"
ABOVE = ["Core", "Auth", "WebSocket", "Backend", "Frontend", "Observability"]


@pytest.mark.parametrize("environment", ["prod", "local"])
def test_the_owner_of_the_account_deploys_three_roots(environment: str) -> None:
    base = f"EveryoneCook-{environment}"
    assert [(root.name, root.region, [s.name for s in root.stacks]) for root in system(environment).system.roots] == [
        (f"{base}-us-east-1", EDGE, ["DNS", "Certificate"]),
        (base, HOME, ABOVE),
        (f"{base}-us-east-1-after", EDGE, ["EdgeAlarms"]),
    ]


@pytest.mark.parametrize("environment", ["dev", "staging"])
def test_the_others_are_given_the_zone(environment: str) -> None:
    base = f"EveryoneCook-{environment}"
    assert [(root.name, [s.name for s in root.stacks]) for root in system(environment).system.roots] == [
        (f"{base}-us-east-1", ["Certificate"]),
        (base, ABOVE),
        (f"{base}-us-east-1-after", ["EdgeAlarms"]),
    ]
    for root in system(environment).system.roots[:2]:
        assert "HostedZoneId" in root.parameters
    kinds = {body["Type"] for t in system(environment).templates for body in t.body["Resources"].values()}
    assert not kinds & {"AWS::Route53::HostedZone", "AWS::ApiGateway::Account"}


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_everything_finds_its_values_when_it_is_deployed(environment: str) -> None:
    made = deploy(render(link(define(_SETTINGS[environment]))), GIVEN)
    assert made["Outputs of Backend"]["ApiStage"] == "api"
    assert made["Outputs of Observability"]["AlarmTopicArn"] == "<AlarmTopic>"


_SETTINGS = {"local": local, "dev": dev, "staging": staging, "prod": prod}


def test_a_system_without_a_domain_has_neither_zone_nor_certificate() -> None:
    system = link(define(replace(dev, domains=None)))
    assert [stack.name for stack in system.stacks] == [*ABOVE, "EdgeAlarms"]
    made = deploy(render(system), {"ContactEmail": "operations@everyonecook.test"})
    assert made["Outputs of Backend"]["ApiUrl"] == "https://<Api>.execute-api.ap-southeast-1.AWS::URLSuffix/<ApiStage>"
    kinds = {body["Type"] for stack in system.stacks for body in stack.template["Resources"].values()}
    assert not kinds & {
        "AWS::ApiGateway::DomainName",
        "AWS::CertificateManager::Certificate",
        "AWS::Route53::HostedZone",
        "AWS::Route53::RecordSet",
    }


# The seed's table of environment differences, line by line.
DOMAINS = {
    "dev": ("api-dev.everyonecook.cloud", "dev.everyonecook.cloud", "cdn-dev.everyonecook.cloud"),
    "staging": ("api-staging.everyonecook.cloud", "staging.everyonecook.cloud", "cdn-staging.everyonecook.cloud"),
    "prod": ("api.everyonecook.cloud", "everyonecook.cloud", "cdn.everyonecook.cloud"),
}
DIFFERENCES: dict[str, dict[str, Any]] = {
    "dev": {"cached": False, "traced": True, "days": 7, "rate": 2000, "level": "DEBUG", "localhost": True},
    "staging": {"cached": False, "traced": True, "days": 30, "rate": 2000, "level": "INFO", "localhost": False},
    "prod": {"cached": True, "traced": False, "days": 90, "rate": 5000, "level": "INFO", "localhost": False},
}


@pytest.mark.parametrize("environment", DIFFERENCES)
def test_the_environments_differ_as_the_seed_says(environment: str) -> None:
    stage = one(environment, "Backend", "AWS::ApiGateway::Stage")
    every = next(item for item in stage["MethodSettings"] if item["ResourcePath"] == "/*")
    function = one(
        environment, "Backend", "AWS::Lambda::Function", FunctionName=f"everyonecook-{environment}-api-router"
    )
    acl = one(environment, "Backend", "AWS::WAFv2::WebACL")
    logs = resources(environment, "Backend", "AWS::Logs::LogGroup").values()
    variables = function["Environment"]["Variables"]
    assert {
        "cached": stage["CacheClusterEnabled"],
        "traced": every["DataTraceEnabled"],
        "days": {group["RetentionInDays"] for group in logs}.pop(),
        "rate": acl["Rules"][0]["Statement"]["RateBasedStatement"]["Limit"],
        "level": variables["LOG_LEVEL"],
        "localhost": "http://localhost:3000" in variables["ALLOWED_ORIGINS"].split(","),
    } == DIFFERENCES[environment]
    assert len({group["RetentionInDays"] for group in logs}) == 1


@pytest.mark.parametrize("environment", DOMAINS)
def test_the_domains_are_the_seeds(environment: str) -> None:
    api, frontend, cdn = DOMAINS[environment]
    assert one(environment, "Backend", "AWS::ApiGateway::DomainName")["DomainName"] == api
    site = one(environment, "Frontend", "AWS::CloudFront::Distribution")["DistributionConfig"]
    assert site["Aliases"] == [frontend]
    content = one(environment, "Core", "AWS::CloudFront::Distribution")["DistributionConfig"]
    assert content["Aliases"] == [cdn]


@pytest.mark.parametrize(
    ("environment", "deletion", "replacement"),
    [
        ("local", "Delete", "Delete"),
        ("dev", "Delete", "Delete"),
        ("staging", "Delete", "Delete"),
        ("prod", "RetainExceptOnCreate", "Retain"),
    ],
)
def test_what_holds_data_is_kept_in_prod_only(environment: str, deletion: str, replacement: str) -> None:
    holding = ("AWS::DynamoDB::Table", "AWS::S3::Bucket", "AWS::Cognito::UserPool", "AWS::KMS::Key", "AWS::SQS::Queue")
    bodies = [body for t in system(environment).templates for body in t.body["Resources"].values()]
    kept = [body for body in bodies if body["Type"] in holding]
    assert len(kept) == 1 + 3 + 1 + 3 + 4
    for body in kept:
        assert (body["DeletionPolicy"], body["UpdateReplacePolicy"]) == (deletion, replacement)


def test_logs_are_kept_in_prod_but_those_of_triggers() -> None:
    for stack, deletion in (("Backend", "RetainExceptOnCreate"), ("Auth", "Delete")):
        groups = [b for b in template("prod", stack)["Resources"].values() if b["Type"] == "AWS::Logs::LogGroup"]
        assert {group["DeletionPolicy"] for group in groups} == {deletion}


def test_what_belongs_to_the_account_is_kept_in_every_account() -> None:
    account = template("prod", "WebSocket")["Resources"]
    assert account["ApiAccount"]["DeletionPolicy"] == "RetainExceptOnCreate"
    assert account["ApiAccountRole"]["UpdateReplacePolicy"] == "Retain"
    assert template("prod", "DNS")["Resources"]["HostedZone"]["DeletionPolicy"] == "RetainExceptOnCreate"


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_settings_say_only_what_differs(environment: str) -> None:
    for field in fields(dev):
        values = {str(getattr(each, field.name)) for each in _SETTINGS.values()}
        assert len(values) > 1 or field.name == "region", f"{field.name} is the same everywhere"


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_everything_bears_the_tags_of_the_system_and_of_its_stack(environment: str) -> None:
    layers = {
        "DNS": ("DNS", "Foundation"),
        "Certificate": ("Certificate", "Foundation"),
        "Core": ("Core", "Data"),
        "Auth": ("Auth", "Authentication"),
        "WebSocket": ("WebSocket", "Application"),
        "Backend": ("Backend", "Application"),
        "Frontend": ("Frontend", "Application"),
        "Observability": ("Observability", "Monitoring"),
        "EdgeAlarms": ("Observability", "Monitoring"),
    }
    for each in system(environment).templates:
        for body in each.body["Resources"].values():
            if body["Type"] == "AWS::CloudFormation::Stack":
                assert tags(body["Properties"])["Contact"] == {"Ref": "ContactEmail"}
            elif "Tags" in body.get("Properties", {}) and isinstance(body["Properties"]["Tags"], list):
                found = tags(body["Properties"])
                kind, layer = layers[each.name]
                assert (
                    found.items()
                    >= {
                        "Project": "EveryoneCook",
                        "Environment": environment,
                        "ManagedBy": "ecinfra",
                        "Repository": "everyonecook",
                        "Stack": f"EveryoneCook-{environment}-{each.name}",
                        "StackType": kind,
                        "Layer": layer,
                        "CostCenter": f"{each.name}-{environment}",
                    }.items()
                )


def test_alarms_have_actions_in_their_own_region() -> None:
    for stack in ("Core", "Backend", "Observability", "EdgeAlarms"):
        for name, body in resources("prod", stack, "AWS::CloudWatch::Alarm").items():
            assert len(body["AlarmActions"]) == 1, name
            wanted = "EdgeAlarmTopic" if stack == "EdgeAlarms" else "AlarmTopic"
            assert body["AlarmActions"][0]["Ref"] in (wanted, f"{wanted}Ref"), name


def test_the_counts_of_alarms() -> None:
    counts = {
        environment: Counter(
            each.name
            for each in system(environment).templates
            for body in each.body["Resources"].values()
            if body["Type"] == "AWS::CloudWatch::Alarm"
        )
        for environment in ("dev", "prod")
    }
    assert counts["dev"] == {"Core": 7, "Backend": 25, "Observability": 13, "EdgeAlarms": 6}
    assert counts["prod"] == {"Core": 7, "Backend": 26, "Observability": 13, "EdgeAlarms": 6}


def test_nobody_writes_plumbing() -> None:
    for environment in ENVIRONMENTS:
        for each in system(environment).templates:
            assert "Fn::ImportValue" not in each.text
            assert '"Export"' not in each.text
            assert "cfn-lint" not in each.text

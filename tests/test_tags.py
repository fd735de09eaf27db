"""Tags on rendered resources."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from troposphere import AWSObject, If, NoValue, Ref, Tags
from troposphere.appstream import AppBlock, S3Location
from troposphere.autoscaling import AutoScalingGroup, LaunchTemplateSpecification
from troposphere.glue import Job, JobCommand, Workflow
from troposphere.opensearchserverless import Collection
from troposphere.route53recoverycontrol import ControlPanel
from troposphere.sqs import Queue
from troposphere.ssm import Parameter

from ecinfra.tags import tag

TAGS = {"Project": "Shop", "Stack": "Shop-dev-Orders"}


def tagged(resource: AWSObject) -> Any:
    body = {"Type": resource.resource_type, **resource.to_dict()}
    tag(body, TAGS)
    return body["Properties"].get("Tags")


def group(**options: Any) -> AutoScalingGroup:
    template = LaunchTemplateSpecification(LaunchTemplateId="lt-0123456789abcdef0", Version="1")
    given: dict[str, Any] = {
        "MinSize": "1",
        "MaxSize": "1",
        "VPCZoneIdentifier": ["subnet-0123456789abcdef0"],
        **options,
    }
    return AutoScalingGroup("Group", LaunchTemplate=template, **given)


def job(**options: Any) -> Job:
    role = "arn:aws:iam::123456789012:role/glue"
    return Job("Job", Command=JobCommand(Name="glueetl", ScriptLocation="s3://shop/job.py"), Role=role, **options)


def test_tags_are_a_list_and_the_resources_own_win() -> None:
    assert tagged(Queue("Queue", Tags=Tags(Stack="mine"))) == [
        {"Key": "Stack", "Value": "mine"},
        {"Key": "Project", "Value": "Shop"},
    ]


def test_tags_are_a_map_and_the_resources_own_win() -> None:
    assert tagged(Parameter("Parameter", Type="String", Value="1", Tags={"Stack": "mine"})) == {
        "Project": "Shop",
        "Stack": "mine",
    }


def test_a_map_of_one_tag_of_ones_own_is_no_function() -> None:
    assert tagged(Parameter("Parameter", Type="String", Value="1", Tags={"Reference": "7"})) == {
        "Project": "Shop",
        "Stack": "Shop-dev-Orders",
        "Reference": "7",
    }


def test_the_tags_of_a_group_go_on_to_its_instances_unless_its_own_say_otherwise() -> None:
    own = {"Key": "Stack", "Value": "mine", "PropagateAtLaunch": False}
    assert tagged(group(Tags=[own])) == [
        own,
        {"Key": "Project", "Value": "Shop", "PropagateAtLaunch": True},
    ]


def test_tags_that_are_a_function_are_left_alone() -> None:
    choice = If("Wanted", {"Team": "kitchen"}, NoValue)
    said = {"Fn::If": ["Wanted", {"Team": "kitchen"}, {"Ref": "AWS::NoValue"}]}
    assert tagged(Parameter("Parameter", Type="String", Value="1", Tags=choice)) == said
    assert tagged(Parameter("Parameter", Type="String", Value="1", Tags=Ref("Given"))) == {"Ref": "Given"}
    assert tagged(Queue("Queue", Tags=If("Wanted", Tags(Team="kitchen"), NoValue))) == {
        "Fn::If": ["Wanted", [{"Key": "Team", "Value": "kitchen"}], {"Ref": "AWS::NoValue"}]
    }


def test_a_map_that_is_written_as_text_is_left_alone() -> None:
    body = {"Type": "AWS::Glue::Workflow", "Properties": {"Tags": '{"Team": "kitchen"}'}}
    tag(body, TAGS)
    assert body == {"Type": "AWS::Glue::Workflow", "Properties": {"Tags": '{"Team": "kitchen"}'}}


@pytest.mark.parametrize(
    "kind", ["DAX::Cluster", "Glue::Job", "MWAA::Environment", "MediaLive::Input", "Pinpoint::App"]
)
def test_maps_without_a_schema_of_their_own_are_tagged(kind: str) -> None:
    body: dict[str, Any] = {"Type": f"AWS::{kind}"}
    tag(body, TAGS)
    assert body["Properties"] == {"Tags": {"Project": "Shop", "Stack": "Shop-dev-Orders"}}


def test_a_type_that_tags_would_replace_keeps_the_tags_it_brings_and_gets_no_others() -> None:
    mine = [{"Key": "Team", "Value": "kitchen"}]
    assert tagged(Collection("Search", Name="search")) is None
    assert tagged(Collection("Search", Name="search", Tags=Tags(Team="kitchen"))) == mine
    assert tagged(ControlPanel("Panel", Name="panel")) is None


def test_cfn_lint_has_nothing_to_say_of_tagged_resources(tmp_path: Path) -> None:
    location = S3Location(S3Bucket="shop", S3Key="block.vhd")
    resources = {}
    for resource in (group(), job(), Workflow("Flow"), AppBlock("Block", Name="block", SourceS3Location=location)):
        resources[resource.title] = {"Type": resource.resource_type, **resource.to_dict()}
        tag(resources[resource.title], TAGS)
    file = tmp_path / "tagged.json"
    file.write_text(json.dumps({"AWSTemplateFormatVersion": "2010-09-09", "Resources": resources}), encoding="utf-8")
    program = "from cfnlint.runner import main; main()"
    command = [sys.executable, "-c", program, "--regions", "eu-west-1", "-c", "I", "--", str(file)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert (done.stdout, done.returncode) == ("", 0)

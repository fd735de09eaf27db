"""What is known of resource types."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import ecinfra
from ecinfra.facts import Spelling, fixed_properties, is_list, tag_property
from ecinfra.retention import keep

FILE = Path(ecinfra.__file__).parent / "data" / "types.json"


def test_how_types_spell_their_tags() -> None:
    assert tag_property("AWS::SQS::Queue") == ("Tags", Spelling.LIST)
    assert tag_property("AWS::Cognito::UserPool") == ("UserPoolTags", Spelling.MAP)
    assert tag_property("AWS::Route53::HostedZone") == ("HostedZoneTags", Spelling.LIST)
    assert tag_property("AWS::ApiGatewayV2::Api") == ("Tags", Spelling.MAP)
    assert tag_property("AWS::AutoScaling::AutoScalingGroup") == ("Tags", Spelling.LAUNCH)
    assert tag_property("AWS::Glue::Job") == ("Tags", Spelling.MAP)
    assert tag_property("AWS::AppStream::AppBlock") == ("Tags", Spelling.LIST)
    assert tag_property("AWS::IAM::Policy") is None
    assert tag_property("Custom::Thing") is None


def test_types_that_tags_would_replace_have_no_property_for_them() -> None:
    assert tag_property("AWS::OpenSearchServerless::Collection") is None
    assert tag_property("AWS::Route53RecoveryControl::SafetyRule") is None
    for name in json.loads(FILE.read_text("utf-8")):
        spelled = tag_property(name)
        assert spelled is None or spelled[0] not in fixed_properties(name)


def test_which_attributes_are_lists() -> None:
    assert is_list("AWS::Route53::HostedZone", "NameServers")
    assert is_list("AWS::ElastiCache::ReplicationGroup", "ReadEndPoint.AddressesList")
    assert is_list("AWS::EC2::Instance", "Volumes")
    assert is_list("AWS::EFS::MountTarget", "SecurityGroups")
    assert not is_list("AWS::Route53::HostedZone", "Id")
    assert not is_list("AWS::ElastiCache::ReplicationGroup", "ReadEndPoint.Addresses")
    assert not is_list("Custom::Thing", "NameServers")


def test_which_properties_replace_a_resource() -> None:
    assert fixed_properties("AWS::SQS::Queue") == {"QueueName", "FifoQueue"}
    assert fixed_properties("Custom::Thing") == frozenset()


@pytest.mark.parametrize("name", ["Cassandra::Table", "MSK::Cluster", "MemoryDB::Cluster", "S3Tables::TableBucket"])
def test_what_holds_data_is_kept_where_data_is(name: str) -> None:
    body: dict[str, Any] = {"Type": f"AWS::{name}"}
    keep(body, keep_data=True)
    assert (body["DeletionPolicy"], body["UpdateReplacePolicy"]) == ("RetainExceptOnCreate", "Retain")


def test_every_type_can_be_looked_up_by_its_line() -> None:
    for name, facts in json.loads(FILE.read_text("utf-8")).items():
        assert fixed_properties(name) == set(facts.get("fixed", ()))
        assert (tag_property(name) is None) == ("tags" not in facts)

"""What is known of resource types."""

from __future__ import annotations

import json
from pathlib import Path

import ecinfra
from ecinfra.facts import fixed_properties, is_list, tag_property

FILE = Path(ecinfra.__file__).parent / "data" / "types.json"


def test_how_types_spell_their_tags() -> None:
    assert tag_property("AWS::SQS::Queue") == ("Tags", False)
    assert tag_property("AWS::Cognito::UserPool") == ("UserPoolTags", True)
    assert tag_property("AWS::Route53::HostedZone") == ("HostedZoneTags", False)
    assert tag_property("AWS::ApiGatewayV2::Api") == ("Tags", True)
    assert tag_property("AWS::IAM::Policy") is None
    assert tag_property("Custom::Thing") is None


def test_which_attributes_are_lists() -> None:
    assert is_list("AWS::Route53::HostedZone", "NameServers")
    assert not is_list("AWS::Route53::HostedZone", "Id")
    assert not is_list("Custom::Thing", "NameServers")


def test_which_properties_replace_a_resource() -> None:
    assert fixed_properties("AWS::SQS::Queue") == {"QueueName", "FifoQueue"}
    assert fixed_properties("Custom::Thing") == frozenset()


def test_every_type_can_be_looked_up_by_its_line() -> None:
    for name, facts in json.loads(FILE.read_text("utf-8")).items():
        assert fixed_properties(name) == set(facts.get("fixed", ()))
        assert (tag_property(name) is None) == ("tags" not in facts)

from __future__ import annotations

import pytest

from ecinfra.graph.services import in_words, kind


@pytest.mark.parametrize(
    ("resource_type", "words", "expected"),
    [
        ("AWS::Lambda::Function", "Lambda Function", "compute"),
        ("AWS::DynamoDB::Table", "DynamoDB Table", "data"),
        ("AWS::CloudFront::Distribution", "CloudFront Distribution", "network"),
        ("AWS::IAM::Role", "IAM Role", "security"),
        ("AWS::SQS::Queue", "SQS Queue", "messaging"),
        ("AWS::Logs::LogGroup", "Logs LogGroup", "monitoring"),
        ("AWS::EC2::Instance", "EC2 Instance", "compute"),
        ("AWS::EC2::SubnetRouteTableAssociation", "EC2 SubnetRouteTableAssociation", "network"),
        ("AWS::EC2::SecurityGroupIngress", "EC2 SecurityGroupIngress", "security"),
        ("AWS::Proton::Service", "Proton Service", "other"),
        ("Custom::Seed", "Custom Seed", "other"),
        ("House::Kitchen::Oven::MODULE", "House Kitchen Oven MODULE", "other"),
    ],
)
def test_a_type_has_words_and_a_kind(resource_type: str, words: str, expected: str) -> None:
    assert (in_words(resource_type), kind(resource_type)) == (words, expected)

from __future__ import annotations

from typing import Any

import pytest
from troposphere import AWSObject, Ref

from tests.lint.faults import faults, faults_of, new_app, resource

PROVEN = {"ValidationMethod": "DNS", "DomainValidationOptions": [{"DomainName": "shop.example", "HostedZoneId": "Z1"}]}


def certificate(**properties: Any) -> AWSObject:
    return resource("AWS::CertificateManager::Certificate", "Proof", DomainName="shop.example", **properties)


EDGE = resource(
    "AWS::CloudFront::Distribution",
    "Edge",
    DistributionConfig={"ViewerCertificate": {"AcmCertificateArn": Ref("Proof")}},
)
DOMAIN = resource("AWS::ApiGateway::DomainName", "Name", RegionalCertificateArn=Ref("Proof"))


def said(reader: AWSObject, region: str | None) -> list[str]:
    """The certificate in one region, and what reads it in eu-west-1."""
    app = new_app()
    app.stack("Proofs", region=region).add(certificate(**PROVEN))
    app.stack("Desk").add(reader)
    return faults(app)


def test_cloudfront_sees_certificates_of_us_east_1() -> None:
    assert said(EDGE, None) == [
        "EC131 Desk Edge.Properties.DistributionConfig.ViewerCertificate.AcmCertificateArn: wants a certificate in "
        "us-east-1, and Proof is in eu-west-1"
    ]
    assert said(EDGE, "us-east-1") == []


def test_a_regional_api_sees_certificates_of_its_region() -> None:
    other = resource(
        "AWS::ApiGatewayV2::DomainName", "Name", DomainNameConfigurations=[{"CertificateArn": Ref("Proof")}]
    )

    assert said(DOMAIN, "us-east-1") == [
        "EC131 Desk Name.Properties.RegionalCertificateArn: wants a certificate in eu-west-1, and Proof is in us-east-1"
    ]
    assert said(DOMAIN, None) == []
    assert [fault[:5] for fault in said(other, "us-east-1")] == ["EC131"]
    assert said(other, None) == []


def test_a_web_acl_for_cloudfront_is_in_us_east_1() -> None:
    acl = resource("AWS::WAFv2::WebACL", "Wall", Scope="CLOUDFRONT")

    assert faults_of(acl) == [
        "EC131 Desk Wall.Properties.Scope: has the scope CLOUDFRONT in eu-west-1: that is for us-east-1 alone"
    ]
    assert faults_of(acl, region="us-east-1") == []
    assert faults_of(resource("AWS::WAFv2::WebACL", "Wall", Scope="REGIONAL")) == []


def test_a_certificates_record_is_made_with_it() -> None:
    assert faults_of(certificate(ValidationMethod="DNS")) == [
        "EC132 Desk Proof.Properties.DomainValidationOptions: is proven by a DNS record that nobody makes: "
        "name the HostedZoneId of its domains"
    ]
    assert faults_of(certificate(**PROVEN)) == []


def test_a_pools_plan_contains_what_it_asks_for() -> None:
    def pool(**properties: Any) -> AWSObject:
        return resource("AWS::Cognito::UserPool", "Pool", **properties)

    guarded = {"UserPoolAddOns": {"AdvancedSecurityMode": "ENFORCED"}}
    assert faults_of(pool(**guarded)) == [
        "EC133 Desk Pool.Properties.UserPoolAddOns.AdvancedSecurityMode: AdvancedSecurityMode ENFORCED is part of the "
        "plan PLUS, and UserPoolTier is ESSENTIALS"
    ]
    assert faults_of(pool(**guarded, UserPoolTier="PLUS")) == []
    assert faults_of(pool(UserPoolAddOns={"AdvancedSecurityMode": "OFF"})) == []


def wall(description: str) -> AWSObject:
    rules = [{"IpProtocol": "tcp", "Description": description}]
    return resource("AWS::EC2::SecurityGroup", "Wall", GroupDescription="wall", SecurityGroupIngress=rules)


@pytest.mark.parametrize(("written", "refused"), [("from the café", "é"), ("in → out", "→"), ("the 'web'", "'")])
def test_a_rule_is_described_in_the_signs_that_ec2_takes(written: str, refused: str) -> None:
    assert faults_of(wall(written)) == [
        f"EC129 Desk Wall.Properties.SecurityGroupIngress.0.Description: EC2 refuses {refused} in the description of "
        "a rule"
    ]
    own = resource("AWS::EC2::SecurityGroupEgress", "Out", IpProtocol="-1", Description=written)
    assert [fault[:5] for fault in faults_of(own)] == ["EC129"]


def test_a_rule_is_described_shortly() -> None:
    assert faults_of(wall("a" * 256)) == [
        "EC129 Desk Wall.Properties.SecurityGroupIngress.0.Description: EC2 takes 255 signs in the description of "
        "a rule, and this has 256"
    ]
    assert faults_of(wall("from 10.0.0.0/8 (office), port 443")) == []

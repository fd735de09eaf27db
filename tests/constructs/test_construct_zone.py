"""Zones, records and certificates: names of one's own, and the proof that they are."""

from __future__ import annotations

import pytest
from troposphere import GetAtt, encode_to_dict

from ecinfra.constructs import Alias, Certificate, GivenZone, Record, Zone
from ecinfra.retention import Keeping
from tests.constructs.rendering import linked, new_app, properties, resources

COOK = GivenZone("Z0123456789", "everyonecook.cloud")


def test_a_zone_gives_its_id_and_its_name_servers() -> None:
    zone = Zone("Zone", "everyonecook.cloud")
    assert properties(zone) == {"Zone": {"Name": "everyonecook.cloud"}}
    assert encode_to_dict([zone.id, zone.name_servers]) == [
        {"Ref": "Zone"},
        {"Fn::GetAtt": ["Zone", "NameServers"]},
    ]


def test_a_zone_of_the_account_stays_even_where_data_does_not() -> None:
    shared = resources(Zone("Zone", "everyonecook.cloud", Keeping.ALWAYS), keep_data=False)["Zone"]
    assert (shared["DeletionPolicy"], shared["UpdateReplacePolicy"]) == ("RetainExceptOnCreate", "Retain")
    own = resources(Zone("Zone", "everyonecook.cloud"), keep_data=False)["Zone"]
    assert (own["DeletionPolicy"], own["UpdateReplacePolicy"]) == ("Delete", "Delete")


def test_a_record_stands_for_a_host_of_aws() -> None:
    target = Alias(GetAtt("ApiDomain", "RegionalDomainName"), GetAtt("ApiDomain", "RegionalHostedZoneId"))
    (record,) = Record("ApiRecord", COOK, "api.everyonecook.cloud", target).resources()
    assert record.to_dict() == {
        "Type": "AWS::Route53::RecordSet",
        "Properties": {
            "HostedZoneId": "Z0123456789",
            "Name": "api.everyonecook.cloud",
            "Type": "A",
            "AliasTarget": {
                "DNSName": {"Fn::GetAtt": ["ApiDomain", "RegionalDomainName"]},
                "HostedZoneId": {"Fn::GetAtt": ["ApiDomain", "RegionalHostedZoneId"]},
                "EvaluateTargetHealth": False,
            },
        },
    }


def test_a_target_that_answers_ipv6_has_a_second_record() -> None:
    made = properties(Record("CdnRecord", COOK, "everyonecook.cloud", Alias("d1.cloudfront.net", "Z2", ipv6=True)))
    assert {name: body["Type"] for name, body in made.items()} == {"CdnRecord": "A", "CdnRecordV6": "AAAA"}
    assert made["CdnRecord"]["AliasTarget"] == made["CdnRecordV6"]["AliasTarget"]


@pytest.mark.parametrize("name", ["api.other.cloud", "noteveryonecook.cloud"])
def test_a_name_that_the_zone_does_not_answer_for_is_refused(name: str) -> None:
    with pytest.raises(ValueError) as caught:
        Record("ApiRecord", COOK, name, Alias("d1.cloudfront.net", "Z2"))
    assert str(caught.value) == f"name: '{name}' is not in the zone everyonecook.cloud"


def test_a_certificate_proves_every_name_in_its_zone() -> None:
    certificate = Certificate("Cert", "cdn.everyonecook.cloud", COOK, ("www.everyonecook.cloud",))
    assert properties(certificate) == {
        "Cert": {
            "DomainName": "cdn.everyonecook.cloud",
            "SubjectAlternativeNames": ["www.everyonecook.cloud"],
            "ValidationMethod": "DNS",
            "DomainValidationOptions": [
                {"DomainName": "cdn.everyonecook.cloud", "HostedZoneId": "Z0123456789"},
                {"DomainName": "www.everyonecook.cloud", "HostedZoneId": "Z0123456789"},
            ],
        }
    }


def test_a_wildcard_and_its_parent_prove_themselves_by_one_record() -> None:
    option = {"DomainName": "everyonecook.cloud", "HostedZoneId": "Z0123456789"}
    either = properties(Certificate("Cert", "*.everyonecook.cloud", COOK, ("everyonecook.cloud",)))["Cert"]
    assert either["DomainName"] == "*.everyonecook.cloud"
    assert either["SubjectAlternativeNames"] == ["everyonecook.cloud"]
    assert either["DomainValidationOptions"] == [option]
    other = properties(Certificate("Cert", "everyonecook.cloud", COOK, ("*.everyonecook.cloud",)))["Cert"]
    assert other["DomainValidationOptions"] == [option]


def test_a_wildcard_alone_proves_itself() -> None:
    made = properties(Certificate("Cert", "*.everyonecook.cloud", COOK))["Cert"]
    assert made["DomainValidationOptions"] == [{"DomainName": "*.everyonecook.cloud", "HostedZoneId": "Z0123456789"}]


def test_a_certificate_for_cloudfront_takes_the_zone_from_another_region() -> None:
    app = new_app()
    zone = app.stack("Dns").add(Zone("Zone", "everyonecook.cloud"))
    app.stack("Certificate", region="us-east-1").add(Certificate("Cert", "cdn.everyonecook.cloud", zone))
    made = linked(app)["Certificate"]["Cert"]["Properties"]
    assert made["DomainValidationOptions"][0]["HostedZoneId"] == {"Ref": "ZoneRef"}


@pytest.mark.parametrize(
    ("domain", "others", "message"),
    [
        ("cdn.other.cloud", (), "domain: 'cdn.other.cloud' is not in the zone everyonecook.cloud"),
        (
            "everyonecook.cloud",
            ("*.other.cloud",),
            "others: '*.other.cloud' is not in the zone everyonecook.cloud",
        ),
    ],
)
def test_a_name_that_could_never_be_proven_is_refused(domain: str, others: tuple[str, ...], message: str) -> None:
    with pytest.raises(ValueError) as caught:
        Certificate("Cert", domain, COOK, others)
    assert str(caught.value) == message

"""What stands in a region, a plan or a text where it cannot stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ecinfra.lint.estate import Estate, Located, Said
from ecinfra.lint.finding import Path
from ecinfra.lint.literals import items, members
from ecinfra.lint.table import RULES

_TEXT = RULES["EC129"]
_REGION = RULES["EC131"]
_CERTIFICATE = RULES["EC132"]
_PLAN = RULES["EC133"]

_HOME = "us-east-1"
_ISSUED = "AWS::CertificateManager::Certificate"
_REFUSED_SIGN = re.compile(r"[^a-zA-Z0-9. _\-:/()#,@\[\]+=&;{}!$*]")
_LONGEST = 255


def check_regions(estate: Estate) -> Said:
    """CloudFront sees certificates and web ACLs of us-east-1; a regional API, certificates of its own region."""
    for resource, path, value in _certificates(estate):
        certificate = estate.resource(resource.template, value, _ISSUED)
        if certificate is None:
            continue
        wanted = _HOME if resource.type == "AWS::CloudFront::Distribution" else estate.region(resource.template)
        found = estate.region(certificate.template)
        if found != wanted:
            said = f"wants a certificate in {wanted}, and {certificate.id} is in {found}"
            yield resource.fault(_REGION, said, *path)
    for acl in estate.all("AWS::WAFv2::WebACL", "AWS::WAFv2::IPSet", "AWS::WAFv2::RuleGroup"):
        region = estate.region(acl.template)
        if acl.properties.get("Scope") == "CLOUDFRONT" and region != _HOME:
            yield acl.fault(_REGION, f"has the scope CLOUDFRONT in {region}: that is for {_HOME} alone", "Scope")


def check_certificates(estate: Estate) -> Said:
    """A certificate's DNS record is made with it."""
    for certificate in estate.all(_ISSUED):
        options = items(certificate.properties.get("DomainValidationOptions"))
        if certificate.properties.get("ValidationMethod") == "DNS" and not any(
            "HostedZoneId" in members(option) for option in options
        ):
            said = "is proven by a DNS record that nobody makes: name the HostedZoneId of its domains"
            yield certificate.fault(_CERTIFICATE, said, "DomainValidationOptions")


def check_plans(estate: Estate) -> Said:
    """A user pool's plan contains what the pool asks for."""
    for pool in estate.all("AWS::Cognito::UserPool"):
        mode = members(pool.properties.get("UserPoolAddOns")).get("AdvancedSecurityMode", "OFF")
        plan = pool.properties.get("UserPoolTier", "ESSENTIALS")
        if mode in ("AUDIT", "ENFORCED") and plan in ("LITE", "ESSENTIALS"):
            said = f"AdvancedSecurityMode {mode} is part of the plan PLUS, and UserPoolTier is {plan}"
            yield pool.fault(_PLAN, said, "UserPoolAddOns", "AdvancedSecurityMode")


def check_texts(estate: Estate) -> Said:
    """A security group's rule is described in the signs that EC2 takes."""
    for resource, path, written in _descriptions(estate):
        refused = sorted(set(_REFUSED_SIGN.findall(written)))
        if refused:
            yield resource.fault(_TEXT, f"EC2 refuses {' '.join(refused)} in the description of a rule", *path)
        elif len(written) > _LONGEST:
            said = f"EC2 takes {_LONGEST} signs in the description of a rule, and this has {len(written)}"
            yield resource.fault(_TEXT, said, *path)


def _certificates(estate: Estate) -> Iterator[tuple[Located, Path, Any]]:
    for distribution in estate.all("AWS::CloudFront::Distribution"):
        viewer = members(members(distribution.properties.get("DistributionConfig")).get("ViewerCertificate"))
        inside = ("DistributionConfig", "ViewerCertificate", "AcmCertificateArn")
        yield distribution, inside, viewer.get("AcmCertificateArn")
    for domain in estate.all("AWS::ApiGateway::DomainName"):
        yield domain, ("RegionalCertificateArn",), domain.properties.get("RegionalCertificateArn")
    for domain in estate.all("AWS::ApiGatewayV2::DomainName"):
        for number, entry in enumerate(items(domain.properties.get("DomainNameConfigurations"))):
            path = ("DomainNameConfigurations", number, "CertificateArn")
            yield domain, path, members(entry).get("CertificateArn")


def _descriptions(estate: Estate) -> Iterator[tuple[Located, Path, str]]:
    for rule in estate.all("AWS::EC2::SecurityGroupIngress", "AWS::EC2::SecurityGroupEgress"):
        written = rule.properties.get("Description")
        if isinstance(written, str):
            yield rule, ("Description",), written
    for group in estate.all("AWS::EC2::SecurityGroup"):
        for section in ("SecurityGroupIngress", "SecurityGroupEgress"):
            for number, entry in enumerate(items(group.properties.get(section))):
                written = members(entry).get("Description")
                if isinstance(written, str):
                    yield group, (section, number, "Description"), written

"""WebAcl: its rules, its log, and the stage it stands before."""

from __future__ import annotations

from typing import Any

import pytest

from ecinfra.constructs import Association, BodySize, Managed, RateLimit, WebAcl
from ecinfra.units import mebibytes
from tests.constructs.rendering import properties

RULES = (
    RateLimit("RateLimitRule", 2_000),
    Managed("AWSManagedRulesSQLi", "AWSManagedRulesSQLiRuleSet"),
    Managed("AWSManagedRulesCoreRuleSet", "AWSManagedRulesCommonRuleSet", counted=("SizeRestrictions_BODY",)),
    BodySize("RequestSizeLimit", mebibytes(10)),
)
ACL = WebAcl("Acl", "EveryoneCook-API-WAF-dev", RULES, log_name="aws-waf-logs-everyonecook-dev", log_days=7)


def seen(name: str) -> dict[str, Any]:
    return {"MetricName": name, "CloudWatchMetricsEnabled": True, "SampledRequestsEnabled": True}


def test_an_acl_lets_through_what_no_rule_blocks() -> None:
    acl = properties(ACL)["Acl"]
    acl.pop("Rules")
    assert acl == {
        "Name": "EveryoneCook-API-WAF-dev",
        "Scope": "REGIONAL",
        "DefaultAction": {"Allow": {}},
        "AssociationConfig": {"RequestBody": {"API_GATEWAY": {"DefaultSizeInspectionLimit": "KB_64"}}},
        "VisibilityConfig": seen("EveryoneCook-API-WAF-dev"),
    }


def test_rules_go_in_order_and_each_is_a_metric() -> None:
    assert properties(ACL)["Acl"]["Rules"] == [
        {
            "Name": "RateLimitRule",
            "Priority": 0,
            "VisibilityConfig": seen("RateLimitRule"),
            "Statement": {"RateBasedStatement": {"AggregateKeyType": "IP", "Limit": 2_000, "EvaluationWindowSec": 300}},
            "Action": {"Block": {}},
        },
        {
            "Name": "AWSManagedRulesSQLi",
            "Priority": 1,
            "VisibilityConfig": seen("AWSManagedRulesSQLi"),
            "Statement": {"ManagedRuleGroupStatement": {"VendorName": "AWS", "Name": "AWSManagedRulesSQLiRuleSet"}},
            "OverrideAction": {"None": {}},
        },
        {
            "Name": "AWSManagedRulesCoreRuleSet",
            "Priority": 2,
            "VisibilityConfig": seen("AWSManagedRulesCoreRuleSet"),
            "Statement": {
                "ManagedRuleGroupStatement": {
                    "VendorName": "AWS",
                    "Name": "AWSManagedRulesCommonRuleSet",
                    "RuleActionOverrides": [{"Name": "SizeRestrictions_BODY", "ActionToUse": {"Count": {}}}],
                }
            },
            "OverrideAction": {"None": {}},
        },
        {
            "Name": "RequestSizeLimit",
            "Priority": 3,
            "VisibilityConfig": seen("RequestSizeLimit"),
            "Statement": {
                "SizeConstraintStatement": {
                    "ComparisonOperator": "GT",
                    "Size": 10_485_760,
                    "FieldToMatch": {"Body": {"OversizeHandling": "MATCH"}},
                    "TextTransformations": [{"Priority": 0, "Type": "NONE"}],
                }
            },
            "Action": {"Block": {}},
        },
    ]


def test_everything_is_logged_but_who_is_calling() -> None:
    made = properties(ACL)
    assert made["AclLog"] == {"LogGroupName": "aws-waf-logs-everyonecook-dev", "RetentionInDays": 7}
    assert made["AclLogging"] == {
        "ResourceArn": {"Fn::GetAtt": ["Acl", "Arn"]},
        "LogDestinationConfigs": [
            {"Fn::Sub": "arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:${AclLog}"}
        ],
        "RedactedFields": [{"SingleHeader": {"Name": "authorization"}}, {"SingleHeader": {"Name": "cookie"}}],
    }


def test_it_stands_before_a_stage() -> None:
    assert properties(ACL, Association("AclAssociation", ACL, "arn:of:stage"))["AclAssociation"] == {
        "ResourceArn": "arn:of:stage",
        "WebACLArn": {"Fn::GetAtt": ["Acl", "Arn"]},
    }


def test_the_name_of_its_log_is_one_that_aws_waf_writes_to() -> None:
    with pytest.raises(ValueError, match="log_name: ") as caught:
        WebAcl("Acl", "Acl", RULES, log_name="waf-logs")
    assert str(caught.value) == "log_name: AWS WAF writes to groups called aws-waf-logs-..., not to 'waf-logs'"

"""A web ACL: what an API refuses before it is asked."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from troposphere import AWSObject, GetAtt, Ref, Sub
from troposphere import wafv2 as waf
from troposphere.logs import LogGroup

from ecinfra.constructs.key import Key
from ecinfra.constructs.metric import Metric
from ecinfra.frozen import frozen
from ecinfra.parts import given
from ecinfra.units import Bytes

# The most that AWS WAF reads of a body sent to API Gateway. Only what exceeds 16 KB costs extra.
_INSPECTED = "KB_64"
_REDACTED = ("authorization", "cookie")


@frozen
class RateLimit:
    """Block an address that sends more than so many requests in five minutes."""

    name: str
    requests: int

    def rule(self) -> dict[str, Any]:
        """What the rule looks for, and what it does then."""
        statement = waf.RateBasedStatement(AggregateKeyType="IP", Limit=self.requests, EvaluationWindowSec=300)
        return {
            "Statement": waf.Statement(RateBasedStatement=statement),
            "Action": waf.RuleAction(Block=waf.BlockAction()),
        }


@frozen
class Managed:
    """A rule group that AWS keeps; the rules in `counted` are counted, and block nothing."""

    name: str
    group: str
    counted: tuple[str, ...] = ()

    def rule(self) -> dict[str, Any]:
        """What the rule looks for, and what it does then."""
        counting = [
            waf.RuleActionOverride(Name=name, ActionToUse=waf.RuleAction(Count=waf.CountAction()))
            for name in self.counted
        ]
        statement = waf.ManagedRuleGroupStatement(
            VendorName="AWS", Name=self.group, **given(RuleActionOverrides=counting or None)
        )
        as_it_is: dict[str, Any] = {"None": {}}  # the property's name: the group's own actions stand
        return {
            "Statement": waf.Statement(ManagedRuleGroupStatement=statement),
            "OverrideAction": waf.OverrideAction(**as_it_is),
        }


@frozen
class BodySize:
    """Block a body that is larger than so many bytes, or larger than what can be inspected of it."""

    name: str
    over: Bytes

    def rule(self) -> dict[str, Any]:
        """What the rule looks for, and what it does then.

        AWS WAF never sees a body of more than 64 KB whole, so that no size above that is ever measured. What makes
        the rule one is MATCH: a body that the other rules could read but in part is refused as too large.
        """
        statement = waf.SizeConstraintStatement(
            ComparisonOperator="GT",
            Size=self.over,
            FieldToMatch=waf.FieldToMatch(Body=waf.Body(OversizeHandling="MATCH")),
            TextTransformations=[waf.TextTransformation(Priority=0, Type="NONE")],
        )
        return {
            "Statement": waf.Statement(SizeConstraintStatement=statement),
            "Action": waf.RuleAction(Block=waf.BlockAction()),
        }


Rule = RateLimit | Managed | BodySize


@frozen
class WebAcl:
    """A regional web ACL that lets through what none of its rules blocks, and logs everything; rules go in order."""

    title: str
    name: str
    rules: tuple[Rule, ...] | list[Rule]
    log_name: str
    log_days: int = 30
    log_key: Key | None = None

    def __post_init__(self) -> None:
        if not self.log_name.startswith("aws-waf-logs-"):
            raise ValueError(f"log_name: AWS WAF writes to groups called aws-waf-logs-..., not to '{self.log_name}'")

    @property
    def log_title(self) -> str:
        """The logical id of its log."""
        return f"{self.title}Log"

    @cached_property
    def arn(self) -> Any:
        """Its ARN."""
        return GetAtt(self.title, "Arn")

    def blocked(self, rule: str) -> Metric:
        """Requests that a rule blocked; ALL stands for all of them."""
        return self._requests("BlockedRequests", rule)

    def allowed(self, rule: str) -> Metric:
        """Requests that a rule let through; ALL stands for all of them."""
        return self._requests("AllowedRequests", rule)

    def _requests(self, name: str, rule: str) -> Metric:
        found = {"WebACL": self.name, "Region": Ref("AWS::Region"), "Rule": rule}
        return Metric("AWS/WAFV2", name, dimensions=found)

    def resources(self) -> Iterable[AWSObject]:
        """The log, the ACL, and what ties the two."""
        named = given(LogGroupName=self.log_name, KmsKeyId=self.log_key.arn if self.log_key else None)
        yield LogGroup(self.log_title, RetentionInDays=self.log_days, **named)
        inspected = waf.RequestBodyAssociatedResourceTypeConfig(DefaultSizeInspectionLimit=_INSPECTED)
        yield waf.WebACL(
            self.title,
            Name=self.name,
            Scope="REGIONAL",
            DefaultAction=waf.DefaultAction(Allow=waf.AllowAction()),
            AssociationConfig=waf.AssociationConfig(RequestBody={"API_GATEWAY": inspected}),
            Rules=[
                waf.WebACLRule(Name=rule.name, Priority=at, VisibilityConfig=_seen(rule.name), **rule.rule())
                for at, rule in enumerate(self.rules)
            ],
            VisibilityConfig=_seen(self.name),
        )
        yield self._logging()

    def _logging(self) -> waf.LoggingConfiguration:
        # The group's own ARN ends in :*, which AWS WAF has no use for. The permission to write there AWS WAF gives
        # itself when the configuration is made, in a policy that all web ACLs of the account share.
        log = Sub(f"arn:${{AWS::Partition}}:logs:${{AWS::Region}}:${{AWS::AccountId}}:log-group:${{{self.log_title}}}")
        redacted = [
            waf.LoggingConfigurationFieldToMatch(SingleHeader=waf.SingleHeader(Name=name)) for name in _REDACTED
        ]
        return waf.LoggingConfiguration(
            f"{self.title}Logging", ResourceArn=self.arn, LogDestinationConfigs=[log], RedactedFields=redacted
        )


@frozen
class Association:
    """A web ACL before a stage, named by its ARN."""

    title: str
    acl: WebAcl
    stage: Any

    def resources(self) -> Iterable[AWSObject]:
        """The association."""
        yield waf.WebACLAssociation(self.title, ResourceArn=self.stage, WebACLArn=self.acl.arn)


def _seen(name: str) -> waf.VisibilityConfig:
    return waf.VisibilityConfig(MetricName=name, CloudWatchMetricsEnabled=True, SampledRequestsEnabled=True)

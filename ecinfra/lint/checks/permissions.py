"""Policies that allow more than anybody meant."""

from __future__ import annotations

import re

from ecinfra.lint.estate import Estate, Said
from ecinfra.lint.literals import items, members, text
from ecinfra.lint.statements import Statement, statements
from ecinfra.lint.table import RULES

_RESOURCE = RULES["EC124"]
_ACTION = RULES["EC125"]
_INVERTED = RULES["EC126"]
_MANAGED = RULES["EC127"]

# Actions for which the service knows no resources; or none that exist before the call (network interfaces), or that
# a system has (data sets of metrics, views of bills). Reviewed one by one; whoever adds one says here why.
UNSCOPED = frozenset(
    {
        "cloudwatch:getmetricdata",
        "cloudwatch:getmetricstatistics",
        "cloudwatch:listmetrics",
        "cloudwatch:putmetricdata",
        "ec2:assignprivateipaddresses",
        "ec2:createnetworkinterface",
        "ec2:deletenetworkinterface",
        "ec2:describenetworkinterfaces",
        "ec2:describesecuritygroups",
        "ec2:describesubnets",
        "ec2:describevpcs",
        "ec2:unassignprivateipaddresses",
        "ecr:getauthorizationtoken",
        "logs:createlogdelivery",
        "logs:deletelogdelivery",
        "logs:describeloggroups",
        "logs:describeresourcepolicies",
        "logs:getlogdelivery",
        "logs:listlogdeliveries",
        "logs:putresourcepolicy",
        "logs:updatelogdelivery",
        "s3:listallmybuckets",
        "secretsmanager:getrandompassword",
        "ssmmessages:createcontrolchannel",
        "ssmmessages:createdatachannel",
        "ssmmessages:opencontrolchannel",
        "ssmmessages:opendatachannel",
        "sts:getcalleridentity",
        "xray:getsamplingrules",
        "xray:getsamplingstatisticsummaries",
        "xray:getsamplingtargets",
        "xray:puttelemetryrecords",
        "xray:puttracesegments",
    }
)
_UNSCOPED_SERVICES = ("ce:",)
# services whose ARNs end with a name, not with a kind and a name
_NAMED_AT_ONCE = frozenset({"execute-api", "s3"})
_KIND_OF_ANY = re.compile(r"/?[A-Za-z][A-Za-z-]*[/:]\*.*")


def check_resources(estate: Estate) -> Said:
    """What is allowed is allowed on resources by name."""
    logging = _logging_roles(estate)
    for statement in statements(estate):
        if not statement.allows or not statement.granted or statement.owner.id in logging:
            continue
        scoped = [action for action in statement.actions if not _is_unscoped(action)]
        for resource in items(statement.body.get("Resource")):
            arn = text(resource)
            if scoped and _is_any(arn):
                said = f"allows {', '.join(scoped)} on {arn}: name the resources"
                yield statement.owner.fault(_RESOURCE, said, *statement.path, "Resource")


def check_actions(estate: Estate) -> Said:
    """What is allowed is allowed action by action."""
    for statement in statements(estate):
        wide = [action for action in statement.actions if action == "*" or action.endswith(":*")]
        if statement.allows and wide and not _is_account_on_its_key(statement):
            said = f"allows {', '.join(wide)}: name the actions"
            yield statement.owner.fault(_ACTION, said, *statement.path, "Action")


def check_inversions(estate: Estate) -> Said:
    """What is allowed is what is named."""
    for statement in statements(estate):
        for name in ("NotAction", "NotResource", "NotPrincipal"):
            if statement.allows and name in statement.body:
                said = f"allows everything but what {name} names: say what is meant"
                yield statement.owner.fault(_INVERTED, said, *statement.path, name)


def check_managed_policies(estate: Estate) -> Said:
    """What an identity may do stands in the system's own templates."""
    for holder in estate.all("AWS::IAM::Group", "AWS::IAM::Role", "AWS::IAM::User"):
        for number, policy in enumerate(items(holder.properties.get("ManagedPolicyArns"))):
            arn = text(estate.attribute(holder.template, policy))
            if ":iam::aws:policy/" in arn:
                said = f"holds {arn.rpartition('policy/')[2]}, which AWS writes and changes: say what it may do"
                yield holder.fault(_MANAGED, said, "ManagedPolicyArns", number)


def _logging_roles(estate: Estate) -> set[str]:
    """The roles that API Gateway logs with: it takes none that may not log everywhere."""
    roles = (
        estate.resource(account.template, account.properties.get("CloudWatchRoleArn"), "AWS::IAM::Role")
        for account in estate.all("AWS::ApiGateway::Account")
    )
    return {role.id for role in roles if role}


def _is_unscoped(action: str) -> bool:
    return action in UNSCOPED or action.startswith(_UNSCOPED_SERVICES)


def _is_any(arn: str) -> bool:
    """Whether an ARN means everything, everything of a service, or every resource of a kind."""
    if arn == "*":
        return True
    parts = re.sub(r"\$\{[^}]*\}", "$", arn).split(":", 5)
    if len(parts) < 6:
        return False
    service, name = parts[2], parts[5]
    if not name.strip("*"):
        return True
    return service not in _NAMED_AT_ONCE and _KIND_OF_ANY.fullmatch(name) is not None


def _is_account_on_its_key(statement: Statement) -> bool:
    """A key without it could be governed by nobody, were its other holders gone."""
    if statement.path[0] != "KeyPolicy" or statement.actions != ["kms:*"]:
        return False
    principals = [text(name) for name in items(members(statement.body.get("Principal")).get("AWS"))]
    return bool(principals) and all(name.endswith(":root") or name == "${AWS::AccountId}" for name in principals)

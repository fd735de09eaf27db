"""What services send: whether it may be sent, and whether it can be read."""

from __future__ import annotations

from ecinfra.lint.deliveries import CLOUDWATCH, QUEUE, TOPIC, Delivery, deliveries
from ecinfra.lint.estate import Estate, Located, Said
from ecinfra.lint.functions import FUNCTION, function
from ecinfra.lint.keys import refusal
from ecinfra.lint.literals import items, text
from ecinfra.lint.statements import Statement, allowed, of_document
from ecinfra.lint.table import RULES

_DELIVERY_KEY = RULES["EC104"]
_ALARM_KEY = RULES["EC105"]
_LOG_KEY = RULES["EC106"]
_POLICY = RULES["EC107"]
_PERMISSION = RULES["EC108"]

_SENDING = ("kms:Decrypt", "kms:GenerateDataKey")
_LOGGING = ("kms:Encrypt", "kms:Decrypt", "kms:GenerateDataKey")
_POLICIES = {
    QUEUE: ("AWS::SQS::QueuePolicy", "Queues", "sqs:SendMessage"),
    TOPIC: ("AWS::SNS::TopicPolicy", "Topics", "sns:Publish"),
}


def check_keys(estate: Estate) -> Said:
    """Who sends to a queue or topic may use its key."""
    for delivery in deliveries(estate):
        target = delivery.target
        reason = refusal(estate, target, target.properties.get("KmsMasterKeyId"), delivery.service, _SENDING)
        if target.type == FUNCTION or not reason:
            continue
        if delivery.service == CLOUDWATCH:
            said = f"notifies {target.id}, {reason}: it goes off, and nobody hears it"
            yield delivery.sender.fault(_ALARM_KEY, said, *delivery.path)
        else:
            said = f"{delivery.service} sends to {target.id}, {reason}: what it sends is dropped"
            yield delivery.sender.fault(_DELIVERY_KEY, said, *delivery.path)


def check_logs(estate: Estate) -> Said:
    """CloudWatch Logs may use the key of a log group."""
    for group in estate.all("AWS::Logs::LogGroup"):
        reason = refusal(estate, group, group.properties.get("KmsKeyId"), "logs.amazonaws.com", _LOGGING)
        if reason:
            yield group.fault(_LOG_KEY, f"is encrypted, {reason}", "KmsKeyId")


def check_policies(estate: Estate) -> Said:
    """The policy of a queue or topic lets in who sends to it."""
    for delivery in deliveries(estate):
        if delivery.target.type == FUNCTION:
            continue
        _, _, action = _POLICIES[delivery.target.type]
        statements = _policies(estate, delivery.target)
        if statements is None and delivery.service == CLOUDWATCH:
            continue  # the policy that a topic is born with lets the account's own alarms in
        if not allowed(statements or (), delivery.service, [action]):
            said = f"sends to {delivery.target.id}, and no policy there allows {delivery.service} {action}"
            yield delivery.sender.fault(_POLICY, said, *delivery.path)


def check_permissions(estate: Estate) -> Said:
    """Who calls a function is permitted to."""
    permissions: dict[str, list[Located]] = {}
    for permission in estate.all("AWS::Lambda::Permission"):
        called = function(estate, permission.template, permission.properties.get("FunctionName"))
        if called:
            permissions.setdefault(called.id, []).append(permission)
    for delivery in deliveries(estate):
        if delivery.target.type != FUNCTION:
            continue
        given = [item for item in permissions.get(delivery.target.id, ()) if _is_for(item, delivery)]
        if not given:
            said = f"calls {delivery.target.id}, and no AWS::Lambda::Permission lets {delivery.service} do so"
            yield delivery.sender.fault(_PERMISSION, said, *delivery.path)
        elif delivery.service == "s3.amazonaws.com" and not any(_is_first(item, delivery.sender) for item in given):
            said = f"calls {delivery.target.id} and does not wait for {given[0].id}: S3 checks at once; add a DependsOn"
            yield delivery.sender.fault(_PERMISSION, said, *delivery.path)


def _is_for(permission: Located, delivery: Delivery) -> bool:
    return text(permission.properties.get("Principal", "")) in (delivery.service, "*")


def _is_first(permission: Located, sender: Located) -> bool:
    """Whether a permission stands before the sender; one in another stack stands or falls with the stacks' order."""
    if permission.template is not sender.template:
        return True
    return permission.id in items(sender.body.get("DependsOn"))


def _policies(estate: Estate, target: Located) -> list[Statement] | None:
    """The statements of every policy of a queue or topic; None where it has none of its own."""
    kind, names, _ = _POLICIES[target.type]
    found: list[Statement] | None = None
    for policy in estate.all(kind):
        for name in items(policy.properties.get(names)):
            owner = estate.resource(policy.template, name, target.type)
            if owner and owner.id == target.id:
                found = [
                    *(found or ()),
                    *of_document(policy, policy.properties.get("PolicyDocument"), (), granted=False),
                ]
    return found

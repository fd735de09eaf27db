"""Who sends to whom: what AWS services deliver to queues, topics and functions of a system."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ecinfra.lint.estate import Estate, Located
from ecinfra.lint.finding import Path
from ecinfra.lint.functions import functions
from ecinfra.lint.literals import items, members
from ecinfra.lint.operations import operations

QUEUE = "AWS::SQS::Queue"
TOPIC = "AWS::SNS::Topic"
ALARMS = ("AWS::CloudWatch::Alarm", "AWS::CloudWatch::CompositeAlarm")
CLOUDWATCH = "cloudwatch.amazonaws.com"
_ACTIONS = ("AlarmActions", "InsufficientDataActions", "OKActions")

Written = tuple[Located, str, Path, Any]


@dataclass(frozen=True, slots=True)
class Delivery:
    """A service that sends something somewhere, and the property that says so."""

    sender: Located
    service: str
    path: Path
    target: Located


def deliveries(estate: Estate) -> Iterator[Delivery]:
    """Every delivery to a queue, a topic or a function."""
    for written in (_rules, _subscriptions, _notifications, _alarms, _budgets, _pools, _apis, _rotations):
        for sender, service, path, value in written(estate):
            target = estate.resource(sender.template, value, QUEUE, TOPIC)
            if target:
                yield Delivery(sender, service, path, target)
            for function in () if target else functions(estate, sender.template, value):
                yield Delivery(sender, service, path, function)


def _rules(estate: Estate) -> Iterator[Written]:
    """Targets of rules; one with a role is written to with that role's permissions."""
    for rule in estate.all("AWS::Events::Rule"):
        for number, target in enumerate(items(rule.properties.get("Targets"))):
            service = "events.amazonaws.com"
            if "RoleArn" not in members(target):
                yield rule, service, ("Targets", number, "Arn"), members(target).get("Arn")
            dead = members(members(target).get("DeadLetterConfig")).get("Arn")
            yield rule, service, ("Targets", number, "DeadLetterConfig", "Arn"), dead


def _subscriptions(estate: Estate) -> Iterator[Written]:
    for subscription in estate.all("AWS::SNS::Subscription"):
        yield subscription, "sns.amazonaws.com", ("Endpoint",), subscription.properties.get("Endpoint")
    for topic in estate.all(TOPIC):
        for number, entry in enumerate(items(topic.properties.get("Subscription"))):
            path = ("Subscription", number, "Endpoint")
            yield topic, "sns.amazonaws.com", path, members(entry).get("Endpoint")


def _notifications(estate: Estate) -> Iterator[Written]:
    kinds = {"QueueConfigurations": "Queue", "TopicConfigurations": "Topic", "LambdaConfigurations": "Function"}
    for bucket in estate.all("AWS::S3::Bucket"):
        notification = members(bucket.properties.get("NotificationConfiguration"))
        for kind, name in kinds.items():
            for number, entry in enumerate(items(notification.get(kind))):
                path = ("NotificationConfiguration", kind, number, name)
                yield bucket, "s3.amazonaws.com", path, members(entry).get(name)


def _alarms(estate: Estate) -> Iterator[Written]:
    for alarm in estate.all(*ALARMS):
        for kind in _ACTIONS:
            for number, action in enumerate(items(alarm.properties.get(kind))):
                to_topic = estate.resource(alarm.template, action, TOPIC)
                service = CLOUDWATCH if to_topic else f"lambda.alarms.{CLOUDWATCH}"
                yield alarm, service, (kind, number), action


def _budgets(estate: Estate) -> Iterator[Written]:
    for budget in estate.all("AWS::Budgets::Budget"):
        for first, entry in enumerate(items(budget.properties.get("NotificationsWithSubscribers"))):
            for second, subscriber in enumerate(items(members(entry).get("Subscribers"))):
                path = ("NotificationsWithSubscribers", first, "Subscribers", second, "Address")
                yield budget, "budgets.amazonaws.com", path, members(subscriber).get("Address")


def _pools(estate: Estate) -> Iterator[Written]:
    for pool in estate.all("AWS::Cognito::UserPool"):
        for name, value in members(pool.properties.get("LambdaConfig")).items():
            if name != "KMSKeyID":
                arn = members(value).get("LambdaArn", value)
                yield pool, "cognito-idp.amazonaws.com", ("LambdaConfig", name), arn


def _apis(estate: Estate) -> Iterator[Written]:
    """What APIs call themselves; with credentials they call as that role."""
    service = "apigateway.amazonaws.com"
    for operation in operations(estate):
        if not operation.integration.credentials:
            yield operation.owner, service, operation.integration.path, operation.integration.uri
    for authorizer in estate.all("AWS::ApiGateway::Authorizer", "AWS::ApiGatewayV2::Authorizer"):
        if not {"AuthorizerCredentials", "AuthorizerCredentialsArn"} & set(authorizer.properties):
            yield authorizer, service, ("AuthorizerUri",), authorizer.properties.get("AuthorizerUri")
    for integration in estate.all("AWS::ApiGatewayV2::Integration"):
        if "CredentialsArn" not in integration.properties:
            yield integration, service, ("IntegrationUri",), integration.properties.get("IntegrationUri")


def _rotations(estate: Estate) -> Iterator[Written]:
    for rotation in estate.all("AWS::SecretsManager::RotationSchedule"):
        arn = rotation.properties.get("RotationLambdaARN")
        yield rotation, "secretsmanager.amazonaws.com", ("RotationLambdaARN",), arn

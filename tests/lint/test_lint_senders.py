from __future__ import annotations

from typing import Any

import pytest
from troposphere import AWSObject, GetAtt, Ref, Sub

from tests.lint.faults import faults, faults_of, new_app, resource

USE = ["kms:Decrypt", "kms:GenerateDataKey*"]


def allow(service: str, *actions: str, **more: Any) -> dict[str, Any]:
    statement = {"Effect": "Allow", "Principal": {"Service": service}, "Action": list(actions), "Resource": "*"}
    return {"Statement": [statement | more]}


def key(policy: dict[str, Any]) -> AWSObject:
    return resource("AWS::KMS::Key", "Lock", KeyPolicy=policy)


def pile(key: Any = None) -> AWSObject:
    return resource("AWS::SQS::Queue", "Pile", **({"KmsMasterKeyId": key} if key else {}))


def bell(key: Any = None) -> AWSObject:
    return resource("AWS::SNS::Topic", "Bell", **({"KmsMasterKeyId": key} if key else {}))


def lets_in(service: str) -> AWSObject:
    policy = allow(service, "sqs:SendMessage")
    return resource("AWS::SQS::QueuePolicy", "Door", Queues=[Ref("Pile")], PolicyDocument=policy)


def rule(target: Any, **more: Any) -> AWSObject:
    return resource("AWS::Events::Rule", "Daily", Targets=[{"Id": "one", "Arn": target, **more}])


PILE = GetAtt("Pile", "Arn")


def test_a_rule_reaches_no_queue_behind_a_key_of_awss_own() -> None:
    assert faults_of(pile("alias/aws/sqs"), lets_in("events.amazonaws.com"), rule(PILE)) == [
        "EC104 Desk Daily.Properties.Targets.0.Arn: events.amazonaws.com sends to Pile, whose key alias/aws/sqs is "
        "AWS's own and takes no permissions for events.amazonaws.com: what it sends is dropped"
    ]
    assert faults_of(pile(), lets_in("events.amazonaws.com"), rule(PILE)) == []
    assert faults_of(pile("alias/aws/sqs"), rule(PILE, RoleArn="arn")) == []


def test_a_rules_dead_letters_are_sent_like_its_events() -> None:
    dead = {"DeadLetterConfig": {"Arn": PILE}}

    assert faults_of(pile("alias/aws/sqs"), lets_in("events.amazonaws.com"), rule("arn", **dead)) == [
        "EC104 Desk Daily.Properties.Targets.0.DeadLetterConfig.Arn: events.amazonaws.com sends to Pile, whose key "
        "alias/aws/sqs is AWS's own and takes no permissions for events.amazonaws.com: what it sends is dropped"
    ]


def test_a_key_of_ones_own_lets_the_sender_use_it() -> None:
    def said(policy: dict[str, Any]) -> list[str]:
        app = new_app()
        app.stack("Keys").add(key(policy))
        desk = app.stack("Desk")
        for item in (pile(GetAtt("Lock", "Arn")), lets_in("events.amazonaws.com"), rule(PILE)):
            desk.add(item)
        return faults(app)

    refused = [
        "EC104 Desk Daily.Properties.Targets.0.Arn: events.amazonaws.com sends to Pile, whose key Lock does not allow "
        "events.amazonaws.com kms:Decrypt and kms:GenerateDataKey: what it sends is dropped"
    ]
    assert said(allow("sns.amazonaws.com", *USE)) == refused
    assert said(allow("events.amazonaws.com", "kms:Decrypt")) == refused
    assert said(allow("events.amazonaws.com", *USE, Effect="Deny")) == refused
    assert said(allow("events.amazonaws.com", *USE)) == []


@pytest.mark.parametrize("name", [Ref("Name"), "alias/lock", Sub("arn:aws:kms:${AWS::Region}:1:alias/lock")])
def test_an_alias_stands_for_its_key(name: Any) -> None:
    alias = resource("AWS::KMS::Alias", "Name", AliasName="alias/lock", TargetKeyId=Ref("Lock"))
    others = (alias, pile(name), lets_in("events.amazonaws.com"), rule(PILE))

    assert [fault[:5] for fault in faults_of(key(allow("sns.amazonaws.com", *USE)), *others)] == ["EC104"]
    assert faults_of(key(allow("events.amazonaws.com", *USE)), *others) == []


def alarm() -> AWSObject:
    return resource("AWS::CloudWatch::Alarm", "Fire", AlarmActions=[Ref("Bell")])


def test_cloudwatch_may_use_the_key_of_the_topic_that_an_alarm_notifies() -> None:
    assert faults_of(bell("alias/aws/sns"), alarm()) == [
        "EC105 Desk Fire.Properties.AlarmActions.0: notifies Bell, whose key alias/aws/sns is AWS's own and takes no "
        "permissions for cloudwatch.amazonaws.com: it goes off, and nobody hears it"
    ]
    assert faults_of(bell(Ref("Lock")), key(allow("events.amazonaws.com", *USE)), alarm()) == [
        "EC105 Desk Fire.Properties.AlarmActions.0: notifies Bell, whose key Lock does not allow "
        "cloudwatch.amazonaws.com kms:Decrypt and kms:GenerateDataKey: it goes off, and nobody hears it"
    ]
    assert faults_of(bell(Ref("Lock")), key(allow("cloudwatch.amazonaws.com", *USE)), alarm()) == []
    assert faults_of(bell(), alarm()) == []


def test_cloudwatch_logs_may_use_the_key_of_a_log_group() -> None:
    group = resource("AWS::Logs::LogGroup", "Log", KmsKeyId=GetAtt("Lock", "Arn"))
    all_of_it = ["kms:Encrypt*", "kms:Decrypt*", "kms:GenerateDataKey*"]

    assert faults_of(group, key(allow("events.amazonaws.com", *all_of_it))) == [
        "EC106 Desk Log.Properties.KmsKeyId: is encrypted, whose key Lock does not allow logs.amazonaws.com "
        "kms:Encrypt and kms:Decrypt and kms:GenerateDataKey"
    ]
    assert faults_of(group, key(allow("logs.eu-west-1.amazonaws.com", *all_of_it))) == []


def test_the_policy_of_a_queue_lets_in_who_sends_to_it() -> None:
    assert faults_of(pile(), rule(PILE)) == [
        "EC107 Desk Daily.Properties.Targets.0.Arn: sends to Pile, and no policy there allows events.amazonaws.com "
        "sqs:SendMessage"
    ]
    assert [fault[:5] for fault in faults_of(pile(), lets_in("sns.amazonaws.com"), rule(PILE))] == ["EC107"]
    assert faults_of(pile(), lets_in("events.amazonaws.com"), rule(PILE)) == []


def test_topics_buckets_and_budgets_send_too() -> None:
    subscription = resource("AWS::SNS::Subscription", "Copy", Protocol="sqs", TopicArn=Ref("Bell"), Endpoint=PILE)
    bucket = resource(
        "AWS::S3::Bucket", "Box", NotificationConfiguration={"QueueConfigurations": [{"Event": "x", "Queue": PILE}]}
    )
    notification = {"Subscribers": [{"SubscriptionType": "SNS", "Address": Ref("Bell")}]}
    budget = resource(
        "AWS::Budgets::Budget", "Purse", Budget={"BudgetLimit": {}}, NotificationsWithSubscribers=[notification]
    )

    assert [fault[:5] for fault in faults_of(bell(), pile(), subscription)] == ["EC107"]
    assert faults_of(bell(), pile(), subscription, lets_in("sns.amazonaws.com")) == []
    assert [fault[:5] for fault in faults_of(pile(), bucket)] == ["EC107"]
    assert faults_of(pile(), bucket, lets_in("s3.amazonaws.com")) == []
    assert [fault[:5] for fault in faults_of(bell(), budget)] == ["EC107"]


def test_an_alarm_needs_no_policy_where_the_topic_has_none_of_its_own() -> None:
    policy = resource(
        "AWS::SNS::TopicPolicy",
        "Door",
        Topics=[Ref("Bell")],
        PolicyDocument=allow("events.amazonaws.com", "sns:Publish"),
    )

    assert faults_of(bell(), alarm()) == []
    assert faults_of(bell(), alarm(), policy) == [
        "EC107 Desk Fire.Properties.AlarmActions.0: sends to Bell, and no policy there allows "
        "cloudwatch.amazonaws.com sns:Publish"
    ]


WORKER = resource("AWS::Lambda::Function", "Worker", Timeout=3)
ARN = GetAtt("Worker", "Arn")


def may(service: str) -> AWSObject:
    return resource("AWS::Lambda::Permission", "May", FunctionName=Ref("Worker"), Principal=service)


@pytest.mark.parametrize(
    ("caller", "service"),
    [
        (rule(ARN), "events.amazonaws.com"),
        (resource("AWS::SNS::Subscription", "Copy", Protocol="lambda", Endpoint=ARN), "sns.amazonaws.com"),
        (resource("AWS::Cognito::UserPool", "Pool", LambdaConfig={"PreSignUp": ARN}), "cognito-idp.amazonaws.com"),
        (resource("AWS::CloudWatch::Alarm", "Fire", AlarmActions=[ARN]), "lambda.alarms.cloudwatch.amazonaws.com"),
        (
            resource("AWS::SecretsManager::RotationSchedule", "Turn", RotationLambdaARN=ARN),
            "secretsmanager.amazonaws.com",
        ),
        (resource("AWS::ApiGatewayV2::Integration", "Call", IntegrationUri=ARN), "apigateway.amazonaws.com"),
        (
            resource("AWS::ApiGateway::Authorizer", "Guard", AuthorizerUri=Sub("x/${Worker.Arn}/y")),
            "apigateway.amazonaws.com",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_who_calls_a_function_is_permitted_to(caller: AWSObject, service: str) -> None:
    assert [fault[:5] for fault in faults_of(WORKER, caller)] == ["EC108"]
    assert [fault[:5] for fault in faults_of(WORKER, caller, may("s3.amazonaws.com"))] == ["EC108"]
    assert faults_of(WORKER, caller, may(service)) == []


def test_the_missing_permission_is_named() -> None:
    assert faults_of(WORKER, rule(ARN)) == [
        "EC108 Desk Daily.Properties.Targets.0.Arn: calls Worker, and no AWS::Lambda::Permission lets "
        "events.amazonaws.com do so"
    ]


def test_a_bucket_waits_for_the_permission() -> None:
    def bucket(**more: Any) -> AWSObject:
        entry = {"Event": "s3:ObjectCreated:*", "Function": ARN}
        return resource("AWS::S3::Bucket", "Box", NotificationConfiguration={"LambdaConfigurations": [entry]}, **more)

    assert faults_of(WORKER, bucket(), may("s3.amazonaws.com")) == [
        "EC108 Desk Box.Properties.NotificationConfiguration.LambdaConfigurations.0.Function: calls Worker and does "
        "not wait for May: S3 checks at once; add a DependsOn"
    ]
    assert faults_of(WORKER, bucket(DependsOn="May"), may("s3.amazonaws.com")) == []

from __future__ import annotations

from typing import Any

import pytest
from troposphere import AWSObject, GetAtt, Sub

from tests.lint.faults import faults_of, resource

ACTIONS = ["arn:aws:sns:us-east-1:123456789012:bell"]


def alarm(title: str = "Fire", **properties: Any) -> AWSObject:
    return resource("AWS::CloudWatch::Alarm", title, **properties)


def charges(currency: str = "USD", period: int = 21_600) -> AWSObject:
    dimensions = [{"Name": "Currency", "Value": currency}]
    return alarm(Namespace="AWS/Billing", Period=period, Dimensions=dimensions, AlarmActions=ACTIONS)


def test_charges_are_watched_where_they_are() -> None:
    assert faults_of(charges()) == [
        "EC120 Desk Fire.Properties.Namespace: watches charges in eu-west-1: they are in us-east-1 alone"
    ]
    assert faults_of(charges(), region="us-east-1") == []


def test_charges_are_watched_in_dollars_every_six_hours() -> None:
    assert faults_of(charges(currency="EUR", period=300), region="us-east-1") == [
        "EC120 Desk Fire.Properties.Namespace: watches charges without the dimension Currency=USD",
        "EC120 Desk Fire.Properties.Namespace: watches charges every 300 s, and AWS writes them every 21600 s",
    ]


def test_charges_inside_an_expression_are_found() -> None:
    stat = {"Metric": {"Namespace": "AWS/Billing"}, "Period": 86_400, "Stat": "Maximum"}
    metrics = [{"Id": "sum", "Expression": "a*2"}, {"Id": "a", "MetricStat": stat}]

    assert faults_of(alarm(Metrics=metrics, AlarmActions=ACTIONS), region="us-east-1") == [
        "EC120 Desk Fire.Properties.Metrics.1.MetricStat.Metric: watches charges without the dimension Currency=USD"
    ]


def edge(*dimensions: tuple[str, str], namespace: str = "AWS/CloudFront") -> AWSObject:
    said = [{"Name": name, "Value": value} for name, value in dimensions]
    return alarm(Namespace=namespace, Dimensions=said, AlarmActions=ACTIONS)


def test_metrics_of_global_services_are_watched_where_they_are() -> None:
    everywhere = ("Region", "Global")

    assert faults_of(edge(everywhere)) == [
        "EC121 Desk Fire.Properties.Namespace: watches CloudFront in eu-west-1: its metrics are in us-east-1 alone"
    ]
    assert faults_of(edge(("DistributionId", "E1")), region="us-east-1") == [
        "EC121 Desk Fire.Properties.Namespace: watches CloudFront without the dimension Region=Global"
    ]
    assert faults_of(edge(everywhere), region="us-east-1") == []
    assert [fault[:5] for fault in faults_of(edge(namespace="AWS/Route53"))] == ["EC121"]
    assert faults_of(edge(namespace="AWS/Route53"), region="us-east-1") == []


def test_an_alarm_tells_somebody() -> None:
    assert faults_of(alarm()) == ["EC122 Desk Fire: has no AlarmActions, and stands in no composite alarm that has any"]
    assert faults_of(alarm(AlarmActions=[])) != []
    assert faults_of(alarm(AlarmActions=ACTIONS)) == []
    assert faults_of(alarm(ActionsEnabled=False)) == []


@pytest.mark.parametrize(
    "rule",
    [
        'ALARM("shop-fire")',
        "ALARM(shop-fire) OR FALSE",
        Sub("ALARM(arn:aws:cloudwatch:${AWS::Region}:${AWS::AccountId}:alarm:shop-fire)"),
        Sub('ALARM("${Fire}")'),
        Sub("ALARM(${It})", It=GetAtt("Fire", "Arn")),
    ],
)
def test_a_composite_alarm_speaks_for_its_children(rule: Any) -> None:
    def house(**properties: Any) -> AWSObject:
        return resource("AWS::CloudWatch::CompositeAlarm", "House", AlarmRule=rule, **properties)

    fire = alarm(AlarmName="shop-fire")
    assert faults_of(fire, house(AlarmActions=ACTIONS)) == []
    assert [fault[:16] for fault in faults_of(fire, house())] == ["EC122 Desk Fire:", "EC122 Desk House"]


def test_a_budget_has_a_limit_and_somebody_to_tell() -> None:
    told = [{"Subscribers": [{"SubscriptionType": "EMAIL", "Address": "a@shop.example"}]}]
    limited = {"BudgetLimit": {"Amount": 10, "Unit": "USD"}}

    def budget(**properties: Any) -> AWSObject:
        return resource("AWS::Budgets::Budget", "Purse", **properties)

    assert faults_of(budget(Budget={}, NotificationsWithSubscribers=told)) == [
        "EC123 Desk Purse.Properties.Budget: has no limit: BudgetLimit says how much is too much"
    ]
    assert faults_of(budget(Budget=limited)) == [
        "EC123 Desk Purse: tells nobody: NotificationsWithSubscribers names no subscriber"
    ]
    assert faults_of(budget(Budget=limited, NotificationsWithSubscribers=told)) == []

"""Metrics, alarms and topics: what is measured, when somebody is told, and whether it arrives."""

from __future__ import annotations

from typing import Any

import pytest
from troposphere import Parameter, Ref

from ecinfra.constructs import Alarm, CompositeAlarm, Key, Math, Metric, Table, Topic, guests
from ecinfra.units import Seconds, hours, minutes
from tests.constructs.rendering import linked, new_app, properties, rights

ERRORS = Metric("AWS/Lambda", "Errors")
KEY = Key("AlarmKey", "alarms", "Encrypts what alarms say", used_by=(guests.ALARMS,))
TOPIC = Topic("Alarms", KEY, "EveryoneCook-dev-Alarms")


def alarm(**options: Any) -> Any:
    """The properties of an alarm."""
    return properties(Alarm("Failing", **{"metric": ERRORS, **options}))["Failing"]


def test_an_alarm_compares_a_statistic_with_a_limit() -> None:
    metric = Metric("AWS/ApiGateway", "5XXError", "Sum", {"ApiName": "EveryoneCook-API-dev"})
    assert alarm(metric=metric, above=5, periods=2, name="EveryoneCook-dev-API-5XX-Critical", description="broken") == {
        "AlarmName": "EveryoneCook-dev-API-5XX-Critical",
        "AlarmDescription": "broken",
        "Namespace": "AWS/ApiGateway",
        "MetricName": "5XXError",
        "Dimensions": [{"Name": "ApiName", "Value": "EveryoneCook-API-dev"}],
        "Statistic": "Sum",
        "Period": 300,
        "EvaluationPeriods": 2,
        "ComparisonOperator": "GreaterThanThreshold",
        "Threshold": 5,
        "TreatMissingData": "notBreaching",
    }


@pytest.mark.parametrize(
    ("limit", "comparison"),
    [
        ({"above": 0}, "GreaterThanThreshold"),
        ({"at_least": 1}, "GreaterThanOrEqualToThreshold"),
        ({"below": 70}, "LessThanThreshold"),
    ],
)
def test_the_limit_is_said_in_one_of_three_words(limit: dict[str, float], comparison: str) -> None:
    made = alarm(**limit)
    assert (made["ComparisonOperator"], [made["Threshold"]]) == (comparison, list(limit.values()))


@pytest.mark.parametrize(("limits", "count"), [({}, 0), ({"above": 5, "below": 1}, 2)])
def test_an_alarm_without_one_clear_limit_is_refused(limits: dict[str, Any], count: int) -> None:
    with pytest.raises(ValueError) as caught:
        Alarm("Failing", ERRORS, **limits)
    assert str(caught.value) == f"above, at_least, below: an alarm needs one of them, and has {count}"


@pytest.mark.parametrize(
    ("period", "periods", "message"),
    [
        (minutes(5), 0, "periods: 0 of 300 seconds are not between 1 and 86400 seconds"),
        (minutes(5), 289, "periods: 289 of 300 seconds are not between 1 and 86400 seconds"),
        (hours(24), 8, "periods: 8 of 86400 seconds are not between 1 and 604800 seconds"),
    ],
)
def test_a_span_that_cloudwatch_does_not_look_back_over_is_refused(period: Seconds, periods: int, message: str) -> None:
    with pytest.raises(ValueError) as caught:
        Alarm("Failing", Metric("AWS/Lambda", "Errors", period=period), above=1, periods=periods)
    assert str(caught.value) == message


def test_a_percentile_is_an_extended_statistic() -> None:
    made = alarm(metric=Metric("AWS/Lambda", "Duration", "p99"), above=10_000, missing="breaching")
    assert made["ExtendedStatistic"] == "p99"
    assert "Statistic" not in made
    assert made["TreatMissingData"] == "breaching"


def test_an_expression_is_the_result_and_its_metrics_are_not() -> None:
    hits = Metric("AWS/ApiGateway", "CacheHitCount", dimensions={"Stage": "api"})
    misses = Metric("AWS/ApiGateway", "CacheMissCount")
    rate = Math("hits / (hits + misses) * 100", {"hits": hits, "misses": misses}, label="hit rate")
    made = alarm(metric=rate, below=70, periods=2)
    assert made["Metrics"] == [
        {"Id": "result", "Expression": "hits / (hits + misses) * 100", "Label": "hit rate", "ReturnData": True},
        {
            "Id": "hits",
            "MetricStat": {
                "Metric": {
                    "Namespace": "AWS/ApiGateway",
                    "MetricName": "CacheHitCount",
                    "Dimensions": [{"Name": "Stage", "Value": "api"}],
                },
                "Period": 300,
                "Stat": "Sum",
            },
            "ReturnData": False,
        },
        {
            "Id": "misses",
            "MetricStat": {
                "Metric": {"Namespace": "AWS/ApiGateway", "MetricName": "CacheMissCount"},
                "Period": 300,
                "Stat": "Sum",
            },
            "ReturnData": False,
        },
    ]
    assert not {"Namespace", "MetricName", "Period", "Statistic", "ExtendedStatistic"} & set(made)


def test_an_alarm_tells_its_topics_when_it_goes_off() -> None:
    made = properties(KEY, TOPIC, Alarm("Failing", ERRORS, above=5, actions=(TOPIC,)))["Failing"]
    assert made["AlarmActions"] == [{"Ref": "Alarms"}]
    assert "OKActions" not in made


def test_a_composite_alarm_names_its_alarms_by_reference_in_whatever_stack_they_live() -> None:
    app = new_app()
    there = app.stack("Core").add(Alarm("Full", ERRORS, above=1))
    stack = app.stack("Observability")
    stack.add(KEY)
    stack.add(TOPIC)
    here = stack.add(Alarm("Failing", ERRORS, above=5))
    health = stack.add(
        CompositeAlarm("Health", (here, there), "EveryoneCook-dev-SystemHealth", (TOPIC,), "something is wrong")
    )
    stack.output("CompositeAlarmName", health.alarm_name)
    assert linked(app)["Observability"]["Health"] == {
        "Type": "AWS::CloudWatch::CompositeAlarm",
        "Properties": {
            "AlarmName": "EveryoneCook-dev-SystemHealth",
            "AlarmDescription": "something is wrong",
            "AlarmRule": {"Fn::Sub": 'ALARM("${Failing}") OR ALARM("${FullRef}")'},
            "AlarmActions": [{"Ref": "Alarms"}],
            "OKActions": [{"Ref": "Alarms"}],
        },
    }


def test_a_composite_alarm_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError) as caught:
        CompositeAlarm("Health", ())
    assert str(caught.value) == "any_of: 0 alarms are not between 1 and 100"


def test_a_statistic_that_cloudwatch_does_not_know_is_refused() -> None:
    with pytest.raises(ValueError) as caught:
        Metric("AWS/Lambda", "Errors", "Avg")
    assert str(caught.value) == (
        "statistic: 'Avg' is neither Average, Maximum, Minimum, SampleCount, Sum nor a percentile such as p99"
    )


@pytest.mark.parametrize("statistic", ["p50", "p99.9", "p100", "SampleCount"])
def test_statistics_are_words_or_percentiles(statistic: str) -> None:
    assert Metric("AWS/Lambda", "Duration", statistic).is_percentile == statistic.startswith("p")


@pytest.mark.parametrize("period", [0, 45, 90])
def test_a_period_that_cloudwatch_does_not_know_is_refused(period: int) -> None:
    with pytest.raises(ValueError) as caught:
        Metric("AWS/Lambda", "Errors", period=Seconds(period))
    assert str(caught.value) == f"period: {period} is neither 10 nor 30 seconds, nor whole minutes"


@pytest.mark.parametrize(
    ("dimensions", "period"), [({}, hours(24)), ({"Currency": "EUR"}, hours(24)), ({"Currency": "USD"}, hours(1))]
)
def test_charges_that_are_never_published_are_refused(dimensions: dict[str, str], period: Seconds) -> None:
    with pytest.raises(ValueError) as caught:
        Metric("AWS/Billing", "EstimatedCharges", "Maximum", dimensions, period)
    assert str(caught.value) == (
        "dimensions, period: AWS/Billing is published in us-east-1, every 6 hours, with Currency=USD; "
        "any other never has data"
    )


def test_charges_are_measured_in_dollars_over_a_day() -> None:
    charges = Metric("AWS/Billing", "EstimatedCharges", "Maximum", {"Currency": "USD"}, hours(24))
    made = alarm(metric=charges, above=50)
    assert (made["Dimensions"], made["Period"]) == ([{"Name": "Currency", "Value": "USD"}], 86_400)


@pytest.mark.parametrize("name", ["Errors", "unused"])
def test_a_metric_that_an_expression_cannot_call_is_refused(name: str) -> None:
    with pytest.raises(ValueError) as caught:
        Math("Errors + 1", {name: ERRORS})
    assert str(caught.value) == (
        f"metrics: '{name}' must begin with a small letter and occur in the expression 'Errors + 1'"
    )


def test_an_expression_over_several_periods_is_refused() -> None:
    with pytest.raises(ValueError) as caught:
        Math("a + b", {"a": ERRORS, "b": Metric("AWS/Lambda", "Errors", period=hours(1))})
    assert str(caught.value) == "metrics: an expression needs metrics of one period, and these have 2"


def test_metrics_of_other_constructs_bring_their_dimensions() -> None:
    table = Table("Main")
    made = properties(table, Alarm("Throttled", table.metric("ReadThrottleEvents"), above=10, periods=2))
    assert made["Throttled"]["Dimensions"] == [{"Name": "TableName", "Value": {"Ref": "Main"}}]


def test_a_topic_is_encrypted_and_open_to_the_alarms_of_the_account() -> None:
    app = new_app()
    stack = app.stack("Observability")
    stack.add(Parameter("AlarmMail", Type="String"))
    stack.add(KEY)
    stack.add(Topic("Alarms", KEY, "EveryoneCook-dev-Alarms", Ref("AlarmMail")))
    made = linked(app)["Observability"]
    assert {name: made[name]["Properties"] for name in ("Alarms", "AlarmsPolicy", "AlarmsMail")} == {
        "Alarms": {
            "TopicName": "EveryoneCook-dev-Alarms",
            "KmsMasterKeyId": {"Fn::GetAtt": ["AlarmKey", "Arn"]},
        },
        "AlarmsPolicy": {
            "Topics": [{"Ref": "Alarms"}],
            "PolicyDocument": {
                "Version": "2012-10-17",
                "Statement": [
                    {
                        "Effect": "Deny",
                        "Principal": "*",
                        "Action": ["sns:Publish"],
                        "Resource": [{"Ref": "Alarms"}],
                        "Condition": {"Bool": {"aws:SecureTransport": "false"}},
                    },
                    {
                        "Effect": "Allow",
                        "Principal": {"Service": "cloudwatch.amazonaws.com"},
                        "Action": ["sns:Publish"],
                        "Resource": [{"Ref": "Alarms"}],
                        "Condition": {"StringEquals": {"aws:SourceAccount": {"Ref": "AWS::AccountId"}}},
                    },
                ],
            },
        },
        "AlarmsMail": {"TopicArn": {"Ref": "Alarms"}, "Protocol": "email", "Endpoint": {"Ref": "AlarmMail"}},
    }


def test_a_topic_without_a_mail_address_has_no_subscription() -> None:
    assert "AlarmsMail" not in properties(KEY, TOPIC)


def test_a_key_that_would_swallow_every_alarm_is_refused() -> None:
    with pytest.raises(ValueError) as caught:
        Topic("Alarms", Key("AlarmKey", "alarms", "Encrypts what alarms say"))
    assert str(caught.value) == "key: AlarmKey does not let in cloudwatch.amazonaws.com; give it guests.ALARMS"


def test_publishing_takes_the_key_along() -> None:
    granted = rights(TOPIC.publish, KEY, TOPIC)
    assert granted[0] == (["sns:Publish"], [{"Ref": "Alarms"}])
    assert granted[1][1] == [{"Fn::GetAtt": ["AlarmKey", "Arn"]}]

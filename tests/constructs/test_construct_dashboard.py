"""Dashboard: where widgets go, what they show, and where references stand."""

from __future__ import annotations

import json
from typing import Any

import pytest
from troposphere import Join, Sub

from ecinfra.constructs import (
    Alarm,
    AlarmStatus,
    Bucket,
    Cdn,
    CompositeAlarm,
    Dashboard,
    Graph,
    HeadersPolicy,
    Math,
    Metric,
    Number,
    Table,
    Text,
    guests,
)
from ecinfra.constructs.dashboard import Widget
from ecinfra.units import hours
from tests.constructs.rendering import linked, new_app, resources

ERRORS = Metric("AWS/Lambda", "Errors")


def body(*widgets: Widget) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """The widgets of a dashboard, and what the names in its text stand for."""
    match resources(Dashboard("Overview", widgets))["Overview"]["Properties"]["DashboardBody"]:
        case {"Fn::Sub": [str() as text, dict() as references]}:
            return json.loads(text)["widgets"], references
        case {"Fn::Sub": str() as text}:
            return json.loads(text)["widgets"], {}
    raise AssertionError


def shown(widget: Widget) -> dict[str, Any]:
    """What one widget shows."""
    (placed,), _ = body(widget)
    found: dict[str, Any] = placed["properties"]
    return found


def test_widgets_go_from_left_to_right_and_wrap_at_24_columns() -> None:
    widgets = (
        Text("hello", width=24, height=2),
        Graph("one", (ERRORS,), width=12),
        Number("two", (ERRORS,), width=6),
        Number("three", (ERRORS,), width=6),
        Graph("four", (ERRORS,), width=8),
        Graph("five", (ERRORS,), width=8),
        Graph("six", (ERRORS,), width=12),
    )
    places = [[widget[key] for key in ("x", "y", "width", "height")] for widget in body(*widgets)[0]]
    assert places == [
        [0, 0, 24, 2],
        [0, 2, 12, 6],
        [12, 2, 6, 3],
        [18, 2, 6, 3],
        [0, 8, 8, 6],
        [8, 8, 8, 6],
        [0, 14, 12, 6],
    ]


def test_a_graph_shows_metrics_over_time_where_it_is_deployed() -> None:
    latency = [Metric("AWS/ApiGateway", "Latency", f"p{number}", {"ApiName": "Cook"}) for number in (50, 99)]
    assert shown(Graph("API latency", tuple(latency))) == {
        "view": "timeSeries",
        "stacked": False,
        "title": "API latency",
        "region": "${AWS::Region}",
        "metrics": [
            ["AWS/ApiGateway", "Latency", "ApiName", "Cook", {"stat": "p50", "period": 300}],
            ["AWS/ApiGateway", "Latency", "ApiName", "Cook", {"stat": "p99", "period": 300}],
        ],
    }


def test_a_number_shows_the_latest_value() -> None:
    assert shown(Number("Errors", (Metric("AWS/Lambda", "Errors", period=hours(1), label="all"),))) == {
        "view": "singleValue",
        "title": "Errors",
        "region": "${AWS::Region}",
        "metrics": [["AWS/Lambda", "Errors", {"stat": "Sum", "period": 3600, "label": "all"}]],
    }


def test_metrics_of_another_region_say_so() -> None:
    charges = Metric("AWS/Billing", "EstimatedCharges", "Maximum", {"Currency": "USD"}, hours(6), region="us-east-1")
    alone = shown(Number("Cost", (charges,)))
    assert alone["region"] == "us-east-1"
    assert alone["metrics"][0][-1] == {"stat": "Maximum", "period": 21600}
    mixed = shown(Graph("Cost and errors", (charges, ERRORS)))
    assert mixed["region"] == "us-east-1"
    assert mixed["metrics"][1][-1] == {"stat": "Sum", "period": 300, "region": "${AWS::Region}"}


def test_an_expression_is_shown_and_its_metrics_are_hidden() -> None:
    rate = Math("errors / calls * 100", {"errors": ERRORS, "calls": Metric("AWS/Lambda", "Invocations")}, "failed")
    assert shown(Graph("Failures", (rate,)))["metrics"] == [
        [{"expression": "errors / calls * 100", "id": "result0", "label": "failed"}],
        ["AWS/Lambda", "Errors", {"stat": "Sum", "period": 300, "id": "errors", "visible": False}],
        ["AWS/Lambda", "Invocations", {"stat": "Sum", "period": 300, "id": "calls", "visible": False}],
    ]


def test_two_expressions_of_one_widget_cannot_share_a_name() -> None:
    with pytest.raises(ValueError) as caught:
        Graph("Failures", (Math("a * 1", {"a": ERRORS}), Math("a * 2", {"a": ERRORS}))).body()
    assert str(caught.value) == "metrics: two expressions of the widget 'Failures' call a metric a"


def test_the_state_of_alarms_is_shown_by_their_arns() -> None:
    app = new_app()
    failing = app.stack("Core").add(Alarm("Failing", ERRORS, above=5))
    stack = app.stack("Observability")
    health = stack.add(CompositeAlarm("Health", (failing,)))
    stack.add(Dashboard("Overview", (AlarmStatus("Health", (health, failing)),)))
    text, references = linked(app)["Observability"]["Overview"]["Properties"]["DashboardBody"]["Fn::Sub"]
    assert json.loads(text)["widgets"][0] == {
        "type": "alarm",
        "x": 0,
        "y": 0,
        "width": 24,
        "height": 3,
        "properties": {"title": "Health", "alarms": ["${HealthArn}", "${FailingArn}"]},
    }
    assert references == {"HealthArn": {"Fn::GetAtt": ["Health", "Arn"]}, "FailingArn": {"Ref": "FailingGetArn"}}


def test_references_are_carried_from_other_stacks() -> None:
    app = new_app()
    core = app.stack("Core")
    table = core.add(Table("Main"))
    origin = core.add(Bucket("Content", guests=(guests.cdn("ContentCdn"),)))
    cdn = core.add(Cdn("ContentCdn", "content", origin, HeadersPolicy("security")))
    widgets = (Graph("Reads", (table.metric("ConsumedReadCapacityUnits"),)), Graph("CDN", (cdn.metric("Requests"),)))
    app.stack("Observability").add(Dashboard("Overview", widgets, "EveryoneCook-dev-Core"))
    made = linked(app)["Observability"]["Overview"]["Properties"]
    text, references = made["DashboardBody"]["Fn::Sub"]
    reads, requests = json.loads(text)["widgets"]
    assert made["DashboardName"] == "EveryoneCook-dev-Core"
    assert reads["properties"]["metrics"][0][2:4] == ["TableName", "${Main}"]
    assert requests["properties"]["metrics"][0][2:6] == ["DistributionId", "${ContentCdn}", "Region", "Global"]
    assert requests["properties"]["region"] == "us-east-1"
    assert references == {"Main": {"Ref": "MainRef"}, "ContentCdn": {"Ref": "ContentCdnRef"}}


def test_text_is_shown_as_it_is_written() -> None:
    (placed,), references = body(Text('## "Costs" in ${currency}, köstlich'))
    assert placed["properties"] == {"markdown": '## "Costs" in ${!currency}, köstlich'}
    assert references == {}


def test_texts_with_references_keep_apart_and_repeat_nothing() -> None:
    here, there = Join("", ["as ", "known"]), Join("", ["as ", "made"])
    placed, references = body(Text(here), Text(there), Text(here), Text(Sub("in ${AWS::Region}")))
    texts = [widget["properties"]["markdown"] for widget in placed]
    assert texts == ["${Text}", "${Text2}", "${Text}", "in ${AWS::Region}"]
    assert references == {
        "Text": {"Fn::Join": ["", ["as ", "known"]]},
        "Text2": {"Fn::Join": ["", ["as ", "made"]]},
    }


@pytest.mark.parametrize("width", [0, 25])
def test_a_widget_wider_than_the_dashboard_is_refused(width: int) -> None:
    with pytest.raises(ValueError) as caught:
        Dashboard("Overview", (Text("hello", width=width),))
    assert str(caught.value) == f"widgets: a width of {width} is not between 1 and 24 columns"


def test_text_with_line_breaks_and_quotes_stays_json() -> None:
    board = Dashboard("Board", (Text(Sub('# "Kitchen"\n${AWS::Region}')),))
    body = resources(board)["Board"]["Properties"]["DashboardBody"]["Fn::Sub"]
    assert json.loads(body)["widgets"][0]["properties"]["markdown"] == '# "Kitchen"\n${AWS::Region}'


def test_text_that_would_break_the_json_is_refused() -> None:
    with pytest.raises(ValueError) as caught:
        list(Dashboard("Board", (Text(Join("\n", ["a", "b"])),)).resources())
    assert "would not be JSON once it is put together" in str(caught.value)

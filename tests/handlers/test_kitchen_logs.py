from __future__ import annotations

import io
import json
from typing import Any

import pytest
from front import token
from kitchen import metrics
from kitchen.logs import logger, redact


@pytest.mark.parametrize(
    ("value", "logged"),
    [
        ({"password": "Hunter2!"}, {"password": "[hidden]"}),
        ({"Authorization": "Bearer abc"}, {"Authorization": "[hidden]"}),
        ({"refreshToken": "x", "userId": "u"}, {"refreshToken": "[hidden]", "userId": "u"}),
        ({"confirmationCode": "123456", "statusCode": 200}, {"confirmationCode": "[hidden]", "statusCode": 200}),
        ({"code": "123456"}, {"code": "[hidden]"}),
        ({"nested": [{"newPassword": "x"}]}, {"nested": [{"newPassword": "[hidden]"}]}),
        ("key AKIAABCDEFGHIJKLMNOP", "key [hidden]"),
        ("https://b/x?X-Amz-Signature=abc&X-Amz-Date=1", "https://b/x?[hidden]&X-Amz-Date=1"),
        ({"password": None}, {"password": None}),
    ],
)
def test_secrets_are_not_logged(value: Any, logged: Any) -> None:
    assert redact(value) == logged


def test_a_token_is_not_logged_wherever_it_stands() -> None:
    secret = token("u")
    text = json.dumps(redact({"message": f"got {secret} from Bearer {secret}", "where": {"deep": [secret]}}))
    assert "eyJ" not in text
    assert secret.split(".")[2] not in text


def test_a_log_line_is_json_with_its_correlation_id_and_without_secrets() -> None:
    written = io.StringIO()
    handler = logger.registered_handler
    before = handler.setStream(written)  # type: ignore[attr-defined]
    try:
        logger.set_correlation_id("c-1")
        logger.info("signed in", password="Hunter2!", username="alice")
    finally:
        handler.setStream(before)  # type: ignore[attr-defined]
    line = json.loads(written.getvalue())
    assert line["message"] == "signed in"
    assert line["correlation_id"] == "c-1"
    assert line["service"] == "everyonecook"
    assert line["password"] == "[hidden]"
    assert line["username"] == "alice"


def test_a_metric_is_a_line_in_the_log_with_the_environment_alone(capsys: pytest.CaptureFixture[str]) -> None:
    metrics.count("UploadRateLimitViolations")
    line = json.loads(capsys.readouterr().out)
    told = line["_aws"]["CloudWatchMetrics"][0]
    assert told["Namespace"] == "EveryoneCook"
    assert told["Dimensions"] == [["Environment"]]
    assert told["Metrics"] == [{"Name": "UploadRateLimitViolations", "Unit": "Count"}]
    assert line["Environment"] == "test"
    assert line["UploadRateLimitViolations"] == [1.0]

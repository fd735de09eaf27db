from __future__ import annotations

from typing import Any

import pytest
from kitchen.envelopes import ADMIN, AUTH_USER, RECIPE_AI, RECIPE_GROUPS, ROUTER, SOCIAL, UPLOAD, Envelope
from kitchen.errors import BadRequest, Failed, Forbidden, NotFound, TooManyRequests


@pytest.mark.parametrize(
    ("envelope", "body"),
    [
        (AUTH_USER, {"success": True, "data": {"a": 1}}),
        (SOCIAL, {"a": 1}),
        (RECIPE_GROUPS, {"a": 1}),
        (RECIPE_AI, {"a": 1, "duration": 12}),
        (ADMIN, {"data": {"a": 1}, "correlationId": "c"}),
        (UPLOAD, {"a": 1}),
    ],
)
def test_each_module_wraps_its_answers_its_own_way(envelope: Envelope, body: Any) -> None:
    assert envelope.success({"a": 1}, "c", 12) == body


@pytest.mark.parametrize(
    ("envelope", "body"),
    [
        (ROUTER, {"error": {"code": "BAD_REQUEST", "message": "no", "correlationId": "c"}}),
        (AUTH_USER, {"error": "no"}),
        (SOCIAL, {"error": "no"}),
        (RECIPE_GROUPS, {"message": "no"}),
        (RECIPE_AI, {"error": {"code": "INVALID_REQUEST", "message": "no", "correlationId": "c"}}),
        (ADMIN, {"error": {"code": "ADMIN_100", "message": "no", "correlationId": "c"}}),
        (UPLOAD, {"error": {"code": "VALIDATION_ERROR", "message": "no"}}),
    ],
)
def test_each_module_wraps_its_refusals_its_own_way(envelope: Envelope, body: Any) -> None:
    assert envelope.refuse(BadRequest("no"), "c") == body


def test_modules_have_names_of_their_own_for_usual_codes() -> None:
    assert ADMIN.refuse(Forbidden("no"), "c")["error"]["code"] == "ADMIN_UNAUTHORIZED"
    assert ADMIN.refuse(Failed("no"), "c")["error"]["code"] == "ADMIN_500"
    assert UPLOAD.refuse(Failed("no"), "c")["error"]["code"] == "INTERNAL_ERROR"
    assert RECIPE_AI.refuse(BadRequest("no", code="MISSING_BODY"), "c")["error"]["code"] == "MISSING_BODY"
    assert UPLOAD.refuse(BadRequest("no", code="MISSING_BODY"), "c")["error"]["code"] == "VALIDATION_ERROR"
    assert SOCIAL.refuse(NotFound("no", code="POST_NOT_ACCESSIBLE"), "c") == {
        "error": "no",
        "code": "POST_NOT_ACCESSIBLE",
    }


def test_a_used_up_limit_tells_when_to_come_back() -> None:
    refused = TooManyRequests("no", retry_after=9, details={"limit": 5})
    assert ADMIN.refuse(refused, "c")["error"] == {
        "code": "RATE_LIMIT_EXCEEDED",
        "message": "no",
        "correlationId": "c",
        "details": {"limit": 5},
        "retryAfter": 9,
    }
    assert RECIPE_AI.refuse(refused, "c")["error"] == {
        "code": "RATE_LIMIT_EXCEEDED",
        "message": "no",
        "correlationId": "c",
        "limit": 5,
    }

from __future__ import annotations

import io
import json
from typing import Any

import pytest
import world
from api_router import activity
from api_router.handler import handler
from botocore.exceptions import EndpointConnectionError
from faults import unreachable
from front import CONTEXT, Front, gateway_event, parsed, token
from kitchen import table, tokens
from kitchen.logs import logger
from world import ALICE, NOW

ORIGIN = "https://everyonecook.cloud"
OK = {"statusCode": 200, "body": '{"ok":true}', "headers": {"Content-Type": "application/json"}}


@pytest.mark.parametrize("path", ["/health", "/status", "/api/health"])
def test_health_tells_status_environment_and_time(front: Front, path: str) -> None:
    answer = front.get(path)
    assert answer.status == 200
    assert answer.body.keys() == {"status", "environment", "timestamp"}
    assert answer.body["status"] == "healthy"
    assert answer.body["environment"] == "test"
    assert front.forwarded == []


def test_a_preflight_is_answered_without_a_token(front: Front) -> None:
    answer = front.call("OPTIONS", "/users/me", headers={"Origin": ORIGIN})
    assert answer.status == 200
    assert answer.body == {"message": "ok"}
    assert answer.headers["Access-Control-Allow-Origin"] == ORIGIN
    assert answer.headers["Access-Control-Allow-Methods"] == "GET,POST,PUT,DELETE,PATCH,OPTIONS"
    assert "Authorization" in answer.headers["Access-Control-Allow-Headers"]
    assert answer.headers["Access-Control-Max-Age"] == "3600"


def test_a_protected_route_needs_a_token(front: Front) -> None:
    answer = front.get("/users/me", headers={"X-Correlation-ID": "c-1"})
    assert answer.status == 401
    assert answer.body == {
        "error": {"code": "UNAUTHORIZED", "message": "a bearer token is needed", "correlationId": "c-1"}
    }
    assert front.forwarded == []


@pytest.mark.parametrize("sent", ["", "Basic YTpi", "Bearer", "Bearer ", "Bearer a.b.c", "bearer\tx", "x" * 30_000])
def test_what_is_no_token_of_ours_is_refused(front: Front, sent: str) -> None:
    assert front.get("/users/me", headers={"Authorization": sent}).status == 401
    assert front.forwarded == []


def test_an_unknown_route_is_hidden_from_the_anonymous_and_missing_for_others(front: Front) -> None:
    assert front.get("/nothing").status == 401
    answer = front.get("/nothing", who=ALICE)
    assert answer.status == 404
    assert answer.body["error"]["code"] == "NOT_FOUND"


def test_on_a_public_route_an_invalid_token_is_as_none(front: Front) -> None:
    front.instead["auth_user"] = OK
    assert front.get(f"/users/{ALICE}/profile", headers={"Authorization": "Bearer x"}).status == 200
    assert "authorizer" not in front.forwarded[0][1]["requestContext"]


def test_on_a_public_route_a_valid_token_tells_who_calls(front: Front) -> None:
    front.instead["auth_user"] = OK
    front.get(f"/users/{ALICE}/profile", who=ALICE)
    assert front.forwarded[0][1]["requestContext"]["authorizer"]["userId"] == ALICE


def test_a_module_gets_the_event_with_caller_and_path(front: Front) -> None:
    front.instead["social"] = OK
    answer = front.put("/notifications/n1/read", {"a": 1}, who=ALICE, query={"x": "1"}, groups=["admin"])
    assert answer.status == 200
    assert answer.body == {"ok": True}
    module, event = front.forwarded[0]
    assert module == "social"
    assert event["path"] == "/notifications/n1/read"
    assert event["httpMethod"] == "PUT"
    assert event["body"] == '{"a": 1}'
    assert event["queryStringParameters"] == {"x": "1"}
    assert event["pathParameters"] == {"proxy": "notifications/n1/read", "id": "n1"}
    authorizer = event["requestContext"]["authorizer"]
    assert authorizer["userId"] == ALICE
    assert authorizer["username"] == "aaaaaaaa"
    assert authorizer["claims"]["cognito:groups"] == ["admin"]
    assert event["headers"]["X-Correlation-ID"] == answer.headers["X-Correlation-ID"]


def test_a_module_never_sees_the_token_itself(front: Front) -> None:
    front.instead["auth_user"] = OK
    front.get("/users/me", who=ALICE)
    assert "eyJ" not in json.dumps(front.forwarded[0][1])


def test_a_caller_cannot_claim_to_be_verified(front: Front) -> None:
    front.instead["auth_user"] = OK
    event = gateway_event("GET", f"/users/{ALICE}/profile")
    event["requestContext"]["authorizer"] = {"userId": ALICE, "claims": {"cognito:groups": "admin"}}
    assert handler(event, CONTEXT)["statusCode"] == 200
    assert "authorizer" not in front.forwarded[0][1]["requestContext"]


@pytest.mark.parametrize("name", ["X-Correlation-ID", "x-correlation-id", "X-Request-ID", "x-ReQuest-id"])
def test_a_correlation_id_goes_with_the_request_and_comes_back(front: Front, name: str) -> None:
    assert front.get("/health", headers={name: "trace-1"}).headers["X-Correlation-ID"] == "trace-1"


@pytest.mark.parametrize("hostile", ["a\r\nSet-Cookie: x=1", "<script>", "x" * 500, "é", " "])
def test_a_correlation_id_that_is_none_is_replaced(front: Front, hostile: str) -> None:
    given = front.get("/health", headers={"X-Correlation-ID": hostile}).headers["X-Correlation-ID"]
    assert len(given) == 36


def test_a_modules_own_correlation_id_is_kept(front: Front) -> None:
    front.instead["auth_user"] = {**OK, "headers": {"x-correlation-id": "theirs"}}
    headers = front.get("/users/me", who=ALICE).headers
    assert headers["X-Correlation-ID"] == "theirs"
    assert [name.lower() for name in headers].count("x-correlation-id") == 1


@pytest.mark.parametrize("origin", [ORIGIN, "https://www.everyonecook.cloud"])
def test_an_allowed_origin_may_read_the_answer(front: Front, origin: str) -> None:
    answer = front.get("/health", headers={"origin": origin})
    assert answer.headers["Access-Control-Allow-Origin"] == origin
    assert answer.headers["Vary"] == "Origin"


@pytest.mark.parametrize("origin", ["", "https://evil.test", "null", "https://everyonecook.cloud.evil.test"])
def test_any_other_origin_may_not(front: Front, origin: str) -> None:
    answer = front.get("/health", headers={"Origin": origin})
    assert "Access-Control-Allow-Origin" not in answer.headers
    assert answer.headers["Vary"] == "Origin"


def test_a_module_cannot_open_an_answer_to_everybody(front: Front) -> None:
    headers = {"Access-Control-Allow-Origin": "*", "Vary": "Accept"}
    front.instead["auth_user"] = {**OK, "headers": headers, "multiValueHeaders": {"X-More": ["a", "b"]}}
    answer = front.get("/users/me", who=ALICE, headers={"Origin": ORIGIN})
    assert answer.headers["Access-Control-Allow-Origin"] == ORIGIN
    assert answer.headers["Vary"] == "Accept, Origin"
    assert answer.headers["X-More"] == "a, b"


def test_an_answer_is_kept_by_no_cache_unless_its_module_says_so(front: Front) -> None:
    front.instead["auth_user"] = OK
    assert front.get("/users/me", who=ALICE).headers["Cache-Control"] == "no-store"
    front.instead["auth_user"] = {**OK, "headers": {"cache-control": "private, max-age=60"}}
    assert front.get("/users/me", who=ALICE).headers["Cache-Control"] == "private, max-age=60"


def test_every_answer_is_to_be_taken_as_what_it_says(front: Front) -> None:
    headers = front.get("/nothing").headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
    assert headers["Content-Type"] == "application/json"


def test_a_module_that_fails_is_a_500_without_its_words(front: Front) -> None:
    front.instead["auth_user"] = {"errorMessage": "secret table name", "errorType": "KeyError"}
    answer = front.get("/users/me", who=ALICE, headers={"X-Correlation-ID": "c-1"})
    assert answer.status == 500
    assert answer.body == {
        "error": {
            "code": "LAMBDA_EXECUTION_ERROR",
            "message": "the service failed to answer",
            "correlationId": "c-1",
        }
    }


@pytest.mark.parametrize("answer", [None, [], "text", {}, {"statusCode": "200"}])
def test_a_module_that_answers_nonsense_is_a_500(front: Front, answer: Any) -> None:
    front.instead["auth_user"] = answer if answer is not None else "null"
    assert front.get("/users/me", who=ALICE).body["error"]["code"] == "LAMBDA_EXECUTION_ERROR"


def test_a_module_out_of_reach_is_a_502(front: Front) -> None:
    front.instead["auth_user"] = EndpointConnectionError(endpoint_url="https://lambda")
    answer = front.get("/users/me", who=ALICE)
    assert answer.status == 502
    assert answer.body["error"]["code"] == "INTERNAL_SERVER_ERROR"
    assert len(front.forwarded) == 1


def test_keys_out_of_reach_are_our_fault_and_not_the_tokens(front: Front, monkeypatch: pytest.MonkeyPatch) -> None:
    def lost() -> dict[str, Any]:
        raise OSError

    monkeypatch.setattr(tokens, "RING", tokens.KeyRing(lost))
    assert front.get("/users/me", who=ALICE).status == 500
    front.instead["auth_user"] = OK
    assert front.get(f"/users/{ALICE}/profile", who=ALICE).status == 200


def test_a_body_larger_than_anything_that_could_be_kept_is_refused(front: Front) -> None:
    answer = front.call("PUT", "/users/profile", who=ALICE, raw="x" * 400_001)
    assert answer.status == 413
    assert front.forwarded == []


@pytest.mark.parametrize("event", [{}, {"httpMethod": None}, {"httpMethod": "GET", "path": None, "headers": None}])
def test_an_event_without_anything_is_no_failure(front: Front, event: dict[str, Any]) -> None:
    assert parsed(handler(event, CONTEXT)).status == 401


def test_whoever_calls_is_noted_in_profile_and_hour(front: Front) -> None:
    front.instead["auth_user"] = OK
    world.sign_up(ALICE, "alice")
    front.get("/users/me", who=ALICE)
    profile = world.item(f"USER#{ALICE}", "PROFILE") or {}
    assert profile["lastActivityAt"] > NOW
    (noted,) = [key for key in world.items() if key["PK"].startswith("ACTIVITY_LOG#")]
    assert noted["SK"].endswith(f"#{ALICE}")


def test_an_anonymous_caller_is_not_noted(front: Front) -> None:
    front.get("/health")
    front.get("/users/me")
    assert world.items() == []


def test_a_request_never_fails_for_its_note(front: Front) -> None:
    front.instead["auth_user"] = OK
    with unreachable(table.client, "UpdateItem"):
        assert front.get("/users/me", who=ALICE).status == 200


def noted_at(*moments: int) -> None:
    for moment in moments:
        thread = activity.track(ALICE, moment)
        if thread:
            thread.join()


def test_a_profile_is_noted_every_five_minutes_and_an_hour_once(front: Front) -> None:
    world.sign_up(ALICE, "alice")
    # 05:06 UTC is 12:06 in Viet Nam
    noted_at(NOW, NOW + 299_999)
    assert (world.item(f"USER#{ALICE}", "PROFILE") or {})["lastActivityAt"] == 1_772_600_767_089
    noted_at(NOW + 300_000)
    assert (world.item(f"USER#{ALICE}", "PROFILE") or {})["lastActivityAt"] == 1_772_601_067_089
    assert world.item("ACTIVITY_LOG#2026-03-04", f"12#{ALICE}") == {
        "PK": "ACTIVITY_LOG#2026-03-04",
        "SK": f"12#{ALICE}",
        "userId": ALICE,
        "hour": 12,
        "date": "2026-03-04",
        "firstActivityAt": 1_772_600_767_089,
        "lastActivityAt": 1_772_600_767_089,
        "activityCount": 1,
        "ttl": 1_772_600_767 + 400 * 86_400,
    }
    noted_at(NOW + 3_600_000)
    assert (world.item("ACTIVITY_LOG#2026-03-04", f"13#{ALICE}") or {})["activityCount"] == 1


def test_another_container_counts_in_the_same_hour(front: Front) -> None:
    noted_at(NOW)
    activity.forget()
    noted_at(NOW + 60_000)
    noted = world.item("ACTIVITY_LOG#2026-03-04", f"12#{ALICE}") or {}
    assert (noted["activityCount"], noted["firstActivityAt"], noted["lastActivityAt"]) == (
        2,
        1_772_600_767_089,
        1_772_600_827_089,
    )


def test_a_user_without_profile_gets_none_by_calling(front: Front) -> None:
    noted_at(NOW)
    assert world.item(f"USER#{ALICE}", "PROFILE") is None


def test_no_token_reaches_the_log(front: Front) -> None:
    written = io.StringIO()
    before = logger.registered_handler.setStream(written)  # type: ignore[attr-defined]
    try:
        front.instead["auth_user"] = {"errorMessage": f"failed with {token(ALICE)}"}
        front.get("/users/me", who=ALICE)
        front.get("/users/me", headers={"Authorization": f"Bearer {token(ALICE, exp=1)}"})
    finally:
        logger.registered_handler.setStream(before)  # type: ignore[attr-defined]
    assert "a module failed" in written.getvalue()
    assert "eyJ" not in written.getvalue()

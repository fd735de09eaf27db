from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import office
import pytest
import society
import world
from faults import instead, refused, unreachable
from front import Front
from kitchen import changes, clock, content, pool, table
from kitchen.keys import limits, people, posts, recipes
from office import ADMIN, ask, asked, code
from world import ALICE, BOB, CAROL

DAY = 86_400_000
# noon of 2026-03-04, a Wednesday, in Viet Nam
NOON = 1_772_600_400_000


@pytest.fixture(autouse=True)
def client(front: Front, monkeypatch: pytest.MonkeyPatch) -> Any:
    from admin.figures import costs

    costs.forget()
    return office.opened(monkeypatch)


def joined(user_id: str, then: int) -> None:
    """A user who came at a moment, and was there last at that moment."""
    values = {"createdAt": then, "lastLoginAt": then, "GSI3SK": f"{then:013d}#{user_id}"}
    changes.update(people.profile(user_id), values, remove=["lastActivityAt"])


def posted(name: str, author: str, then: int, **more: Any) -> None:
    created = clock.iso(then)
    keys = {**posts.post(name), **posts.post_indexes(name, author, "public", 0, created)}
    world.put({**keys, "postId": name, "authorId": author, "status": "active", "createdAt": created, **more})


def reported(name: str, kind: str, then: int) -> None:
    keys = {**posts.report(kind, name, ALICE), **posts.report_index(kind, clock.iso(then), name)}
    world.put({**keys, "status": "pending", "targetType": kind, "reason": "spam", "createdAt": clock.iso(then)})


def test_everything_is_counted() -> None:
    from admin.figures import statistics

    for user_id, age in ((ALICE, 0), (BOB, 1), (CAROL, 2), (society.DAVE, 31), (ADMIN, 400)):
        joined(user_id, NOON - age * DAY)
    changes.update(people.profile(BOB), {"isBanned": True, "banExpiresAt": NOON + 1})
    changes.update(people.profile(CAROL), {"isBanned": True, "banExpiresAt": NOON})
    posted("one", BOB, NOON)
    posted("two", BOB, NOON, postType="recipe_share")
    posted("gone", BOB, NOON, status="deleted")
    for number, age in enumerate((0, 2, 40)):
        world.put({**recipes.recipe(f"r{number}"), **recipes.recipe_index(BOB, NOON - age * DAY)})
    for word in ("ga", "bo"):
        world.put({**recipes.dictionary_entry(word)})
    world.put({**recipes.cached_translation("ca")})
    world.put({**recipes.ai_cache("k"), **recipes.ai_cache_index(clock.iso(NOON))})
    found = statistics.view(NOON)
    assert found["timestamp"] == "2026-03-04T05:00:00.000Z"
    assert found["counts"] == {
        "total_users": 5,
        "active_users": 3,
        "suspended_users": 1,
        "total_ingredients": 3,
        "dictionary_ingredients": 2,
        "cache_ingredients": 1,
        "total_recipes": 3,
        "recipe_posts": 1,
        "total_posts": 2,
        "total_cooking_sessions": 0,
        "total_violations": 0,
        "total_ai_cache": 1,
    }
    assert found["growth"] == {
        "new_users_today": 1,
        "new_users_this_week": 3,
        "new_users_this_month": 3,
        "new_recipes_today": 1,
        "new_recipes_this_week": 2,
        "new_recipes_this_month": 2,
    }


def test_what_was_written_elsewhere_is_counted(front: Front) -> None:
    post = society.write(front, BOB)
    society.cook(BOB)
    body = {"action": "warn", "reason": "mind the rules"}
    asked(front, "POST", f"/admin/posts/{post['postId']}/action", body)
    found = asked(front, "GET", "/admin/stats")["counts"]
    assert (found["total_users"], found["total_posts"], found["total_recipes"]) == (5, 1, 1)
    assert found["total_violations"] == 1


def test_a_day_is_broken_down_by_the_hour() -> None:
    from admin.figures import series

    day = clock.local(NOON)
    for user_id, moment in ((ALICE, NOON), (BOB, NOON - DAY), (CAROL, NOON - 100 * DAY), (ADMIN, NOON)):
        joined(user_id, moment)
    joined(society.DAVE, NOON - 100 * DAY)
    for user_id in (BOB, CAROL, ADMIN):
        world.put({**limits.activity(user_id, NOON - 3_600_000), "userId": user_id})
    world.put({**limits.activity(BOB, NOON), "userId": BOB})
    posted("one", BOB, NOON)
    posted("two", BOB, NOON - DAY)
    reported("one", "post", NOON)
    reported("c", "comment", NOON - 5 * 3_600_000)
    found = series.view("day", day, frozenset({ADMIN}))
    assert found["period"] == "day"
    assert found["timeRange"] == {"start": "2026-03-03T17:00:00.000Z", "end": "2026-03-04T16:59:59.999Z"}
    assert _hours(found["activeUsers"]) == {"11": 2, "12": 2}
    assert found["activeUsers"]["total"] == 3
    assert (_hours(found["newUsers"]), found["newUsers"]["total"]) == ({"12": 1}, 1)
    assert (_hours(found["posts"]), found["posts"]["total"]) == ({"12": 1}, 1)
    assert (_hours(found["reports"]), found["reports"]["total"]) == ({"07": 1, "12": 1}, 2)


@pytest.mark.parametrize(("period", "number", "first"), [("week", 7, "2026-02-26"), ("month", 30, "2026-02-03")])
def test_longer_periods_are_broken_down_by_the_day(period: str, number: int, first: str) -> None:
    from admin.figures import series

    for user_id in (ALICE, BOB, CAROL, society.DAVE, ADMIN):
        joined(user_id, NOON - 100 * DAY)
    joined(ALICE, NOON - 2 * DAY)
    found = series.view(period, clock.local(NOON), frozenset())
    days = found["newUsers"]["daily"]
    assert len(days) == number
    assert (days[0]["date"], days[-1]["date"]) == (first, "2026-03-04")
    assert {day["date"]: day["count"] for day in days if day["count"]} == {"2026-03-02": 1}


def test_a_series_is_asked_for_by_period_and_day(front: Front) -> None:
    path = "/admin/stats/detailed"
    today = asked(front, "GET", path)
    assert today["period"] == "day"
    assert len(today["posts"]["hourly"]) == 24
    # whoever asks is an administrator, and does not count
    assert today["activeUsers"]["total"] == 0
    custom = asked(front, "GET", path, query={"period": "custom", "date": "2026-03-04"})
    assert custom["timeRange"]["start"] == "2026-03-03T17:00:00.000Z"
    answer = ask(front, "GET", path, query={"period": "custom"})
    assert code(answer) == (400, "ADMIN_100")
    assert answer.body["error"]["message"] == "date: a custom period needs its day"
    for query in ({"date": "2026-02-30"}, {"date": "today"}, {"period": "year"}):
        assert code(ask(front, "GET", path, query=query)) == (400, "ADMIN_100")


def test_services_that_answer_are_healthy(front: Front) -> None:
    found = asked(front, "GET", "/admin/health")
    assert found["overall"] == "healthy"
    assert [(item["service"], item["status"]) for item in found["services"]] == [
        ("DynamoDB", "healthy"),
        ("Cognito", "healthy"),
        ("S3", "healthy"),
    ]
    assert all(item["latency"] >= 0 for item in found["services"])
    assert office.actions(front) == ["VIEW_SYSTEM_HEALTH"]


def test_a_service_that_does_not_answer_is_named(front: Front) -> None:
    with refused(pool.client, "ListUsers", "AccessDeniedException", "who may not what"):
        found = asked(front, "GET", "/admin/health")
    assert found["overall"] == "degraded"
    assert found["services"][1]["status"] == "unhealthy"
    assert found["services"][1]["message"] == "AccessDeniedException"
    with unreachable(content.client, "HeadBucket"):
        found = asked(front, "GET", "/admin/health")
    assert found["services"][2]["message"] == "EndpointConnectionError"


def test_nothing_that_answers_is_an_illness() -> None:
    from admin.figures import health

    with (
        unreachable(table.client, "DescribeTable"),
        unreachable(pool.client, "ListUsers"),
        unreachable(content.client, "HeadBucket"),
    ):
        assert health.view(NOON)["overall"] == "unhealthy"


def test_the_metrics_of_ai_are_read_where_they_were_counted(front: Front) -> None:
    watch = world.client("cloudwatch")
    now = datetime.now(UTC)
    for name, value in (("AI.Invocations", 3), ("Cache.Hit", 3), ("Cache.Miss", 1)):
        for environment in ("test", "other"):
            dimensions = [{"Name": "Environment", "Value": environment}]
            watch.put_metric_data(
                Namespace="EveryoneCook",
                MetricData=[{"MetricName": name, "Value": value, "Dimensions": dimensions, "Timestamp": now}],
            )
    society.write(front, BOB)
    for word in range(5):
        world.put({**recipes.dictionary_entry(f"w{word}")})
    changes.update(posts.post("x"), posts.reported_index("post", 10, "x"))
    changes.update(posts.post("y"), posts.reported_index("post", 9, "y"))
    found = asked(front, "GET", "/admin/metrics")
    assert found["user"]["totalUsers"] == 5
    assert found["content"] == {"totalPosts": 1, "postsToday": 1, "reportedPosts": 1}
    assert found["ai"] == {"aiCallsToday": 3, "cacheHitRate": 75.0, "dictionaryCoverage": 0.5}


def test_metrics_that_cannot_be_read_are_unknown(front: Front) -> None:
    from admin.figures import measures

    with unreachable(measures.client, "GetMetricData"):
        found = asked(front, "GET", "/admin/metrics")
    assert (found["ai"]["aiCallsToday"], found["ai"]["cacheHitRate"]) == (None, None)


COSTS = "/admin/costs"
BUDGET = {"today": 50, "thisWeek": 350, "thisMonth": 1_500}


def test_costs_are_not_asked_for_where_nobody_may(front: Front) -> None:
    from admin.figures import costs

    def never(_: Any) -> Any:
        raise AssertionError("Cost Explorer was asked")

    with instead(costs.client, "GetCostAndUsage", never):
        found = asked(front, "GET", COSTS)
    assert (found["available"], found["today"], found["budget"]) == (False, None, BUDGET)
    assert found["message"] == "the costs are not readable here"


def test_costs_that_are_refused_are_unavailable(front: Front, monkeypatch: pytest.MonkeyPatch) -> None:
    from admin.figures import costs

    monkeypatch.setattr(costs, "READABLE", True)
    with refused(costs.client, "GetCostAndUsage", "AccessDeniedException"):
        assert asked(front, "GET", COSTS)["available"] is False


def test_costs_are_summed_by_service_and_held_against_the_budget(monkeypatch: pytest.MonkeyPatch) -> None:
    from admin.figures import costs

    monkeypatch.setattr(costs, "READABLE", True)
    asked_for: list[dict[str, Any]] = []

    def answer(request: dict[str, Any]) -> Any:
        import json

        asked_for.append(json.loads(request["body"]))
        if "NextPageToken" not in asked_for[-1]:
            return {"ResultsByTime": [_spent("2026-03-01", DynamoDB="1.005", Lambda="2")], "NextPageToken": "more"}
        return {"ResultsByTime": [_spent("2026-03-03", Lambda="300"), _spent("2026-03-04", Lambda="4", S3="41")]}

    with instead(costs.client, "GetCostAndUsage", answer):
        found = costs.view(NOON)
        again = costs.view(NOON + 3_599_999)
    assert asked_for[0]["TimePeriod"] == {"Start": "2026-03-01", "End": "2026-03-05"}
    assert len(asked_for) == 2
    assert again == found
    assert found["available"] is True
    assert found["today"]["totalCost"] == 45
    assert found["today"]["services"] == [{"service": "S3", "cost": 41}, {"service": "Lambda", "cost": 4}]
    assert found["thisWeek"]["totalCost"] == 345
    assert found["thisMonth"]["totalCost"] == pytest.approx(348, abs=0.02)
    assert found["warnings"] == ["today: 45.0 of 50 USD", "thisWeek: 345.0 of 350 USD"]


def _spent(day: str, **services: str) -> dict[str, Any]:
    following = (datetime.fromisoformat(day) + timedelta(days=1)).date().isoformat()
    groups = [
        {"Keys": [name], "Metrics": {"UnblendedCost": {"Amount": amount, "Unit": "USD"}}}
        for name, amount in services.items()
    ]
    return {"TimePeriod": {"Start": day, "End": following}, "Groups": groups, "Estimated": True}


def _hours(found: dict[str, Any]) -> dict[str, int]:
    return {hour["hour"]: hour["count"] for hour in found["hourly"] if hour["count"]}

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import oracle
import pytest
import world
from ai_worker.handler import handler as worker
from faults import unreachable
from front import CONTEXT, Front, Response
from kitchen import clock
from oracle import Oracle
from recipe_ai import queue
from world import ALICE, BOB


@pytest.fixture(autouse=True)
def model(front: Front) -> Iterator[Oracle]:
    oracle.make_queue()
    with oracle.speaking() as speaking:
        yield speaking


def ask(front: Front, *ingredients: str, who: str = ALICE, **wishes: Any) -> Response:
    return front.post("/ai/suggestions", {"ingredients": list(ingredients), **wishes}, who=who)


def work() -> None:
    """The worker works off the queue."""
    for message in oracle.messages():
        assert worker(oracle.records(message["Body"]), CONTEXT) == {"batchItemFailures": []}


def test_a_suggestion_goes_from_the_request_to_a_recipe_of_ones_own(front: Front, model: Oracle) -> None:
    asked = ask(front, "thịt bò và hành tây", servings=2, maxCookingTime=30)
    assert asked.status == 202
    body = asked.body
    assert (body["status"], body["estimatedTime"], body["cacheHit"]) == ("PENDING", 30, False)
    now = clock.now()
    assert body["rateLimit"] == {"limit": 5, "remaining": 4, "resetAt": clock.next_day(now)}
    assert body["duration"] >= 0
    waiting = front.get(f"/ai/suggestions/{body['jobId']}", who=ALICE)
    assert waiting.body["status"] == "PENDING"
    assert "recipes" not in waiting.body
    work()
    done = front.get(f"/ai/suggestions/{body['jobId']}", who=ALICE).body
    assert done["status"] == "COMPLETED"
    assert done["createdAt"] == waiting.body["createdAt"]
    assert done["completedAt"] >= done["createdAt"]
    assert done["ttl"] > waiting.body["ttl"]
    assert done["ingredientAnalysis"]["compatibleIngredients"] == ["beef"]
    [dish] = done["recipes"]
    assert dish["name"] == "Bò xào hành tây"
    # 250 g beef, 100 g onion, 15 g garlic, 15 g soy sauce, 15 g oil, by dictionary or table; for two
    assert dish["nutrition"] == {"calories": 414, "protein": 34.1, "carbs": 7.5, "fat": 26.3, "fiber": 1}
    kept = front.post("/recipes/generate-ai", dish, who=ALICE)
    assert kept.status == 201
    assert kept.body["recipe"]["nutrition"] == dish["nutrition"]
    assert [one["source"] for one in kept.body["recipe"]["ingredients"]] == ["cache"] * 5
    again = ask(front, "hành tây", "bò", maxCookingTime=30)
    assert again.status == 200
    assert (again.body["status"], again.body["cacheHit"]) == ("COMPLETED", True)
    assert again.body["recipes"] == [dish]
    assert again.body["jobId"] != body["jobId"]
    assert again.body["rateLimit"]["remaining"] == 3
    assert again.headers["Cache-Control"] == "private, max-age=300"
    seen = front.get(f"/ai/suggestions/{again.body['jobId']}", who=ALICE).body
    assert (seen["status"], seen["recipes"]) == ("COMPLETED", [dish])


def test_the_message_is_what_the_worker_is_promised(front: Front) -> None:
    job = ask(front, "thịt bò", "cà chua", dislikedIngredients=["ớt"], preferredCookingMethods=["xào"]).body["jobId"]
    [message] = oracle.messages()
    body = json.loads(message["Body"])
    assert body.pop("timestamp") > 0
    assert body == {
        "jobId": job,
        "userId": ALICE,
        "ingredients": ["beef", "tomato"],
        "cacheKey": "beef|tomato|s2|none|t60",
        "settings": {
            "servings": 2,
            "mealType": "none",
            "maxTime": 60,
            "dislikedIngredients": ["ớt"],
            "skillLevel": "none",
            "preferredCookingMethods": ["xào"],
        },
    }
    attributes = {name: one["StringValue"] for name, one in message["MessageAttributes"].items()}
    assert attributes == {"JobType": "RECIPE_SUGGESTION", "UserId": ALICE}


def test_an_english_name_that_was_put_in_by_hand_is_made_ours(front: Front) -> None:
    key = {"PK": "DICTIONARY", "SK": "INGREDIENT#uc-ga"}
    world.put({**key, "source": "ức gà", "target": {"specific": "Chicken Breast"}, "addedBy": "BOOTSTRAP"})
    assert ask(front, "ức gà").status == 202
    [message] = oracle.messages()
    assert json.loads(message["Body"])["ingredients"] == ["chicken-breast"]


def test_hits_and_misses_are_counted(front: Front, capsys: pytest.CaptureFixture[str]) -> None:
    def counted(name: str) -> int:
        lines = [json.loads(line) for line in capsys.readouterr().out.splitlines() if '"_aws"' in line]
        assert all(line["_aws"]["CloudWatchMetrics"][0]["Namespace"] == "EveryoneCook" for line in lines)
        assert all(line["Environment"] == "test" for line in lines)
        counts = [sum(line.get(one, [0])[0] for line in lines) for one in (name, "AI.Invocations")]
        invocations.append(int(counts[1]))
        return int(counts[0])

    invocations: list[int] = []
    ask(front, "thịt bò")
    assert counted("Cache.Miss") == 1
    work()
    ask(front, "thịt bò")
    assert counted("Cache.Hit") == 1
    # a translation and its nutrition, then a dish
    assert invocations == [2, 1]


@pytest.mark.parametrize(
    "changed",
    [
        {"servings": 6}, {"servings": 0}, {"mealType": "brunch"}, {"maxCookingTime": 20}, {"skillLevel": "god"},
        {"preferredCookingMethods": ["microwave"]}, {"ingredients": []}, {"ingredients": [""]}, {"ingredients": [1]},
        {"ingredients": "gà"}, {"ingredients": [",;&"]},
        {"ingredients": ["a,b,c,d"] * 26 + [f"x{n}" for n in range(97)]},
        {"ingredients": [",".join(f"món {n}" for n in range(101))]},
    ],
)  # fmt: skip
def test_what_the_contract_does_not_know_is_refused(front: Front, model: Oracle, changed: dict[str, Any]) -> None:
    answer = front.post("/ai/suggestions", {"ingredients": ["gà"], **changed}, who=ALICE)
    assert answer.status == 400
    assert answer.body["error"]["code"] == "INVALID_REQUEST"
    assert model.asked == []
    assert oracle.messages() == []


def test_words_that_are_all_not_understood_are_told(front: Front) -> None:
    answer = ask(front, "cái ghế", "cái bàn")
    assert answer.status == 400
    assert answer.body["error"]["code"] == "NO_TRANSLATIONS"
    assert answer.body["error"]["failedIngredients"] == ["cái ghế", "cái bàn"]
    assert answer.body["error"]["correlationId"] == answer.headers["X-Correlation-ID"]
    # nothing was made, so nothing counts
    assert ask(front, "thịt bò").body["rateLimit"]["remaining"] == 4


def test_five_suggestions_a_day_are_allowed(front: Front, model: Oracle) -> None:
    for left in (4, 3, 2, 1, 0):
        assert ask(front, "thịt bò").body["rateLimit"]["remaining"] == left
    asked = len(model.asked)
    answer = ask(front, "tôm")
    assert answer.status == 429
    error = answer.body["error"]
    assert (error["code"], error["limit"], error["currentCount"]) == ("RATE_LIMIT_EXCEEDED", 5, 5)
    assert error["resetAt"] == clock.next_day(clock.now())
    assert answer.headers["X-RateLimit-Limit"] == "5"
    assert answer.headers["X-RateLimit-Remaining"] == "0"
    assert answer.headers["X-RateLimit-Reset"] == str(error["resetAt"] // 1_000)
    assert 0 < int(answer.headers["Retry-After"]) <= 86_400
    assert len(model.asked) == asked
    assert ask(front, "thịt bò", who=BOB).status == 202


def test_of_many_requests_at_once_five_pass(front: Front) -> None:
    ask(front, "thịt bò", who=BOB)
    with ThreadPoolExecutor(8) as pool:
        statuses = list(pool.map(lambda _: ask(front, "thịt bò").status, range(10)))
    assert sorted(statuses) == [202] * 5 + [429] * 5


def test_a_job_that_cannot_be_queued_has_failed_and_does_not_count(front: Front) -> None:
    with unreachable(queue.client, "SendMessage"):
        answer = ask(front, "thịt bò")
    assert answer.status == 500
    assert answer.body["error"]["code"] == "INTERNAL_SERVER_ERROR"
    assert ask(front, "thịt bò").body["rateLimit"]["remaining"] == 4
    [failed] = [key for key in world.items() if key["PK"].startswith("JOB#") and is_failed(key)]
    seen = front.get(f"/ai/suggestions/{failed['PK'].removeprefix('JOB#')}", who=ALICE).body
    assert (seen["status"], seen["error"]) == ("FAILED", "the recipe could not be asked for; try again")


def is_failed(key: dict[str, str]) -> bool:
    item = world.item(key["PK"], key["SK"])
    return item is not None and item["status"] == "FAILED"


def test_a_job_is_its_users_alone(front: Front) -> None:
    job = ask(front, "thịt bò").body["jobId"]
    denied = front.get(f"/ai/suggestions/{job}", who=BOB)
    assert denied.status == 403
    assert denied.body["error"]["code"] == "FORBIDDEN"
    missing = front.get("/ai/suggestions/none", who=ALICE)
    assert missing.status == 404
    assert missing.body["error"]["code"] == "JOB_NOT_FOUND"


def test_without_the_model_known_words_still_do(front: Front, model: Oracle) -> None:
    ask(front, "thịt bò")
    model.leave()
    answer = ask(front, "thịt bò", "tôm", who=BOB)
    assert answer.status == 202
    bodies = [json.loads(message["Body"]) for message in oracle.messages()]
    assert [body["ingredients"] for body in bodies if body["userId"] == BOB] == [["beef"]]

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import oracle
import pytest
import world
from ai_worker import dishes, work
from ai_worker.handler import handler
from faults import refused
from front import CONTEXT
from kitchen import clock, table
from kitchen.pantry import dictionary, jobs
from oracle import Oracle
from world import ALICE, NOW

ORDER: dict[str, Any] = {
    "jobId": "job-1",
    "userId": ALICE,
    "ingredients": ["tofu", "chicken"],
    "cacheKey": "chicken|tofu|s2|none|t60",
    "settings": {"servings": 2, "mealType": "none", "maxTime": 60, "dislikedIngredients": [], "skillLevel": "none",
                 "preferredCookingMethods": []},
    "timestamp": NOW,
}  # fmt: skip
DONE: dict[str, Any] = {"batchItemFailures": []}
AGAIN = {"batchItemFailures": [{"itemIdentifier": "message-0"}]}


@pytest.fixture(autouse=True)
def model(aws: None) -> Iterator[Oracle]:
    jobs.begin("job-1", ALICE, NOW)
    with oracle.speaking() as speaking:
        yield speaking


def run(order: dict[str, Any] | str = ORDER, tries: int = 1) -> dict[str, Any]:
    body = order if isinstance(order, str) else json.dumps(order)
    return handler(oracle.records(body, tries=tries), CONTEXT)


def job(job_id: str = "job-1") -> dict[str, Any]:
    found = jobs.find(job_id)
    assert found is not None
    return found


def test_a_job_is_done(model: Oracle) -> None:
    assert run() == DONE
    done = job()
    assert (done["status"], done["userId"], done["createdAt"]) == ("COMPLETED", ALICE, NOW)
    [dish] = done["result"]["recipes"]
    assert dish["name"] == "Gà kho gừng"
    assert done["ttl"] == done["completedAt"] // 1_000 + 7 * 86_400
    assert "warning" not in done
    assert "startedAt" not in done
    [body] = model.bodies
    assert (body["max_tokens"], body["temperature"]) == (4_096, 0.7)
    assert body["anthropic_version"] == "bedrock-2023-05-31"
    assert model.asked == [("suggest-recipe", {"ingredients": ["tofu", "chicken"], "disliked": []})]


def test_a_job_is_marked_while_it_is_worked_on(model: Oracle) -> None:
    seen: list[str] = []
    dish = oracle.canned("suggest-recipe", "chicken")
    model.instead["suggest-recipe"] = lambda _: seen.append(job()["status"]) or dish  # type: ignore[func-returns-value]
    run()
    assert seen == ["PROCESSING"]


def test_a_job_that_is_done_stays_as_it_is(model: Oracle) -> None:
    run()
    before = job()
    assert run() == DONE
    assert job() == before
    assert len(model.asked) == 1


def test_of_several_workers_one_asks_the_model(model: Oracle) -> None:
    def begin(_: int) -> str:
        try:
            work.do(json.dumps(ORDER), 1, clock.now())
        except jobs.Busy:
            return "busy"
        return "done"

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(begin, range(4)))
    assert len(model.asked) == 1
    assert "done" in answers
    assert job()["status"] == "COMPLETED"


def test_an_abandoned_job_is_taken_over(model: Oracle) -> None:
    jobs.start("job-1", ALICE, NOW, NOW)
    with pytest.raises(jobs.Busy):
        jobs.start("job-1", ALICE, NOW, NOW + 64_000)
    jobs.start("job-1", ALICE, NOW, NOW + 66_000)


@pytest.mark.parametrize("said", ["Sorry, no.", "[]", '{"recipes": []}', '{"recipes": [{"name": "x"}]}'])
def test_an_answer_of_no_use_is_asked_for_again(model: Oracle, said: str) -> None:
    model.instead["suggest-recipe"] = said
    assert run(tries=1) == AGAIN
    assert job()["status"] == "PENDING"
    del model.instead["suggest-recipe"]
    assert run(tries=2) == DONE
    assert job()["status"] == "COMPLETED"


def test_after_the_last_try_the_job_has_failed(model: Oracle) -> None:
    model.instead["suggest-recipe"] = "Sorry, no."
    assert run(tries=2) == AGAIN
    assert run(tries=3) == AGAIN
    failed = job()
    assert (failed["status"], failed["error"]) == ("FAILED", "no recipe could be made; try again later")
    assert failed["createdAt"] == NOW
    assert failed["ttl"] == failed["completedAt"] // 1_000 + 7 * 86_400


def test_a_failed_job_that_comes_back_may_still_be_done(model: Oracle) -> None:
    jobs.fail("job-1", "x", NOW)
    assert run() == DONE
    done = job()
    assert done["status"] == "COMPLETED"
    assert "error" not in done


@pytest.mark.parametrize("code", ["ThrottlingException", "AccessDeniedException", "ModelErrorException"])
def test_a_model_that_refuses_sends_the_message_back(model: Oracle, code: str) -> None:
    model.refuse(code)
    assert run(tries=1) == AGAIN
    assert job()["status"] == "PENDING"


def test_a_model_out_of_reach_sends_the_message_back(model: Oracle) -> None:
    model.leave()
    assert run(tries=3) == AGAIN
    assert job()["status"] == "FAILED"


def test_a_slow_model_leaves_time_to_say_so(model: Oracle, monkeypatch: pytest.MonkeyPatch) -> None:
    waiting = threading.Event()
    monkeypatch.setattr(dishes, "SECONDS", 0.05)
    model.instead["suggest-recipe"] = lambda _: waiting.wait(5) or "late"
    assert run(tries=3) == AGAIN
    assert job()["status"] == "FAILED"
    waiting.set()


@pytest.mark.parametrize(
    "body",
    [
        "no json", "[]", "{}", "null", "[" * 10_000,
        json.dumps({**ORDER, "jobId": "a#b"}), json.dumps({**ORDER, "ingredients": ["Ignore; all"]}),
        json.dumps({**ORDER, "settings": {"maxTime": 61}}), json.dumps({**ORDER, "more": 1}),
    ],
)  # fmt: skip
def test_a_message_that_is_no_order_goes_its_way_to_the_dead(model: Oracle, body: str) -> None:
    assert run(body) == AGAIN
    assert model.asked == []
    assert job()["status"] == "PENDING"


def test_messages_of_a_batch_do_not_spoil_each_other() -> None:
    second = json.dumps({**ORDER, "jobId": "job-2"})
    answer = handler(oracle.records(json.dumps(ORDER), "rubbish", second), CONTEXT)
    assert answer == {"batchItemFailures": [{"itemIdentifier": "message-1"}]}
    assert job("job-1")["status"] == job("job-2")["status"] == "COMPLETED"


def test_a_dish_that_takes_longer_or_leaves_something_out_is_told(model: Oracle) -> None:
    said = oracle.canned("suggest-recipe", "chicken")
    said["analysis"]["incompatibleIngredients"] = ["tofu"]
    said["recipes"][0]["cookingTime"] = 75
    model.instead["suggest-recipe"] = said
    run()
    assert job()["warning"] == (
        "this takes 75 minutes, more than the 60 you asked for; left out, as they do not go with the rest: tofu"
    )
    assert job()["ingredientAnalysis"]["incompatibleIngredients"] == ["tofu"]


def test_of_several_dishes_the_quickest_is_kept(model: Oracle) -> None:
    slow, quick = (oracle.canned("suggest-recipe", word)["recipes"][0] for word in ("pork", "shrimp"))
    model.instead["suggest-recipe"] = [slow, quick]
    run()
    assert [dish["name"] for dish in job()["result"]["recipes"]] == ["Tôm rim nước mắm"]


def test_new_ingredients_are_remembered_and_those_asked_for_are_not() -> None:
    run()
    cached = {key["SK"] for key in world.items() if key["PK"] == "TRANSLATION_CACHE"}
    assert cached == {"INGREDIENT#gung", "INGREDIENT#nuoc-mam", "INGREDIENT#duong", "INGREDIENT#toi"}
    item = world.item("TRANSLATION_CACHE", "INGREDIENT#nuoc-mam")
    assert item is not None
    assert item["target"] == {"specific": "fish-sauce", "general": "fish-sauce", "category": "other"}
    assert item["GSI5PK"] == "fish-sauce"


def test_nutrition_comes_from_the_dictionary_before_the_table() -> None:
    values = {"calories": 1_000.0, "protein": 0.0, "carbs": 0.0, "fat": 0.0, "fiber": 0.0}
    dictionary.add(dictionary.new("thịt gà", "chicken", "chicken", "meat", values), "ADMIN", NOW)
    run()
    # 300 g of chicken have 3000 kcal then; 30 g ginger 15, 36 g fish sauce 12.6, 12.5 g sugar 48.4, 15 g garlic 22.4
    assert job()["result"]["recipes"][0]["nutrition"]["calories"] == 1549.2


def test_the_dish_is_kept_for_others_by_request_and_by_ingredients() -> None:
    run()
    assert world.item("AI_CACHE#chicken|tofu|s2|none|t60", "METADATA") is not None
    own = "AI_CACHE#chicken|fish-sauce|garlic|ginger|sugar|s2|none|t60"
    assert world.item(own, "METADATA") is not None
    assert world.item(own, "INGREDIENT#ginger") is not None


def test_a_table_that_fails_sends_the_message_back(model: Oracle) -> None:
    with refused(table.client, "BatchWriteItem", "InternalServerError", status=500):
        assert run() == AGAIN
    assert job()["status"] == "PENDING"

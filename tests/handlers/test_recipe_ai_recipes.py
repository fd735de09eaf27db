from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import oracle
import pytest
import world
from cookbook import RECIPE, create
from front import Front
from oracle import Oracle
from world import ALICE, BOB


@pytest.fixture(autouse=True)
def model(front: Front) -> Iterator[Oracle]:
    world.sign_up(ALICE, "alice")
    world.sign_up(BOB, "bob")
    with oracle.speaking() as speaking:
        yield speaking


def test_a_recipe_is_made_and_read_again(front: Front) -> None:
    made = create(front)
    assert made["title"] == "Bò xào hành"
    assert made["source"] == "manual"
    assert made["authorId"] == ALICE
    assert made["isFavorite"] is False
    assert made["isShared"] is False
    assert made["steps"] == [
        {"stepNumber": 1, "instruction": "Ướp thịt."},
        {"stepNumber": 2, "instruction": "Xào nhanh.", "duration": 5},
    ]
    beef, onion, oil = made["ingredients"]
    assert (beef["english"], beef["category"], beef["source"], beef["amount"]) == ("beef", "meat", "ai", "200 g")
    assert beef["normalized"] == "thit-bo"
    assert beef["nutrition"] == {"per100g": {"calories": 250, "protein": 26, "carbs": 0, "fat": 15, "fiber": 0}}
    assert (onion["english"], onion["amount"], onion["notes"]) == ("onion", "1 củ", "thái múi")
    assert (oil["vietnamese"], oil["english"], oil["amount"]) == ("dầu ăn", "cooking-oil", "2 muỗng canh")
    read = front.get(f"/recipes/{made['recipeId']}", who=ALICE)
    assert read.status == 200
    assert read.body["recipe"] == made
    assert read.body["duration"] >= 0
    assert read.headers["Cache-Control"] == "private, max-age=300"


def test_nutrition_is_worked_out_where_none_is_given(front: Front) -> None:
    # 200 g beef 500 kcal, 100 g onion 40 kcal, 30 g oil 265.2 kcal: 805.2 in all, half of it a serving
    nutrition = create(front)["nutrition"]
    assert nutrition["calories"] == 402.6
    assert nutrition["perServing"].keys() == {"calories", "protein", "carbs", "fat", "fiber"}
    assert (nutrition["perServing"]["protein"], nutrition["fat"]) == (26.6, 30.1)
    assert nutrition["perRecipe"]["calories"] == 805.2
    assert create(front, nutrition={"calories": 1})["nutrition"] == {"calories": 1}


def test_what_the_model_said_is_known_the_next_time(front: Front, model: Oracle) -> None:
    create(front)
    assert sorted(model.tasks()) == ["describe-ingredient"] * 3
    again = create(front)
    assert len(model.asked) == 3
    assert [one["source"] for one in again["ingredients"]] == ["cache", "cache", "cache"]


def test_without_the_model_an_ingredient_keeps_its_own_name(front: Front, model: Oracle) -> None:
    model.instead["describe-ingredient"] = "I would rather not say"
    made = create(front, ingredients=["rau lạ"])
    [one] = made["ingredients"]
    assert (one["english"], one["category"], one["source"]) == ("rau-la", "unknown", "ai")
    assert "nutrition" not in one
    assert made["nutrition"]["calories"] == 0


def test_source_and_attribution_are_the_servers(front: Front) -> None:
    made = create(front, source="saved", attribution={"originalAuthorId": BOB})
    assert made["source"] == "manual"
    assert "attribution" not in made


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"title": "<b></b>"}, "title: nothing is left of it without its tags"),
        ({"ingredients": [{"amount": "1"}]}, "ingredients: each one needs a name"),
        ({"ingredients": ["  "]}, "ingredients: each one needs a name"),
        ({"steps": [{"title": "only"}]}, "steps.0: it has no instruction"),
        ({"steps": [{"instruction": "x", "images": ["a", "b"]}], "images": {"steps": [["c", "d"]]}},
         "steps.0: a step has at most 3 images"),
    ],
)  # fmt: skip
def test_what_is_no_recipe_is_refused(front: Front, model: Oracle, changed: dict[str, Any], message: str) -> None:
    answer = front.post("/recipes", {**RECIPE, **changed}, who=ALICE)
    assert answer.status == 400
    assert answer.body["error"]["code"] == "INVALID_REQUEST"
    assert answer.body["error"]["message"] == message
    assert model.asked == []
    assert world.item(f"RATE_LIMIT#{ALICE}", "RECIPE#CREATE_RECIPE#2026-03-04") is None


@pytest.mark.parametrize(
    "changed",
    [
        {"images": {"steps": [["1", "2", "3", "4"]]}},
        {"servings": 0},
        {"difficulty": "extreme"},
        {"steps": []},
        {"x": 1},
    ],
)
def test_what_the_contract_does_not_know_is_refused(front: Front, changed: dict[str, Any]) -> None:
    answer = front.post("/recipes", {**RECIPE, **changed}, who=ALICE)
    assert answer.status == 400
    assert answer.body["error"]["code"] == "INVALID_REQUEST"


def test_a_missing_body_has_its_own_code(front: Front) -> None:
    answer = front.post("/recipes", who=ALICE)
    assert answer.status == 400
    assert answer.body["error"]["code"] == "MISSING_BODY"


def test_more_than_an_item_holds_is_refused(front: Front) -> None:
    # within what the router lets through as characters, but not as bytes
    raw = json.dumps({**RECIPE, "steps": ["ế" * 9_000] * 20}, ensure_ascii=False)
    answer = front.call("POST", "/recipes", who=ALICE, raw=raw)
    assert answer.status == 413
    assert front.get("/recipes", who=ALICE).body["total"] == 0


def test_ten_recipes_a_day_are_allowed_also_at_once(front: Front) -> None:
    create(front)

    def one(_: int) -> int:
        return front.post("/recipes", {**RECIPE, "nutrition": {}}, who=ALICE).status

    with ThreadPoolExecutor(8) as pool:
        statuses = list(pool.map(one, range(12)))
    assert sorted(statuses) == [201] * 9 + [429] * 3
    refusal = front.post("/recipes", RECIPE, who=ALICE)
    assert refusal.body["error"]["code"] == "RATE_LIMIT_EXCEEDED"
    assert refusal.body["error"]["limit"] == 10
    assert int(refusal.headers["Retry-After"]) > 0
    assert front.get("/recipes", who=ALICE).body["total"] == 10
    assert world.item(f"USER#{ALICE}", "PROFILE")["totalRecipes"] == 10  # type: ignore[index]


def test_a_suggested_dish_is_kept_as_one(front: Front) -> None:
    dish = oracle.canned("suggest-recipe", "beef")["recipes"][0]
    answer = front.post("/recipes/generate-ai", dish, who=ALICE)
    assert answer.status == 201
    made = answer.body["recipe"]
    assert made["source"] == "ai"
    assert made["title"] == "Bò xào hành tây"
    assert made["ingredients"][0]["vietnamese"] == "thịt bò"
    assert made["ingredients"][0]["english"] == "beef"
    assert made["ingredients"][0]["amount"] == "250 g"


def test_a_suggested_dish_has_defaults(front: Front) -> None:
    dish = {"name": "Canh", "ingredients": ["cà chua"], "steps": ["Nấu."]}
    made = front.post("/recipes/generate-ai", dish, who=ALICE).body["recipe"]
    assert (made["servings"], made["cookingTime"], made["difficulty"]) == (4, 30, "medium")


@pytest.mark.parametrize("missing", ["name", "ingredients", "steps"])
def test_a_suggested_dish_must_be_one(front: Front, missing: str) -> None:
    dish = {"name": "Canh", "ingredients": ["cà chua"], "steps": ["Nấu."]}
    del dish[missing]
    answer = front.post("/recipes/generate-ai", dish, who=ALICE)
    assert answer.status == 400
    assert answer.body["error"]["message"].startswith(f"{missing}: ")


def test_kept_dishes_count_among_the_ten(front: Front) -> None:
    dish = {"name": "Canh", "ingredients": ["cà chua"], "steps": ["Nấu."]}
    for _ in range(10):
        assert front.post("/recipes/generate-ai", dish, who=ALICE).status == 201
    assert front.post("/recipes/generate-ai", dish, who=ALICE).status == 429

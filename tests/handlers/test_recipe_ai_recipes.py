from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import oracle
import pytest
import world
from faults import instead, unreachable
from front import Front
from kitchen import changes, clock
from kitchen import content as bucket
from kitchen import recipes as kept
from kitchen.changes import ConditionFailed
from kitchen.keys import limits, posts
from kitchen.keys import recipes as keys
from oracle import Oracle
from recipe_ai import pictures, recipes
from world import ALICE, BOB, CAROL

RECIPE: dict[str, Any] = {
    "title": "Bò xào <b>hành</b>",
    "description": "Nhanh và ngon",
    "ingredients": [
        {"vietnamese": "thịt bò", "amount": "200", "unit": "g"},
        {"vietnameseName": "hành tây", "quantity": 1, "unit": "củ", "notes": "thái múi"},
        "2 muỗng canh dầu ăn",
    ],
    "steps": ["Ướp thịt.", {"instruction": "Xào nhanh.", "duration": 5, "stepNumber": 7}],
    "servings": 2,
    "cookingTime": 20,
    "difficulty": "easy",
}


@pytest.fixture(autouse=True)
def model(front: Front) -> Iterator[Oracle]:
    world.sign_up(ALICE, "alice")
    world.sign_up(BOB, "bob")
    with oracle.speaking() as speaking:
        yield speaking


def create(front: Front, who: str = ALICE, **changed: Any) -> dict[str, Any]:
    answer = front.post("/recipes", {**RECIPE, **changed}, who=who)
    assert answer.status == 201, answer.body
    recipe: dict[str, Any] = answer.body["recipe"]
    return recipe


def share(recipe_id: str, privacy: str = "public", author: str = ALICE, **post: Any) -> None:
    world.put({**posts.post("p1"), "authorId": author, "privacyLevel": privacy, "status": "active", **post})
    changes.update(keys.recipe(recipe_id), {"isShared": True, "sharedPostId": "p1"})


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


def test_recipes_of_others_are_closed_until_shared(front: Front) -> None:
    recipe_id = create(front)["recipeId"]
    answer = front.get(f"/recipes/{recipe_id}", who=BOB)
    assert answer.status == 403
    assert answer.body["error"]["code"] == "FORBIDDEN"
    share(recipe_id)
    assert front.get(f"/recipes/{recipe_id}", who=BOB).status == 200


def test_a_shared_recipe_is_as_open_as_its_post(front: Front) -> None:
    recipe_id = create(front)["recipeId"]
    share(recipe_id, "friends")
    assert front.get(f"/recipes/{recipe_id}", who=BOB).status == 403
    world.befriend(ALICE, BOB)
    assert front.get(f"/recipes/{recipe_id}", who=BOB).status == 200
    share(recipe_id, "private")
    assert front.get(f"/recipes/{recipe_id}", who=BOB).status == 403
    share(recipe_id, "public", status="hidden")
    assert front.get(f"/recipes/{recipe_id}", who=BOB).status == 403
    share(recipe_id, "public")
    world.befriend(BOB, ALICE, "blocked", both=False)
    assert front.get(f"/recipes/{recipe_id}", who=BOB).status == 403
    assert front.get(f"/recipes/{recipe_id}", who=CAROL).status == 200


def test_an_unknown_recipe_is_not_found(front: Front) -> None:
    for answer in (
        front.get("/recipes/none", who=ALICE),
        front.put("/recipes/none", {"title": "x"}, who=ALICE),
        front.delete("/recipes/none", who=ALICE),
        front.post("/recipes/none/save", who=ALICE),
    ):
        assert answer.status == 404
        assert answer.body["error"]["code"] == "RECIPE_NOT_FOUND"


def test_a_recipe_is_changed_by_its_owner_alone(front: Front) -> None:
    recipe_id = create(front)["recipeId"]
    answer = front.put(f"/recipes/{recipe_id}", {"title": "Mới", "isFavorite": True, "steps": ["Một"]}, who=ALICE)
    assert answer.status == 200
    read = front.get(f"/recipes/{recipe_id}", who=ALICE).body["recipe"]
    assert (read["title"], read["isFavorite"]) == ("Mới", True)
    assert read["steps"] == [{"stepNumber": 1, "instruction": "Một"}]
    assert read["ingredients"][0]["english"] == "beef"
    denied = front.put(f"/recipes/{recipe_id}", {"title": "mine"}, who=BOB)
    assert denied.status == 403
    assert denied.body["error"]["code"] == "FORBIDDEN"
    assert front.put(f"/recipes/{recipe_id}", {}, who=ALICE).status == 400


def test_what_was_read_can_be_sent_back(front: Front) -> None:
    made = create(front, images={"completed": "recipes/x/1.jpg"})
    names = ("title", "description", "ingredients", "steps", "images", "servings", "cookingTime", "difficulty")
    same = {name: made[name] for name in (*names, "nutrition", "isFavorite")}
    answer = front.put(f"/recipes/{made['recipeId']}", same, who=ALICE)
    assert answer.status == 200
    assert [one["english"] for one in answer.body["recipe"]["ingredients"]] == ["beef", "onion", "cooking-oil"]


def test_nutrition_follows_ingredients_and_servings(front: Front) -> None:
    recipe_id = create(front)["recipeId"]
    halved = front.put(f"/recipes/{recipe_id}", {"servings": 4}, who=ALICE).body["recipe"]
    assert halved["nutrition"]["calories"] == 201.3
    changed = front.put(f"/recipes/{recipe_id}", {"ingredients": ["100g đường"]}, who=ALICE).body["recipe"]
    assert changed["nutrition"]["perRecipe"]["calories"] == 387
    assert changed["nutrition"]["calories"] == 96.8


def test_removed_pictures_leave_the_bucket_but_only_ones_own(front: Front) -> None:
    kept, gone = f"recipes/{ALICE}/r/kept.jpg", f"recipes/{ALICE}/r/gone.jpg"
    strange = [f"recipes/{BOB}/r/his.jpg", f"avatars/{BOB}/his.jpg"]
    for key in (kept, gone, *strange):
        world.put_object(key)
    cdn = "https://cdn.everyonecook.cloud/"
    named = {"completed": cdn + kept, "steps": [[cdn + gone, cdn + strange[0], strange[1]]]}
    recipe_id = create(front, images=named)["recipeId"]
    front.put(f"/recipes/{recipe_id}", {"images": {"completed": cdn + kept}}, who=ALICE)
    assert sorted(world.objects()) == sorted([kept, *strange])


def test_pictures_stay_where_the_change_does_not_name_them(front: Front) -> None:
    recipe_id = create(front, images={"completed": "recipes/a/1.jpg", "steps": [["recipes/a/2.jpg"]]})["recipeId"]
    changed = front.put(f"/recipes/{recipe_id}", {"steps": ["Một", "Hai"]}, who=ALICE).body["recipe"]
    assert changed["images"] == {"completed": "recipes/a/1.jpg", "steps": [["recipes/a/2.jpg"]]}


def test_a_picture_that_cannot_be_removed_is_tried_three_times(front: Front, monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[float] = []
    monkeypatch.setattr(pictures.time, "sleep", waited.append)
    recipe_id = create(front, images={"completed": f"recipes/{ALICE}/r/a.jpg"})["recipeId"]
    body = {"Error": {"Code": "AccessDenied", "Message": ""}}
    with instead(bucket.client, "DeleteObject", lambda _: body, status=403):
        assert front.put(f"/recipes/{recipe_id}", {"images": {}}, who=ALICE).status == 200
    assert waited == [0.2, 0.4]


def test_two_changes_at_once_do_not_mix(front: Front) -> None:
    recipe_id = create(front)["recipeId"]
    seen = kept.find(recipe_id)
    assert seen is not None
    recipes.change(seen, {"title": "first"}, world.NOW)
    with pytest.raises(ConditionFailed):
        recipes.change(seen, {"title": "second"}, world.NOW + 1)


def test_of_a_saved_recipe_only_the_heart_can_change(front: Front) -> None:
    recipe_id = create(front)["recipeId"]
    share(recipe_id)
    copy_id = front.post(f"/recipes/{recipe_id}/save", who=BOB).body["recipe"]["recipeId"]
    assert front.put(f"/recipes/{copy_id}", {"isFavorite": True}, who=BOB).status == 200
    for body in ({"title": "x"}, {"isFavorite": True, "title": "x"}):
        answer = front.put(f"/recipes/{copy_id}", body, who=BOB)
        assert answer.status == 403
        assert answer.body["error"]["code"] == "SOCIAL_RECIPE_READONLY"


def test_a_recipe_is_deleted_with_its_pictures(front: Front) -> None:
    recipe_id = create(front)["recipeId"]
    world.put_object(f"recipes/{ALICE}/{recipe_id}/completed.jpg")
    world.put_object(f"recipes/{ALICE}/other/completed.jpg")
    world.put({"PK": f"USER#{ALICE}", "SK": f"RECIPE#{recipe_id}#IMAGE#completed"})
    assert front.delete(f"/recipes/{recipe_id}", who=BOB).status == 403
    answer = front.delete(f"/recipes/{recipe_id}", who=ALICE)
    assert answer.status == 200
    assert answer.body["recipeId"] == recipe_id
    assert front.get(f"/recipes/{recipe_id}", who=ALICE).status == 404
    assert front.get("/recipes", who=ALICE).body["recipes"] == []
    assert world.objects() == [f"recipes/{ALICE}/other/completed.jpg"]
    assert world.item(f"USER#{ALICE}", f"RECIPE#{recipe_id}#IMAGE#completed") is None
    profile = world.item(f"USER#{ALICE}", "PROFILE")
    assert profile is not None
    assert (profile["recipeIds"], profile["totalRecipes"]) == ([], 0)


def test_a_recipe_is_deleted_even_if_its_pictures_cannot_be(front: Front) -> None:
    recipe_id = create(front)["recipeId"]
    with unreachable(bucket.client, "ListObjectsV2"):
        assert front.delete(f"/recipes/{recipe_id}", who=ALICE).status == 200
    assert front.get(f"/recipes/{recipe_id}", who=ALICE).status == 404


def test_recipes_made_and_deleted_at_once_leave_a_true_list(front: Front) -> None:
    ids = [create(front, nutrition={})["recipeId"] for _ in range(4)]

    def act(at: int) -> int:
        if at % 2:
            return front.delete(f"/recipes/{ids[at // 2]}", who=ALICE).status
        return front.post("/recipes", {**RECIPE, "nutrition": {}}, who=ALICE).status

    with ThreadPoolExecutor(8) as pool:
        statuses = list(pool.map(act, range(8)))
    assert sorted(statuses) == [200] * 4 + [201] * 4
    listed = front.get("/recipes", who=ALICE).body
    profile = world.item(f"USER#{ALICE}", "PROFILE")
    assert profile is not None
    assert listed["total"] == 4
    assert sorted(one["recipeId"] for one in listed["recipes"]) == sorted(profile["recipeIds"])


def test_a_saved_copy_names_its_author_and_has_its_own_pictures(front: Front) -> None:
    recipe_id = create(front)["recipeId"]
    picture = f"recipes/{ALICE}/{recipe_id}/completed.png"
    world.put_object(picture)
    cdn = "https://cdn.everyonecook.cloud/"
    lost = f"{cdn}recipes/{ALICE}/{recipe_id}/lost.jpg"
    named = {"completed": cdn + picture, "steps": [[lost, "https://elsewhere.test/a.jpg"]]}
    front.put(f"/recipes/{recipe_id}", {"images": named}, who=ALICE)
    share(recipe_id)
    answer = front.post(f"/recipes/{recipe_id}/save", who=BOB)
    assert answer.status == 201
    copy = answer.body["recipe"]
    assert copy["source"] == "imported"
    assert copy["authorId"] == BOB
    assert copy["isShared"] is False
    assert {name: copy["attribution"][name] for name in ("originalAuthorId", "originalAuthorUsername")} == {
        "originalAuthorId": ALICE,
        "originalAuthorUsername": "alice",
    }
    assert copy["attribution"]["originalRecipeId"] == recipe_id
    own = f"recipes/{BOB}/{copy['recipeId']}/completed.png"
    assert copy["images"] == {"completed": cdn + own, "steps": [["https://elsewhere.test/a.jpg"]]}
    assert sorted(world.objects()) == sorted([picture, own])
    listed = front.get("/recipes", who=BOB).body["recipes"]
    assert [one["recipeId"] for one in listed] == [copy["recipeId"]]


def test_a_copy_of_a_suggested_dish_stays_one(front: Front) -> None:
    dish = {"name": "Canh", "ingredients": ["cà chua"], "steps": ["Nấu."]}
    recipe_id = front.post("/recipes/generate-ai", dish, who=ALICE).body["recipe"]["recipeId"]
    share(recipe_id)
    copy = front.post(f"/recipes/{recipe_id}/save", who=BOB).body["recipe"]
    assert copy["source"] == "ai"
    assert "attribution" not in copy


def test_what_is_not_shared_cannot_be_saved(front: Front) -> None:
    recipe_id = create(front)["recipeId"]
    answer = front.post(f"/recipes/{recipe_id}/save", who=BOB)
    assert answer.status == 404
    assert front.get("/recipes", who=BOB).body["total"] == 0


def test_saving_counts_among_the_ten_and_the_twenty(front: Front) -> None:
    recipe_id = create(front)["recipeId"]
    share(recipe_id)
    for _ in range(10):
        assert front.post(f"/recipes/{recipe_id}/save", who=BOB).status == 201
    assert front.post(f"/recipes/{recipe_id}/save", who=BOB).status == 429
    world.put({**limits.recipes(CAROL, "SAVE_FROM_FEED", clock.now()), "count": 20})
    refusal = front.post(f"/recipes/{recipe_id}/save", who=CAROL)
    assert refusal.status == 429
    assert refusal.body["error"]["limit"] == 20

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import oracle
import pytest
import world
from cookbook import RECIPE, create, share
from faults import instead, unreachable
from front import Front
from kitchen import content as bucket
from kitchen import recipes as kept
from kitchen.changes import ConditionFailed
from oracle import Oracle
from recipe_ai import recipes
from world import ALICE, BOB


@pytest.fixture(autouse=True)
def model(front: Front) -> Iterator[Oracle]:
    world.sign_up(ALICE, "alice")
    world.sign_up(BOB, "bob")
    with oracle.speaking() as speaking:
        yield speaking


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
    monkeypatch.setattr("recipe_ai.pictures.time.sleep", waited.append)
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

from __future__ import annotations

from collections.abc import Iterator

import oracle
import pytest
import world
from cookbook import create, share
from front import Front
from kitchen import clock
from kitchen.keys import limits
from oracle import Oracle
from world import ALICE, BOB, CAROL


@pytest.fixture(autouse=True)
def model(front: Front) -> Iterator[Oracle]:
    world.sign_up(ALICE, "alice")
    world.sign_up(BOB, "bob")
    with oracle.speaking() as speaking:
        yield speaking


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

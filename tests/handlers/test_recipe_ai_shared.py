from __future__ import annotations

from collections.abc import Iterator

import oracle
import pytest
import world
from cookbook import create
from front import Front
from oracle import Oracle
from world import ALICE, BOB


@pytest.fixture(autouse=True)
def model(front: Front) -> Iterator[Oracle]:
    world.sign_up(ALICE, "alice")
    world.sign_up(BOB, "bob")
    with oracle.speaking() as speaking:
        yield speaking


def test_a_recipe_that_was_posted_is_found_read_and_saved_by_others(front: Front) -> None:
    recipe_id = create(front)["recipeId"]
    shared = front.post("/posts/share-recipe", {"recipeId": recipe_id, "title": "Bò của tôi"}, who=ALICE)
    assert shared.status == 201
    post_id = shared.body["post"]["postId"]
    for asked in ({"ingredients": ["Thịt Bò"]}, {"ingredients": ["beef"]}, {"text": "bò của"}):
        [one] = front.post("/search", asked, who=BOB).body["recipes"]
        assert (one["postId"], one["recipeId"], one["source"]) == (post_id, recipe_id, "social")
    assert front.get(f"/recipes/{recipe_id}", who=BOB).status == 200
    [summary] = front.get(f"/users/{ALICE}/recipes", who=BOB).body["recipes"]
    assert (summary["isShared"], summary["sharedPostId"]) == (True, post_id)
    copy = front.post(f"/posts/{post_id}/save-recipe", who=BOB).body["recipe"]
    [saved] = front.get("/recipes", who=BOB).body["recipes"]
    assert (saved["recipeId"], saved["source"]) == (copy["recipeId"], "saved")
    assert front.put(f"/recipes/{copy['recipeId']}", {"title": "x"}, who=BOB).status == 403
    assert front.delete(f"/posts/{post_id}", who=ALICE).status == 200
    assert front.get(f"/recipes/{recipe_id}", who=BOB).status == 403
    assert front.post("/search", {"text": "bò của"}, who=BOB).body["recipes"] == []

from __future__ import annotations

from typing import Any

import pytest
import society
import world
from front import Front
from hypothesis import given
from hypothesis import strategies as st
from world import ALICE, BOB


def make(front: Front, who: str = ALICE, **said: Any) -> dict[str, Any]:
    answer = front.post(f"/users/{who}/recipe-groups", {"name": "Soups", **said}, who=who)
    assert answer.status == 201
    body: dict[str, Any] = answer.body
    return body


def test_a_group_is_made_and_listed(front: Front) -> None:
    group = make(front, name="<b>Soups</b>", description="Hot ones")
    created = group.pop("createdAt")
    assert group.pop("updatedAt") == created
    group_id = group.pop("groupId")
    assert group == {"owner": ALICE, "name": "Soups", "description": "Hot ones"}
    for user_id in (ALICE, "me"):
        answer = front.get(f"/users/{user_id}/recipe-groups", who=ALICE)
        assert answer.status == 200
        assert answer.body == {
            "groups": [
                {
                    "groupId": group_id,
                    "owner": ALICE,
                    "groupName": "Soups",
                    "description": "Hot ones",
                    "createdAt": created,
                }
            ]
        }
    assert world.item(f"GROUP#{group_id}", "METADATA") is not None
    link = world.item(f"USER#{ALICE}", f"GROUP#{group_id}")
    assert link is not None
    assert (link["GSI3PK"], link["GSI3SK"]) == (f"USER#{ALICE}#GROUPS", f"GROUP#{group_id}")


def test_a_recipe_is_put_into_a_group(front: Front) -> None:
    group_id = make(front)["groupId"]
    path = f"/users/me/recipe-groups/{group_id}/recipes"
    answer = front.post(path, {"recipeId": "r1", "recipeTitle": "Pho <b>bo</b>"}, who=ALICE)
    assert answer.status == 201
    entry = answer.body
    assert entry.pop("addedAt")
    assert entry == {"groupId": group_id, "recipeId": "r1", "recipeTitle": "Pho bo"}
    assert world.item(f"GROUP#{group_id}", "RECIPE#r1") is not None


def test_a_recipe_without_a_title_comes_with_its_own_if_it_may_be_read(front: Front) -> None:
    world.sign_up(ALICE, "alice")
    world.sign_up(BOB, "bob")
    society.cook(ALICE, "mine")
    society.cook(BOB, "his")
    path = f"/users/me/recipe-groups/{make(front)['groupId']}/recipes"
    titles = {one: front.post(path, {"recipeId": one}, who=ALICE).body["recipeTitle"] for one in ("mine", "his", "no")}
    assert titles == {"mine": "Beef pho", "his": "", "no": ""}


def test_groups_are_their_owners_alone(front: Front) -> None:
    group_id = make(front)["groupId"]
    for answer in (
        front.post(f"/users/{ALICE}/recipe-groups", {"name": "x"}, who=BOB),
        front.get(f"/users/{ALICE}/recipe-groups", who=BOB),
        front.post(f"/users/{ALICE}/recipe-groups/{group_id}/recipes", {"recipeId": "r"}, who=BOB),
    ):
        assert (answer.status, answer.body) == (403, {"message": "these are not your groups"})
    for path in (f"/users/me/recipe-groups/{group_id}/recipes", "/users/me/recipe-groups/none/recipes"):
        answer = front.post(path, {"recipeId": "r"}, who=BOB)
        assert (answer.status, answer.body) == (403, {"message": "this is not your group"})
    assert world.item(f"GROUP#{group_id}", "RECIPE#r") is None
    assert front.get("/users/me/recipe-groups", who=BOB).body == {"groups": []}


@pytest.mark.parametrize("body", [{}, {"name": ""}, {"name": "<b></b>"}, {"name": "x" * 201}, {"name": 7}])
def test_a_group_needs_a_name(front: Front, body: dict[str, Any]) -> None:
    answer = front.post("/users/me/recipe-groups", body, who=ALICE)
    assert answer.status == 400
    assert answer.body.keys() == {"message"}
    assert front.get("/users/me/recipe-groups", who=ALICE).body == {"groups": []}


def test_an_entry_needs_a_recipe(front: Front) -> None:
    path = f"/users/me/recipe-groups/{make(front)['groupId']}/recipes"
    assert front.post(path, {"recipeTitle": "x"}, who=ALICE).status == 400


@given(st.integers(0, 2**48 - 2))
def test_ids_of_groups_sort_by_time(moment: int) -> None:
    from social.groups import ulid

    one, two = ulid(moment), ulid(moment + 1)
    assert len(one) == len(two) == 26
    assert set(one + two) <= set("0123456789ABCDEFGHJKMNPQRSTVWXYZ")
    assert one < two
    assert ulid(moment) != one

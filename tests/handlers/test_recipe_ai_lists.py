from __future__ import annotations

from typing import Any

import pytest
import world
from front import Front
from hypothesis import given, settings
from hypothesis import strategies as st
from kitchen import changes
from kitchen import recipes as kept
from kitchen.keys import people, posts
from recipe_ai import lists
from recipe_ai.models import RecipesQuery
from world import ALICE, BOB, NOW


@pytest.fixture(autouse=True)
def users(front: Front) -> None:
    world.sign_up(ALICE, "alice")
    world.sign_up(BOB, "bob")


def add(recipe_id: str, at: int = 0, owner: str = ALICE, **content: Any) -> None:
    recipe = kept.new_recipe(recipe_id, owner, "manual", {"title": recipe_id, **content}, NOW + at)
    kept.add({**recipe, **content}, NOW)


def ids(body: Any) -> list[str]:
    return [one["recipeId"] for one in body["recipes"]]


def test_a_list_shows_the_newest_first_in_short(front: Front) -> None:
    add("old", ingredients=[{"vietnamese": "gà"}], images={"steps": [[], ["s.jpg"]]}, servings=3, cookingTime=9)
    add("new", 1, images={"completed": "c.jpg", "steps": []})
    answer = front.get("/recipes", who=ALICE)
    assert answer.status == 200
    assert answer.headers["Cache-Control"] == "private, max-age=60"
    assert (answer.body["total"], answer.body["hasMore"]) == (2, False)
    assert answer.body["duration"] >= 0
    assert answer.body["recipes"] == [
        {
            "recipeId": "new", "title": "new", "thumbnail": "c.jpg", "ingredientsCount": 0, "servings": 4,
            "cookingTime": 30, "difficulty": "medium", "createdAt": NOW + 1, "isFavorite": False, "isShared": False,
            "sharedPostId": None, "source": "manual",
        },
        {
            "recipeId": "old", "title": "old", "thumbnail": "s.jpg", "ingredientsCount": 1, "servings": 3,
            "cookingTime": 9, "difficulty": "medium", "createdAt": NOW, "isFavorite": False, "isShared": False,
            "sharedPostId": None, "source": "manual",
        },
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"search": "pho"}, ["b", "a"]),
        ({"search": "PHỞ bò"}, ["a"]),
        ({"search": "gà"}, ["b"]),
        ({"search": "ga"}, ["b"]),
        ({"search": "Hà Nội"}, ["c"]),
        ({"difficulty": "easy"}, ["c"]),
        ({"isShared": "true"}, ["a"]),
        ({"isShared": "false"}, ["c", "b"]),
        ({"search": "pho", "isShared": "true"}, ["a"]),
        ({"search": "sushi"}, []),
        ({"search": "<b>"}, ["c", "b", "a"]),
    ],
)
def test_a_list_is_narrowed(front: Front, query: dict[str, str], found: list[str]) -> None:
    add("a", 0, title="Phở bò", isShared=True)
    add("b", 1, title="Phở", ingredients=[{"vietnamese": "thịt gà"}])
    add("c", 2, title="Bún chả", description="kiểu Hà Nội", difficulty="easy")
    body = front.get("/recipes", who=ALICE, query=query).body
    assert ids(body) == found
    assert body["total"] == len(found)
    as_body = {**query, **({"isShared": query["isShared"] == "true"} if "isShared" in query else {})}
    assert ids(front.post("/recipes/search", as_body, who=ALICE).body) == found
    assert ids(front.post("/recipes/search", who=ALICE, query=query).body) == found


def test_a_body_counts_more_than_the_query(front: Front) -> None:
    add("a", title="Phở")
    add("b", title="Bún")
    assert ids(front.post("/recipes/search", {"search": "bun"}, who=ALICE, query={"search": "pho"}).body) == ["b"]


def test_a_list_goes_on_with_its_cursor(front: Front) -> None:
    for at in range(5):
        add(str(at), at)
    first = front.get("/recipes", who=ALICE, query={"limit": "2"}).body
    assert (ids(first), first["total"], first["hasMore"]) == (["4", "3"], 5, True)
    second = front.get("/recipes", who=ALICE, query={"limit": "2", "cursor": first["cursor"]}).body
    assert (ids(second), second["hasMore"]) == (["2", "1"], True)
    third = front.get("/recipes", who=ALICE, query={"limit": "2", "cursor": second["cursor"]}).body
    assert (ids(third), third["hasMore"]) == (["0"], False)
    assert "cursor" not in third


@pytest.mark.parametrize(
    "query", [{"limit": "0"}, {"limit": "101"}, {"limit": "x"}, {"difficulty": "x"}, {"isShared": "x"}, {"cursor": "x"}]
)
def test_a_query_that_makes_no_sense_is_refused(front: Front, query: dict[str, str]) -> None:
    answer = front.get("/recipes", who=ALICE, query=query)
    assert answer.status == 400
    assert answer.body["error"]["code"] == "INVALID_REQUEST"


@settings(max_examples=25)
@given(limit=st.integers(1, 9), count=st.integers(0, 12))
def test_pages_put_together_are_the_whole_list(limit: int, count: int) -> None:
    recipes = [{"recipeId": str(at), "createdAt": NOW - at, "authorId": ALICE} for at in range(count)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lists, "of_owner", lambda owner, viewer: list(recipes))
        found: list[str] = []
        going: dict[str, Any] = {"limit": limit}
        while True:
            page = lists.listed(ALICE, ALICE, RecipesQuery(**going))
            found += ids(page)
            going["cursor"] = page.get("cursor")
            if not page["hasMore"]:
                break
    assert found == [str(at) for at in range(count)]


def test_an_empty_list_is_made_good_from_the_index(front: Front) -> None:
    for at in range(3):
        world.put(kept.new_recipe(str(at), ALICE, "manual", {"title": "x"}, NOW + at))
    assert ids(front.get("/recipes", who=ALICE).body) == ["2", "1", "0"]
    profile = world.item(f"USER#{ALICE}", "PROFILE")
    assert profile is not None
    assert profile["recipeIds"] == ["0", "1", "2"]


def test_a_new_recipe_does_not_hide_the_unlisted_ones(front: Front) -> None:
    world.put(kept.new_recipe("old", ALICE, "manual", {"title": "x"}, NOW))
    add("new", 1)
    assert ids(front.get("/recipes", who=ALICE).body) == ["new", "old"]


def test_who_has_no_recipes_gets_an_empty_list(front: Front) -> None:
    body = front.get("/recipes", who="somebody-new").body
    assert (body["recipes"], body["total"], body["hasMore"]) == ([], 0, False)


def test_of_others_only_the_shared_ones_that_one_may_see_are_listed(front: Front) -> None:
    for post_id, level, status in (
        ("public", "public", "active"),
        ("friends", "friends", "active"),
        ("hidden", "public", "hidden"),
    ):
        post = {"authorId": ALICE, "privacyLevel": level, "status": status}
        world.put({**posts.post(post_id), **post})
        add(f"r-{post_id}", isShared=True, sharedPostId=post_id)
    add("r-closed", 5)
    add("r-gone", isShared=True, sharedPostId="nowhere")
    path = f"/users/{ALICE}/recipes"
    assert ids(front.get(path, who=BOB).body) == ["r-public"]
    world.befriend(ALICE, BOB)
    assert sorted(ids(front.get(path, who=BOB).body)) == ["r-friends", "r-public"]
    assert len(ids(front.get(path, who=ALICE).body)) == 5
    world.befriend(ALICE, BOB, "blocked")
    assert ids(front.get(path, who=BOB).body) == []
    assert ids(front.get("/users/nobody/recipes", who=BOB).body) == []


def test_more_than_a_hundred_recipes_are_listed(front: Front) -> None:
    recipes = [kept.new_recipe(f"{at:03d}", ALICE, "manual", {"title": "x"}, NOW + at) for at in range(120)]
    changes.put_many(recipes)
    changes.update(people.profile(ALICE), {"recipeIds": [recipe["recipeId"] for recipe in recipes]})
    body = front.get("/recipes", who=ALICE).body
    assert ids(body) == [f"{at:03d}" for at in reversed(range(120))]

from __future__ import annotations

from typing import Any

import pytest
import world
from front import Front
from kitchen import changes, clock
from kitchen.keys import posts
from kitchen.pantry import cache, dictionary
from kitchen.pantry.models import Wishes
from kitchen.text import normalise
from world import ALICE, BOB, CAROL, NOW


def keep_dish(name: str, *english: str, at: int | None = None, minutes: int = 20, difficulty: str = "easy") -> None:
    ingredients = [{"name": one, "vietnameseName": one, "amount": "1", "unit": "g"} for one in english]
    dish = {"name": name, "ingredients": ingredients, "steps": [], "cookingTime": minutes, "difficulty": difficulty}
    cache.keep("asked", Wishes(), [{**dish, "servings": 2}], clock.now() if at is None else at)


def post(post_id: str, title: str, *names: str, author: str = BOB, privacy: str = "public", **more: Any) -> None:
    created = more.pop("createdAt", clock.iso(clock.now()))
    data = {"title": title, "ingredients": [{"vietnamese": name} for name in names], "cookingTime": 40,
            "difficulty": "hard", "images": {"completed": f"{post_id}.jpg"}}  # fmt: skip
    item = {"postType": "recipe_share", "authorId": author, "privacyLevel": privacy, "status": "active", "likes": 0,
            "shares": 0, "recipeId": f"r-{post_id}", "recipeData": data, "searchableText": title.lower(),
            "createdAt": created, **more}  # fmt: skip
    indexes = posts.post_indexes(post_id, author, privacy, 0, created)
    entries = [posts.post_ingredient(post_id, normalise(name)) for name in names]
    changes.put_many([{**posts.post(post_id), **indexes, **item}, *entries])


def search(front: Front, who: str = ALICE, **asked: Any) -> dict[str, Any]:
    answer = front.post("/search", asked, who=who)
    assert answer.status == 200, answer.body
    body: dict[str, Any] = answer.body
    return body


def titles(body: dict[str, Any]) -> list[str]:
    return [one["title"] for one in body["recipes"]]


def test_both_sources_are_searched_by_text(front: Front) -> None:
    keep_dish("Phở bò", "beef")
    keep_dish("Gà kho", "chicken")
    post("p1", "Phở gà", "gà")
    post("p2", "Bún chả", "thịt heo")
    body = search(front, text="PHỞ")
    assert sorted(titles(body)) == ["Phở bò", "Phở gà"]
    assert (body["total"], body["limit"], body["offset"], body["hasMore"]) == (2, 20, 0, False)
    assert body["duration"] >= 0
    assert titles(search(front, text="phở", source=["ai"])) == ["Phở bò"]
    assert titles(search(front, text="phở", source=["social"])) == ["Phở gà"]


def test_ingredients_are_found_by_their_vietnamese_names(front: Front) -> None:
    values = {"calories": 1.0}
    dictionary.add(dictionary.new("thịt bò", "beef", "beef", "meat", values), "ADMIN", NOW)
    keep_dish("Bò lúc lắc", "beef", "onion")
    post("p1", "Bò kho", "thịt bò")
    post("p2", "Gà kho", "thịt gà")
    assert sorted(titles(search(front, ingredients=["Thịt Bò"]))) == ["Bò kho", "Bò lúc lắc"]
    assert titles(search(front, ingredients=["onion"])) == ["Bò lúc lắc"]
    assert titles(search(front, ingredients=["cái ghế"])) == []


def test_more_of_the_ingredients_rank_higher(front: Front) -> None:
    keep_dish("one", "beef")
    keep_dish("both", "beef", "onion")
    body = search(front, ingredients=["beef", "onion"])
    assert titles(body) == ["both", "one"]
    # 40 for all of the ingredients or 20 for half, and 10 as they are new
    assert [one["score"] for one in body["recipes"]] == [50, 30]


def test_likes_and_age_count(front: Front) -> None:
    old = clock.iso(clock.now() - 15 * clock.DAY)
    post("p1", "món cũ", createdAt=old)
    post("p2", "món thích", createdAt=old, likes=30, shares=10)
    post("p3", "món mới")
    body = search(front, text="món")
    assert [(one["title"], one["score"]) for one in body["recipes"]] == [
        ("món thích", 45), ("món mới", 40), ("món cũ", 35),
    ]  # fmt: skip


def test_what_one_may_not_see_is_not_found(front: Front) -> None:
    post("p1", "bí mật", "gà", privacy="private")
    post("p2", "bạn bè", "gà", privacy="friends")
    post("p3", "ẩn", "gà", status="hidden")
    post("p4", "chung", "gà")
    assert titles(search(front, ingredients=["gà"])) == ["chung"]
    assert sorted(titles(search(front, who=BOB, ingredients=["gà"]))) == ["bí mật", "bạn bè", "chung"]
    world.befriend(ALICE, BOB)
    assert sorted(titles(search(front, ingredients=["gà"]))) == ["bạn bè", "chung"]
    world.befriend(BOB, CAROL, "blocked", both=False)
    assert titles(search(front, who=CAROL, ingredients=["gà"])) == []


def test_other_posts_and_old_dishes_are_no_recipes(front: Front) -> None:
    post("p1", "chuyện phở", postType="quick")
    keep_dish("phở cũ", "beef", at=clock.now() - 2 * clock.DAY)
    assert titles(search(front, text="phở")) == []
    assert titles(search(front, ingredients=["beef"])) == []


def test_a_search_is_narrowed_and_paged(front: Front) -> None:
    for minutes in (10, 20, 30):
        keep_dish(f"món {minutes}", "beef", f"extra-{minutes}", minutes=minutes)
    post("p1", "món khó", "beef")
    assert titles(search(front, text="món", difficulty="hard")) == ["món khó"]
    assert sorted(titles(search(front, text="món", cookingTime={"min": 15, "max": 35}))) == ["món 20", "món 30"]
    assert titles(search(front, text="món", cookingTime={"max": 10})) == ["món 10"]
    first = search(front, text="món", limit=3)
    assert (len(first["recipes"]), first["total"], first["hasMore"]) == (3, 4, True)
    last = search(front, text="món", limit=3, offset=3)
    assert (len(last["recipes"]), last["hasMore"]) == (1, False)
    assert sorted(titles(first) + titles(last)) == ["món 10", "món 20", "món 30", "món khó"]


def test_without_anything_to_look_for_the_newest_are_shown(front: Front) -> None:
    keep_dish("dish", "beef")
    post("p1", "post")
    assert sorted(titles(search(front))) == ["dish", "post"]


def test_a_find_says_where_it_comes_from(front: Front) -> None:
    post("p1", "Phở", "gà", likes=3)
    [one] = search(front, text="phở")["recipes"]
    told = {name: one[name] for name in ("id", "source", "postId", "recipeId", "authorId", "image", "likes")}
    assert told == {
        "id": "p1", "source": "social", "postId": "p1", "recipeId": "r-p1", "authorId": BOB, "image": "p1.jpg",
        "likes": 3,
    }  # fmt: skip


@pytest.mark.parametrize(
    "asked",
    [{"limit": 0}, {"limit": 101}, {"offset": -1}, {"source": ["web"]}, {"difficulty": "x"},
     {"cookingTime": {"min": -1}}, {"text": "x" * 501}, {"ingredients": [1]}, {"more": 1}],
)  # fmt: skip
def test_a_search_that_makes_no_sense_is_refused(front: Front, asked: dict[str, Any]) -> None:
    answer = front.post("/search", asked, who=ALICE)
    assert answer.status == 400
    assert answer.body["error"]["code"] == "INVALID_REQUEST"

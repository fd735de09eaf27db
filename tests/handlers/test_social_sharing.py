from __future__ import annotations

from typing import Any

import pytest
import society
import world
from front import Front
from society import CDN, DAVE, cook, hide, news, write
from world import ALICE, BOB, CAROL


@pytest.fixture(autouse=True)
def people(front: Front) -> None:
    society.gather()


def share_recipe(front: Front, who: str = ALICE, recipe_id: str = "recipe-1", **said: Any) -> dict[str, Any]:
    answer = front.post("/posts/share-recipe", {"recipeId": recipe_id, **said}, who=who)
    assert answer.status == 201, answer.body
    post: dict[str, Any] = answer.body["post"]
    return post


def read(key: str) -> str:
    body = world.client("s3").get_object(Bucket=world.BUCKET, Key=key)["Body"]
    return str(body.read().decode())


def test_a_shared_recipe_is_a_post_with_pictures_of_its_own(front: Front) -> None:
    cook(ALICE)
    post_id = share_recipe(front, caption="Try it")["postId"]
    post = front.get(f"/posts/{post_id}", who=CAROL).body["post"]
    assert post["postType"] == "recipe_share"
    assert post["title"] == "Beef pho"
    assert post["caption"] == "Try it"
    assert post["recipe_id"] == "recipe-1"
    assert post["images"] == []
    folder = f"posts/{post_id}"
    assert post["recipeData"] == {
        "title": "Beef pho",
        "description": "Slow",
        "ingredients": [{"vietnamese": "Thịt bò", "normalized": "thit-bo", "english": "beef"}, "Bánh phở"],
        "steps": ["Boil", {"stepNumber": 2, "instruction": "Serve"}],
        "cookingTime": 30,
        "servings": 4,
        "difficulty": "medium",
        "images": {
            "completed": f"{CDN}/{folder}/recipe-completed.jpg",
            "steps": [[f"{CDN}/{folder}/recipe-step-1-1.jpg", f"{CDN}/{folder}/recipe-step-1-2.jpg"], []],
        },
    }
    assert "recipeAttribution" not in post
    assert read(f"{folder}/recipe-completed.jpg") == "completed.jpg"
    assert read(f"{folder}/recipe-step-1-2.jpg") == "step-1-2.jpg"


def test_a_shared_recipe_is_found_by_its_ingredients_and_knows_of_its_post(front: Front) -> None:
    from kitchen import table

    cook(ALICE)
    post_id = share_recipe(front)["postId"]
    for name in ("thit-bo", "beef", "banh-pho"):
        assert [item["PK"] for item in table.query(f"POST_INGREDIENT#{name}", index="GSI4").items] == [
            f"POST#{post_id}"
        ]
    recipe = world.item("RECIPE#recipe-1", "METADATA")
    assert recipe is not None
    assert recipe["isShared"] is True
    assert recipe["sharedPostId"] == post_id
    assert recipe["sharedAt"] > world.NOW


def test_a_deleted_post_leaves_its_recipe_unshared(front: Front) -> None:
    cook(ALICE)
    first = share_recipe(front)["postId"]
    second = share_recipe(front)["postId"]
    front.delete(f"/posts/{first}", who=ALICE)
    recipe = world.item("RECIPE#recipe-1", "METADATA")
    assert recipe is not None
    assert recipe["sharedPostId"] == second
    front.delete(f"/posts/{second}", who=ALICE)
    recipe = world.item("RECIPE#recipe-1", "METADATA")
    assert recipe is not None
    assert recipe["isShared"] is False
    assert "sharedPostId" not in recipe
    assert [key for key in world.items() if key["PK"] in (f"POST#{first}", f"POST#{second}")] == []
    assert all(key.startswith("recipes/") for key in world.objects())


def test_only_the_named_pictures_are_taken(front: Front) -> None:
    cook(ALICE)
    second = f"{CDN}/recipes/{ALICE}/recipe-1/step-1-2.jpg"
    post = share_recipe(front, images=[second], title="Mine", privacy="friends")
    folder = f"{CDN}/posts/{post['postId']}"
    assert post["recipeData"]["images"] == {"steps": [[f"{folder}/recipe-step-1-1.jpg"], []]}
    assert post["title"] == "Mine"
    assert post["privacyLevel"] == "friends"
    answer = front.post("/posts/share-recipe", {"recipeId": "recipe-1", "images": [f"{CDN}/x.jpg"]}, who=ALICE)
    assert (answer.status, answer.body) == (400, {"error": "images: each must be one of the recipe's pictures"})


def test_pictures_that_are_somebody_elses_are_not_taken_along(front: Front) -> None:
    world.put_object(f"recipes/{BOB}/private/completed.jpg")
    cook(ALICE, images={"completed": f"{CDN}/recipes/{BOB}/private/completed.jpg", "steps": [["https://evil/x.jpg"]]})
    assert share_recipe(front)["recipeData"]["images"] == {"steps": [[], []]}


def test_pictures_within_steps_are_taken_three_of_each(front: Front) -> None:
    folder = f"recipes/{ALICE}/recipe-1"
    pictures = [f"{CDN}/{folder}/s-{n}.jpg" for n in range(4)]
    for n in range(4):
        world.put_object(f"{folder}/s-{n}.jpg")
    cook(ALICE, images={}, steps=[{"instruction": "Boil", "images": pictures}])
    data = share_recipe(front)["recipeData"]
    assert [len(step) for step in data["images"]["steps"]] == [3]
    assert data["steps"] == [{"instruction": "Boil"}]


@pytest.mark.parametrize(("source", "named"), [("saved", True), ("imported", True), ("manual", False), ("ai", False)])
def test_a_recipe_of_somebody_else_says_so(front: Front, source: str, named: bool) -> None:
    attribution = {"originalAuthorId": BOB, "originalAuthorUsername": "bob"}
    cook(ALICE, source=source, attribution=attribution)
    assert share_recipe(front).get("recipeAttribution") == (attribution if named else None)


def test_only_an_own_recipe_is_shared(front: Front) -> None:
    cook(BOB)
    before = world.items()
    answer = front.post("/posts/share-recipe", {"recipeId": "recipe-1"}, who=ALICE)
    assert (answer.status, answer.body) == (403, {"error": "this is not your recipe"})
    unknown = front.post("/posts/share-recipe", {"recipeId": "none"}, who=ALICE)
    assert (unknown.status, unknown.body) == (404, {"error": "there is no such recipe"})
    assert front.post("/posts/share-recipe", {}, who=ALICE).status == 400
    assert [key for key in world.items() if not key["PK"].startswith("ACTIVITY")] == before


def test_a_share_shows_the_post_as_it_is_now(front: Front) -> None:
    original = write(front, ALICE, "Old title")["postId"]
    answer = front.post(f"/posts/{original}/share", {"share_caption": "Look <b>here</b>"}, who=CAROL)
    assert answer.status == 201
    front.put(f"/posts/{original}", {"title": "New title"}, who=ALICE)
    post = front.get(f"/posts/{answer.body['post']['postId']}", who=DAVE).body["post"]
    assert post["postType"] == "shared"
    assert post["caption"] == "Look here"
    assert post["images"] == []
    shared = post["sharedPost"]
    assert shared.keys() == {
        "originalPostId",
        "originalAuthorId",
        "originalAuthorUsername",
        "originalAuthorAvatar",
        "sharedAt",
        "isDeleted",
        "originalPost",
    }
    assert shared["originalPostId"] == original
    assert shared["originalAuthorId"] == ALICE
    assert shared["originalAuthorUsername"] == "alice"
    assert shared["isDeleted"] is False
    assert shared["originalPost"]["title"] == "New title"
    assert shared["originalPost"]["shares"] == 1
    assert news(front, ALICE) == [("post_shared", CAROL)]


def test_a_share_shows_the_snapshot_of_a_post_that_is_gone(front: Front) -> None:
    original = write(front, ALICE, "Gone soon")["postId"]
    share = front.post(f"/posts/{original}/share", {"caption": "x"}, who=CAROL).body["post"]["postId"]
    front.delete(f"/posts/{original}", who=ALICE)
    shared = front.get(f"/posts/{share}", who=DAVE).body["post"]["sharedPost"]
    assert shared["isDeleted"] is True
    assert shared["originalPost"] == {"title": "Gone soon", "content": "Gone soon", "images": [], "postType": "quick"}


@pytest.mark.parametrize("change", ["private", "hidden"])
def test_a_share_does_not_show_what_is_not_for_everybody_any_more(front: Front, change: str) -> None:
    original = write(front, ALICE)["postId"]
    share = front.post(f"/posts/{original}/share", who=CAROL).body["post"]["postId"]
    if change == "hidden":
        hide(original)
    else:
        front.put(f"/posts/{original}", {"privacyLevel": "private"}, who=ALICE)
    shared = front.get(f"/posts/{share}", who=DAVE).body["post"]["sharedPost"]
    assert shared["isDeleted"] is True
    assert shared["originalPost"] is None


def test_a_share_of_a_share_shows_the_first_post(front: Front) -> None:
    original = write(front, ALICE)["postId"]
    first = front.post(f"/posts/{original}/share", who=CAROL).body["post"]["postId"]
    second = front.post(f"/posts/{first}/share", who=DAVE).body["post"]
    assert second["sharedPost"]["originalPostId"] == original
    assert front.get(f"/posts/{original}", who=ALICE).body["post"]["shares"] == 2
    assert front.post(f"/posts/{first}/share", who=ALICE).body == {"error": "this is your own post"}


def test_a_deleted_share_counts_no_more(front: Front) -> None:
    original = write(front, ALICE)["postId"]
    share = front.post(f"/posts/{original}/share", {"privacy": "private"}, who=CAROL).body["post"]
    assert share["privacyLevel"] == "private"
    front.delete(f"/posts/{share['postId']}", who=CAROL)
    assert front.get(f"/posts/{original}", who=ALICE).body["post"]["shares"] == 0


def test_what_may_not_be_shared_is_refused(front: Front) -> None:
    own, private = write(front, CAROL), write(front, ALICE, privacy="private")
    friends, hidden = write(front, BOB, privacy="friends"), write(front, ALICE)
    hide(hidden["postId"])
    blocked = write(front, DAVE)
    world.befriend(DAVE, CAROL, status="blocked", both=False)
    wanted = [(own, 400), (private, 403), (friends, 403), (hidden, 404), (blocked, 404), ({"postId": "none"}, 404)]
    for post, status in wanted:
        assert front.post(f"/posts/{post['postId']}/share", {}, who=CAROL).status == status
    assert front.post(f"/posts/{own['postId']}/share", {"privacy": "x"}, who=ALICE).status == 400
    assert titles_of(front, CAROL) == ["Pho"]


def titles_of(front: Front, who: str) -> list[str]:
    return society.titles(front.get(f"/users/{who}/posts", who=who))


def test_a_saved_recipe_is_a_copy_that_names_its_author(front: Front) -> None:
    cook(ALICE)
    post_id = share_recipe(front)["postId"]
    answer = front.post(f"/posts/{post_id}/save-recipe", {"customTitle": "My <b>pho</b>"}, who=CAROL)
    assert answer.status == 201
    recipe = answer.body["recipe"]
    assert recipe["title"] == "My pho"
    assert recipe["source"] == "saved"
    assert recipe["authorId"] == CAROL
    assert recipe["isShared"] is False
    assert recipe["attribution"].keys() == {
        "originalAuthorId",
        "originalAuthorUsername",
        "originalPostId",
        "savedAt",
    }
    assert recipe["attribution"]["originalAuthorId"] == ALICE
    assert recipe["attribution"]["originalAuthorUsername"] == "alice"
    assert recipe["attribution"]["originalPostId"] == post_id
    folder = f"recipes/{CAROL}/{recipe['recipeId']}"
    assert recipe["images"] == {
        "completed": f"{CDN}/{folder}/completed.jpg",
        "steps": [[f"{CDN}/{folder}/step-1-1.jpg", f"{CDN}/{folder}/step-1-2.jpg"], []],
    }
    assert read(f"{folder}/step-1-2.jpg") == "step-1-2.jpg"
    profile = world.item(f"USER#{CAROL}", "PROFILE")
    assert profile is not None
    assert profile["recipeIds"] == [recipe["recipeId"]]
    kept = world.item(f"RECIPE#{recipe['recipeId']}", "METADATA")
    assert kept is not None
    assert kept["GSI1PK"] == f"USER#{CAROL}"
    post = world.item(f"POST#{post_id}", "METADATA")
    assert post is not None
    assert post["importCount"] == 1


def test_a_saved_recipe_keeps_its_title_unless_given_another(front: Front) -> None:
    cook(ALICE)
    post_id = share_recipe(front)["postId"]
    assert front.post(f"/posts/{post_id}/save-recipe", who=CAROL).body["recipe"]["title"] == "Beef pho"
    again = front.post(f"/posts/{post_id}/save-recipe", {"customTitle": " "}, who=CAROL)
    assert again.body["recipe"]["title"] == "Beef pho"


def test_a_saved_recipe_stays_when_the_post_goes(front: Front) -> None:
    cook(ALICE)
    post_id = share_recipe(front)["postId"]
    recipe_id = front.post(f"/posts/{post_id}/save-recipe", who=CAROL).body["recipe"]["recipeId"]
    front.delete(f"/posts/{post_id}", who=ALICE)
    assert read(f"recipes/{CAROL}/{recipe_id}/completed.jpg") == "completed.jpg"


def test_what_may_not_be_saved_is_refused(front: Front) -> None:
    cook(ALICE)
    quick = write(front, ALICE)["postId"]
    private = share_recipe(front, privacy="private")["postId"]
    friends = share_recipe(front, privacy="friends")["postId"]
    before = [key for key in world.items() if key["PK"].startswith("RECIPE#")]
    for post_id, status, told in (
        (quick, 400, {"error": "this post has no recipe"}),
        (private, 403, {"error": "this post is not for you"}),
        (friends, 403, {"error": "this post is not for you"}),
    ):
        answer = front.post(f"/posts/{post_id}/save-recipe", {}, who=CAROL)
        assert (answer.status, answer.body) == (status, told)
    assert front.post("/posts/none/save-recipe", {}, who=CAROL).status == 404
    assert front.post(f"/posts/{friends}/save-recipe", {"customTitle": 7}, who=BOB).status == 400
    assert [key for key in world.items() if key["PK"].startswith("RECIPE#")] == before
    assert front.post(f"/posts/{friends}/save-recipe", {}, who=BOB).status == 201


def test_twenty_recipes_are_saved_on_a_day(front: Front) -> None:
    from kitchen import clock, limits

    cook(ALICE)
    post_id = share_recipe(front)["postId"]
    now = clock.now()
    for _ in range(19):
        limits.spend(limits.SAVE_RECIPE, CAROL, now)
    assert [front.post(f"/posts/{post_id}/save-recipe", who=CAROL).status for _ in range(2)] == [201, 429]

"""Some people who know each other, and what they do, through the API."""

from __future__ import annotations

from typing import Any

import world
from front import Front
from world import ALICE, BOB, CAROL

DAVE = "dddddddd-0000-4000-8000-000000000004"

CDN = "https://cdn.everyonecook.cloud"


def gather() -> None:
    """Alice and Bob are friends; Carol and Dave know nobody."""
    for user_id, name in ((ALICE, "alice"), (BOB, "bob"), (CAROL, "carol"), (DAVE, "dave")):
        world.sign_up(user_id, name)
    world.befriend(ALICE, BOB)


def write(front: Front, who: str, title: str = "Pho", **said: Any) -> dict[str, Any]:
    """A post that somebody writes."""
    answer = front.post("/posts", {"title": title, **said}, who=who)
    assert answer.status == 201, answer.body
    post: dict[str, Any] = answer.body["post"]
    return post


def say(front: Front, who: str, post_id: str, content: str = "Yum", **said: Any) -> dict[str, Any]:
    """A comment that somebody writes."""
    answer = front.post(f"/posts/{post_id}/comments", {"content": content, **said}, who=who)
    assert answer.status == 201, answer.body
    comment: dict[str, Any] = answer.body["comment"]
    return comment


def news(front: Front, who: str) -> list[tuple[str, str | None]]:
    """The kinds of what somebody was told, and by whom it was done, oldest first."""
    answer = front.get("/notifications", who=who)
    assert answer.status == 200
    return [(item["type"], item["actorId"]) for item in reversed(answer.body["notifications"])]


def titles(answer: Any) -> list[str]:
    """The titles of a page of posts."""
    assert answer.status == 200, answer.body
    return [post["title"] for post in answer.body["posts"]]


def hide(post_id: str, **changed: Any) -> None:
    """A post as moderators leave it when they hide it."""
    from kitchen import changes
    from kitchen.keys import posts

    changes.update(posts.post(post_id), {"status": "hidden", **changed})


def cook(user_id: str, recipe_id: str = "recipe-1", **said: Any) -> None:
    """A recipe of somebody's, with pictures."""
    folder = f"recipes/{user_id}/{recipe_id}"
    for name in ("completed.jpg", "step-1-1.jpg", "step-1-2.jpg"):
        world.put_object(f"{folder}/{name}", name.encode())
    from kitchen import recipes

    content = {
        "title": "Beef pho",
        "description": "Slow",
        "ingredients": [{"vietnamese": "Thịt bò", "normalized": "thit-bo", "english": "beef"}, "Bánh phở"],
        "steps": ["Boil", {"stepNumber": 2, "instruction": "Serve"}],
        "images": {
            "completed": f"{CDN}/{folder}/completed.jpg?v=1",
            "steps": [[f"{CDN}/{folder}/step-1-1.jpg", f"{CDN}/{folder}/step-1-2.jpg"], []],
        },
        **said,
    }
    source = content.pop("source", "manual")
    recipes.add(recipes.new_recipe(recipe_id, user_id, source, content, world.NOW), world.NOW)

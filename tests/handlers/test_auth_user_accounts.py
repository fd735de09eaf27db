from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import world
from faults import unreachable
from front import Front
from kitchen import pool
from kitchen.keys import moderation, people, posts, recipes
from world import ALICE, BOB, CAROL

ISO = "2026-03-04T05:06:07.089Z"
PICTURE = {"contentType": "image/png", "fileSize": 10}


@pytest.fixture(autouse=True)
def user_pool(front: Front, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    client = world.client("cognito-idp")
    made = client.create_user_pool(PoolName="test")["UserPool"]["Id"]
    client.admin_create_user(UserPoolId=made, Username="bob")
    sub = [{"Name": "sub", "Value": BOB}]
    client.admin_update_user_attributes(UserPoolId=made, Username="bob", UserAttributes=sub)
    monkeypatch.setattr(pool, "USER_POOL_ID", made)
    yield client


def test_a_user_changes_the_own_profile_by_id(front: Front) -> None:
    world.sign_up(BOB, "bob")
    answer = front.put(f"/users/{BOB}", {"bio": "by id"}, who=BOB)
    assert answer.status == 200
    assert answer.body["data"]["profile"]["bio"] == "by id"
    assert front.get("/users/me", who=BOB).body["data"]["profile"]["bio"] == "by id"
    assert front.put(f"/users/{BOB}", {}, who=BOB).status == 400


def test_a_user_changes_the_own_privacy_by_id(front: Front) -> None:
    world.sign_up(BOB, "bob")
    assert front.put(f"/users/{BOB}/privacy", {"bio": "private"}, who=BOB).status == 200
    assert front.get("/users/profile/privacy", who=BOB).body["data"]["privacy"]["bio"] == "private"
    assert front.put(f"/users/{BOB}/privacy", {"bio": "nobody"}, who=BOB).status == 400


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("PUT", "", {"bio": "x"}),
        ("DELETE", "", None),
        ("PUT", "/privacy", {"bio": "private"}),
        ("POST", "/avatar", PICTURE),
        ("POST", "/background", PICTURE),
    ],
)
def test_nobody_touches_another_account(front: Front, method: str, path: str, body: Any) -> None:
    world.sign_up(BOB, "bob")
    before = world.items()
    answer = front.call(method, f"/users/{BOB}{path}", who=ALICE, body=body)
    assert (answer.status, answer.body) == (403, {"error": "this is not your account"})
    assert [key for key in world.items() if not key["PK"].startswith("ACTIVITY_LOG#")] == before


def write_post(post_id: str, author: str, likes: int = 0, comments: int = 0) -> None:
    keys = {**posts.post(post_id), **posts.post_indexes(post_id, author, "public", likes, ISO)}
    counters = {"likes": likes, "comments": comments}
    world.put({**keys, "authorId": author, "privacyLevel": "public", "createdAt": ISO, **counters})


def write_comment(post_id: str, comment_id: str, author: str, likes: int = 0) -> None:
    keys = {**posts.comment(post_id, ISO, comment_id), **posts.comment_indexes(author, ISO, post_id, comment_id)}
    world.put({**keys, "authorId": author, "likes": likes})


def write_reaction(kind: str, target: str, user_id: str) -> None:
    keys = {**posts.reaction(kind, target, user_id), **posts.reaction_index(user_id, ISO)}
    world.put({**keys, "targetType": kind, "targetId": target, "reactionType": "like"})


def write_everything_of_bob() -> None:
    world.sign_up(BOB, "bob")
    world.sign_up(CAROL, "carol")
    world.befriend(BOB, CAROL)
    world.put({**people.notification(BOB, ISO, "n"), "type": "mention"})
    world.put({**people.group_link(BOB, "g"), "groupName": "x"})
    world.put({**posts.group("g"), "name": "x"})
    world.put({**posts.group_recipe("g", "r"), "recipeTitle": "x"})
    world.put({**moderation.feedback(BOB, "f"), "title": "x"})
    world.put({**moderation.feedback_reply("f", 1, "r"), "content": "x"})
    world.put({**moderation.ban_schedule(BOB), "banExpiresAt": 1})
    world.put({**recipes.recipe("r"), **recipes.recipe_index(BOB, 1), "title": "x"})
    write_post("own", BOB, likes=1, comments=1)
    world.put({**posts.post_ingredient("own", "thit-bo")})
    write_comment("own", "c-carol", CAROL)
    write_reaction("comment", "c-carol", CAROL)
    write_reaction("post", "own", CAROL)
    world.put({**posts.report("post", "own", CAROL), "reason": "spam"})
    write_post("others", CAROL, likes=3, comments=2)
    write_comment("others", "c-bob", BOB)
    write_comment("others", "c-2", CAROL, likes=1)
    write_reaction("post", "others", BOB)
    write_reaction("comment", "c-2", BOB)
    for key in (f"avatars/{BOB}/avatar.png", f"posts/temp/{BOB}/a.png", "posts/own/recipe-1.jpg", f"recipes/{BOB}/r/a"):
        world.put_object(key)
    world.put_object(f"avatars/{CAROL}/avatar.png")


def test_who_deletes_the_own_account_leaves_nothing_behind(front: Front, user_pool: Any) -> None:
    write_everything_of_bob()
    answer = front.delete(f"/users/{BOB}", who=BOB)
    assert answer.status == 200
    assert answer.body["data"]["userId"] == BOB
    assert answer.body["data"]["stats"] == {
        "posts": 1,
        "comments": 1,
        "reactions": 2,
        "recipes": 1,
        "friendships": 2,
        "notifications": 1,
        "items": 6,
        "files": 4,
        "cognitoUsers": 1,
    }
    left = [key for key in world.items() if not key["PK"].startswith("ACTIVITY_LOG#")]
    assert [key for key in left if BOB in str(key)] == []
    assert {key["PK"] for key in left} == {
        f"USER#{CAROL}",
        "POST#others",
        "USER_SEARCH#ca",
        "USER_SEARCH#ar",
        "USER_SEARCH#ro",
        "USER_SEARCH#ol",
    }
    assert world.objects() == [f"avatars/{CAROL}/avatar.png"]
    assert user_pool.list_users(UserPoolId=pool.USER_POOL_ID)["Users"] == []
    assert front.get(f"/users/{BOB}/profile").status == 404


def test_what_others_keep_counts_one_less(front: Front) -> None:
    write_everything_of_bob()
    front.delete(f"/users/{BOB}", who=BOB)
    post = world.item("POST#others", "METADATA") or {}
    assert (post["likes"], post["comments"], post["GSI3SK"]) == (2, 1, f"00002#{ISO}")
    comment = world.item("POST#others", f"COMMENT#{ISO}#c-2") or {}
    assert comment["likes"] == 0


def test_a_deletion_that_broke_off_is_finished_by_asking_again(front: Front) -> None:
    write_everything_of_bob()
    with unreachable(pool.client, "AdminDeleteUser"):
        answer = front.delete(f"/users/{BOB}", who=BOB)
    assert (answer.status, answer.body) == (500, {"error": "something went wrong on our side"})
    assert world.item(f"USER#{BOB}", "PROFILE") is not None
    assert front.delete(f"/users/{BOB}", who=BOB).status == 200
    assert [key for key in world.items() if BOB in str(key) and not key["PK"].startswith("ACTIVITY_LOG#")] == []


def test_an_account_that_is_gone_may_be_deleted_again(front: Front, user_pool: Any) -> None:
    write_everything_of_bob()
    front.delete(f"/users/{BOB}", who=BOB)
    again = front.delete(f"/users/{BOB}", who=BOB)
    assert again.status == 200
    assert again.body["data"]["stats"]["cognitoUsers"] == 0


def test_a_pool_user_who_only_bears_the_name_stays(front: Front, user_pool: Any) -> None:
    sub = [{"Name": "sub", "Value": ALICE}]
    user_pool.admin_update_user_attributes(UserPoolId=pool.USER_POOL_ID, Username="bob", UserAttributes=sub)
    world.sign_up(BOB, "bob")
    assert front.delete(f"/users/{BOB}", who=BOB).body["data"]["stats"]["cognitoUsers"] == 0
    assert len(user_pool.list_users(UserPoolId=pool.USER_POOL_ID)["Users"]) == 1

from __future__ import annotations

from typing import Any

import pytest
import society
import world
from faults import refused
from front import Front
from society import CDN, DAVE, hide, write
from world import ALICE, BOB, CAROL

VIEW = {
    "post_id",
    "postId",
    "user_id",
    "authorId",
    "username",
    "user_avatar",
    "content",
    "title",
    "caption",
    "images",
    "recipe_id",
    "privacy",
    "privacyLevel",
    "is_public",
    "likes_count",
    "likes",
    "comments_count",
    "comments",
    "shares_count",
    "shares",
    "user_reaction",
    "created_at",
    "createdAt",
    "updated_at",
    "updatedAt",
    "postType",
}


@pytest.fixture(autouse=True)
def people(front: Front) -> None:
    society.gather()


def test_a_post_is_read_as_it_was_written(front: Front) -> None:
    answer = front.post(
        "/posts",
        {
            "title": " Pho <b>today</b> ",
            "caption": "<script>x()</script>hot",
            "privacy": "friends",
            "tags": ["soup", "soup", "<i></i>"],
        },
        who=ALICE,
    )
    assert answer.status == 201
    assert answer.body.keys() == {"message", "post"}
    post_id = answer.body["post"]["postId"]
    read = front.get(f"/posts/{post_id}", who=BOB)
    assert read.status == 200
    post = read.body["post"]
    assert post.keys() == VIEW | {"tags"}
    assert post["title"] == post["content"] == "Pho today"
    assert post["caption"] == "hot"
    assert post["privacy"] == post["privacyLevel"] == "friends"
    assert post["is_public"] is False
    assert post["tags"] == ["soup"]
    assert post["post_id"] == post["postId"] == post_id
    assert post["user_id"] == post["authorId"] == ALICE
    assert (post["username"], post["user_avatar"]) == ("alice", f"{CDN}/defaults/avatar.png")
    assert (post["likes"], post["comments"], post["shares"], post["user_reaction"]) == (0, 0, 0, None)
    assert post["postType"] == "quick"
    assert post["images"] == []


def test_a_post_lies_in_its_indexes_and_counts_in_its_authors_profile(front: Front) -> None:
    post = write(front, ALICE, "Pho Bo", caption="HOT", tags=["Soup"])
    item = world.item(f"POST#{post['postId']}", "METADATA")
    assert item is not None
    assert item["GSI1PK"] == f"USER#{ALICE}"
    assert item["GSI2PK"] == "POST#PUBLIC"
    assert item["GSI2SK"] == item["createdAt"] == post["createdAt"]
    assert item["GSI3SK"] == f"00000#{post['createdAt']}"
    assert item["searchableText"] == "pho bo hot soup"
    assert item["status"] == "active"
    profile = world.item(f"USER#{ALICE}", "PROFILE")
    assert profile is not None
    assert profile["totalPosts"] == 1


def test_a_post_of_somebody_without_a_profile_makes_one(front: Front) -> None:
    nobody = "eeeeeeee-0000-4000-8000-000000000005"
    assert write(front, nobody)["username"] == "temp_eeeeeeee"


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"title": "<b></b>"},
        {"caption": "no title"},
        {"title": "x", "privacy": "secret"},
        {"title": "x" * 5_001},
        {"title": "x", "images": ["https://evil.example/x.jpg"]},
        {"title": "x", "images": ["javascript:alert(1)"]},
        {"title": "x", "images": [f"{CDN}/posts/../avatars/x.jpg"]},
        {"title": "x", "images": [f"{CDN}.evil.example/posts/a/x.jpg"]},
        {"title": "x", "images": [f"{CDN}/posts/a/{n}.jpg" for n in range(6)]},
        {"title": "x", "tempImageKeys": ["posts/other/x.jpg"]},
        {"title": "x", "tempImageKeys": [f"posts/temp/{ALICE}/../x.jpg"]},
        {"title": "x", "tempImageKeys": [f"posts/temp/{ALICE}/a/x.jpg"]},
        {"title": "x", "tempImageKeys": [f"posts/temp/{ALICE}/never-uploaded-1.jpg"]},
        {"title": "x", "authorId": BOB},
    ],
)
def test_a_malformed_post_is_refused_and_nothing_is_written(front: Front, body: dict[str, Any]) -> None:
    before = world.items()
    answer = front.post("/posts", body, who=ALICE)
    assert answer.status == 400
    assert answer.body.keys() == {"error"}
    assert [key for key in world.items() if not key["PK"].startswith("ACTIVITY")] == before
    assert world.objects() == []


def test_an_uploaded_picture_moves_to_its_post(front: Front) -> None:
    link = front.post(
        "/posts/upload-image", {"fileName": "Phở ngon.JPG", "contentType": "image/png", "fileSize": 7}, who=ALICE
    )
    assert link.status == 200
    assert link.body.keys() == {"uploadUrl", "tempKey", "imageUrl", "expiresIn"}
    assert link.body["expiresIn"] == 300
    key = link.body["tempKey"]
    assert key.startswith(f"posts/temp/{ALICE}/pho-ngon-")
    assert key.endswith(".png")
    assert link.body["imageUrl"] == f"{CDN}/" + key.replace("/temp/", "/")
    assert "X-Amz-Expires=300" in link.body["uploadUrl"]
    world.put_object(key, b"7 bytes", "image/png")
    own = f"{CDN}/posts/{ALICE}/older.jpg"
    post = write(front, ALICE, tempImageKeys=[key], images=[own, link.body["imageUrl"]])
    assert post["images"] == [link.body["imageUrl"], own]
    assert world.objects() == [key.replace("/temp/", "/")]


def test_five_pictures_are_allowed_however_they_are_named(front: Front) -> None:
    keys = [f"posts/temp/{ALICE}/p-{n}.jpg" for n in range(5)]
    for key in keys:
        world.put_object(key)
    assert len(write(front, ALICE, tempImageKeys=keys)["images"]) == 5
    world.put_object(keys[0])
    both = {"title": "x", "tempImageKeys": keys[:1], "images": [f"{CDN}/posts/{ALICE}/o-{n}.jpg" for n in range(5)]}
    assert front.post("/posts", both, who=ALICE).body == {"error": "a post has at most 5 images"}


def test_a_picture_of_somebody_else_is_not_taken(front: Front) -> None:
    world.put_object(f"posts/temp/{BOB}/mine-1.jpg")
    answer = front.post("/posts", {"title": "x", "tempImageKeys": [f"posts/temp/{BOB}/mine-1.jpg"]}, who=ALICE)
    assert (answer.status, answer.body) == (403, {"error": "this picture was uploaded by somebody else"})
    assert world.objects() == [f"posts/temp/{BOB}/mine-1.jpg"]


def test_pictures_stay_temporary_when_the_post_cannot_be_written(front: Front) -> None:
    from kitchen import table

    key = f"posts/temp/{ALICE}/p-1.jpg"
    world.put_object(key)
    with refused(table.client, "TransactWriteItems", "InternalServerError", status=500):
        answer = front.post("/posts", {"title": "x", "tempImageKeys": [key]}, who=ALICE)
    assert (answer.status, answer.body) == (500, {"error": "something went wrong on our side"})
    assert world.objects() == [key]


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"fileName": "a.jpg", "contentType": "image/jpeg"},
        {"fileName": "a.gif", "contentType": "image/gif", "fileSize": 1},
        {"fileName": "a.jpg", "contentType": "image/jpeg", "fileSize": 5_242_881},
        {"fileName": "a.jpg", "contentType": "image/jpeg", "fileSize": 0},
    ],
)
def test_a_malformed_upload_is_refused(front: Front, body: dict[str, Any]) -> None:
    assert front.post("/posts/upload-image", body, who=ALICE).status == 400


def test_ten_uploads_a_day_in_either_spelling(front: Front, capsys: pytest.CaptureFixture[str]) -> None:
    body = {"file_name": "a.jpg", "file_type": "image/webp", "file_size": 1}
    assert [front.post("/posts/upload-image", body, who=ALICE).status for _ in range(11)] == [200] * 10 + [429]
    assert '"UploadRateLimitViolations"' in capsys.readouterr().out


@pytest.mark.parametrize(
    ("level", "seen_by"), [("public", [ALICE, BOB, CAROL]), ("friends", [ALICE, BOB]), ("private", [ALICE])]
)
def test_a_post_is_seen_by_those_it_is_for(front: Front, level: str, seen_by: list[str]) -> None:
    post = write(front, ALICE, privacyLevel=level)
    answers = {who: front.get(f"/posts/{post['postId']}", who=who) for who in (ALICE, BOB, CAROL)}
    assert [who for who, answer in answers.items() if answer.status == 200] == seen_by
    for who, answer in answers.items():
        if who not in seen_by:
            assert answer.status == 404
            assert answer.body == {
                "error": "there is no such post, or it is not for you",
                "code": "POST_NOT_ACCESSIBLE",
            }


def test_a_friend_who_only_asked_sees_nothing_meant_for_friends(front: Front) -> None:
    world.befriend(CAROL, ALICE, status="pending", both=False)
    post = write(front, ALICE, privacyLevel="friends")
    assert front.get(f"/posts/{post['postId']}", who=CAROL).status == 404


def test_who_is_blocked_sees_nothing(front: Front) -> None:
    world.befriend(ALICE, CAROL, status="blocked", both=False)
    mine, hers = write(front, ALICE), write(front, CAROL)
    assert front.get(f"/posts/{mine['postId']}", who=CAROL).status == 404
    assert front.get(f"/posts/{hers['postId']}", who=ALICE).status == 404


def test_a_hidden_post_is_seen_by_its_author_alone(front: Front) -> None:
    post = write(front, ALICE)
    hide(post["postId"])
    assert front.get(f"/posts/{post['postId']}", who=BOB).status == 404
    answer = front.get(f"/posts/{post['postId']}", who=ALICE)
    assert answer.status == 200
    assert answer.body["post"]["status"] == "hidden"


def test_a_post_that_moderators_deleted_is_seen_by_nobody(front: Front) -> None:
    post = write(front, ALICE)
    hide(post["postId"], status="deleted")
    assert front.get(f"/posts/{post['postId']}", who=ALICE).status == 404
    assert front.put(f"/posts/{post['postId']}", {"title": "x"}, who=ALICE).status == 404
    assert front.delete(f"/posts/{post['postId']}", who=ALICE).status == 404


def test_an_unknown_post_is_not_found(front: Front) -> None:
    for method in ("GET", "DELETE"):
        assert front.call(method, "/posts/none", who=ALICE).status == 404
    assert front.put("/posts/none", {"title": "x"}, who=ALICE).status == 404


def test_a_hidden_avatar_is_not_shown(front: Front) -> None:
    from kitchen import changes
    from kitchen.keys import people

    changes.update(people.profile(ALICE), {"avatarUrl": f"{CDN}/avatars/{ALICE}/avatar.jpg"})
    changes.update(people.privacy(ALICE), {"avatarUrl": "friends"})
    post = write(front, ALICE)
    seen = {who: front.get(f"/posts/{post['postId']}", who=who).body["post"]["user_avatar"] for who in (BOB, CAROL)}
    assert seen == {BOB: f"{CDN}/avatars/{ALICE}/avatar.jpg", CAROL: f"{CDN}/defaults/avatar.png"}


def test_a_title_is_changed(front: Front) -> None:
    post = write(front, ALICE, caption="Hot", tags=["soup"])
    answer = front.put(f"/posts/{post['postId']}", {"title": "<b>Bun cha</b>"}, who=ALICE)
    assert answer.status == 200
    assert answer.body.keys() == {"message", "post"}
    read = front.get(f"/posts/{post['postId']}", who=CAROL).body["post"]
    assert read["title"] == "Bun cha"
    assert read["privacy"] == "public"
    assert read["updatedAt"] >= read["createdAt"]
    item = world.item(f"POST#{post['postId']}", "METADATA")
    assert item is not None
    assert item["searchableText"] == "bun cha hot soup"


def test_a_change_of_privacy_moves_a_post_between_the_lists(front: Front) -> None:
    post_id = write(front, ALICE)["postId"]
    front.post(f"/posts/{post_id}/like", who=BOB)
    assert front.put(f"/posts/{post_id}", {"privacyLevel": "private"}, who=ALICE).status == 200
    item = world.item(f"POST#{post_id}", "METADATA")
    assert item is not None
    assert item["GSI2PK"] == f"POST#{ALICE}"
    assert "GSI3PK" not in item
    assert front.get("/posts", who=BOB).body["posts"] == []
    assert front.get("/feed/trending", who=BOB).body["posts"] == []
    assert front.put(f"/posts/{post_id}", {"privacyLevel": "public"}, who=ALICE).status == 200
    item = world.item(f"POST#{post_id}", "METADATA")
    assert item is not None
    assert (item["GSI2PK"], item["GSI3PK"]) == ("POST#PUBLIC", "POST#TRENDING")
    assert item["GSI3SK"].startswith("00001#")


@pytest.mark.parametrize("body", [{}, {"title": ""}, {"title": "<b></b>"}, {"title": " "}, {"privacyLevel": "all"}])
def test_a_change_of_nothing_is_refused(front: Front, body: dict[str, Any]) -> None:
    post = write(front, ALICE)
    assert front.put(f"/posts/{post['postId']}", body, who=ALICE).status == 400
    assert front.get(f"/posts/{post['postId']}", who=ALICE).body["post"]["title"] == "Pho"


def test_only_the_author_changes_or_deletes_a_post(front: Front) -> None:
    post = write(front, ALICE)
    for answer in (
        front.put(f"/posts/{post['postId']}", {"title": "Mine now"}, who=BOB),
        front.delete(f"/posts/{post['postId']}", who=BOB),
    ):
        assert (answer.status, answer.body) == (403, {"error": "this is not your post"})
    assert front.get(f"/posts/{post['postId']}", who=ALICE).body["post"]["title"] == "Pho"


def test_what_moderators_hid_stays_as_they_saw_it(front: Front) -> None:
    post = write(front, ALICE)
    hide(post["postId"])
    answer = front.put(f"/posts/{post['postId']}", {"title": "Harmless"}, who=ALICE)
    assert answer.status == 403
    assert answer.body == {"error": "moderators have hidden this, so it cannot be changed"}


def test_a_deleted_post_takes_everything_along(front: Front) -> None:
    key = f"posts/temp/{ALICE}/p-1.jpg"
    world.put_object(key)
    world.put_object(f"posts/{ALICE}/of-another-post.jpg")
    before = world.items()
    post_id = write(front, ALICE, tempImageKeys=[key])["postId"]
    comment = society.say(front, CAROL, post_id)
    on_comment = {"targetType": "comment", "targetId": comment["commentId"], "reactionType": "wow"}
    assert front.post(f"/posts/{post_id}/reactions", on_comment, who=BOB).status == 200
    assert front.post(f"/posts/{post_id}/reactions", {"reactionType": "love"}, who=BOB).status == 200
    assert front.post(f"/posts/{post_id}/report", {"reason": "spam"}, who=CAROL).status == 201
    report = front.post(f"/posts/{post_id}/comments/{comment['commentId']}/report", {"reason": "spam"}, who=BOB)
    assert report.status == 201
    assert front.delete(f"/posts/{post_id}", who=ALICE).status == 200
    assert front.get(f"/posts/{post_id}", who=ALICE).status == 404
    left = [key for key in world.items() if not key["PK"].startswith("ACTIVITY") and "NOTIFICATION" not in key["SK"]]
    assert left == before
    assert world.objects() == [f"posts/{ALICE}/of-another-post.jpg"]
    profile = world.item(f"USER#{ALICE}", "PROFILE")
    assert profile is not None
    assert profile["totalPosts"] == 0


def test_a_deletion_that_broke_off_is_finished_by_asking_again(front: Front) -> None:
    from kitchen import table

    post_id = write(front, ALICE)["postId"]
    society.say(front, BOB, post_id)
    with refused(table.client, "BatchWriteItem", "InternalServerError", status=500):
        assert front.delete(f"/posts/{post_id}", who=ALICE).status == 500
    assert front.get(f"/posts/{post_id}", who=ALICE).status == 404
    assert front.post(f"/posts/{post_id}/comments", {"content": "late"}, who=BOB).status == 404
    assert front.delete(f"/posts/{post_id}", who=BOB).status == 404
    assert front.delete(f"/posts/{post_id}", who=ALICE).status == 200
    assert [key for key in world.items() if key["PK"] == f"POST#{post_id}"] == []
    profile = world.item(f"USER#{ALICE}", "PROFILE")
    assert profile is not None
    assert profile["totalPosts"] == 0


def test_counts_are_given_for_what_the_caller_may_see(front: Front) -> None:
    one, two = write(front, ALICE), write(front, ALICE, privacy="friends")
    secret = write(front, ALICE, privacy="private")
    gone = write(front, ALICE)
    hide(gone["postId"])
    society.say(front, CAROL, one["postId"])
    front.post(f"/posts/{one['postId']}/reactions", {"reactionType": "wow"}, who=BOB)
    ids = [one["postId"], two["postId"], secret["postId"], gone["postId"], "unknown"]
    assert front.post("/posts/stats", {"postIds": ids}, who=BOB).body == {
        "stats": {
            one["postId"]: {"likes_count": 1, "comments_count": 1, "user_reaction": "wow"},
            two["postId"]: {"likes_count": 0, "comments_count": 0},
        }
    }
    anonymous = front.post("/posts/stats", {"postIds": ids})
    assert anonymous.status == 200
    assert anonymous.body == {"stats": {one["postId"]: {"likes_count": 1, "comments_count": 1}}}


@pytest.mark.parametrize("ids", [[], ["x"] * 51, "x", [""], [7], ["x" * 129]])
def test_counts_are_asked_of_one_to_fifty_posts(front: Front, ids: Any) -> None:
    assert front.post("/posts/stats", {"postIds": ids}).status == 400


def test_a_picture_is_what_its_link_says(front: Front) -> None:
    body = {"fileName": "a.jpg", "contentType": "image/jpeg", "fileSize": 1234}
    link = front.post("/posts/upload-image", body, who=DAVE).body["uploadUrl"]
    assert link.split("X-Amz-SignedHeaders=")[1].split("&")[0] == "content-length%3Bcontent-type%3Bhost"
    assert f"x-amz-meta-userid={DAVE}" in link

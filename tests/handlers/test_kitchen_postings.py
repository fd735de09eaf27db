from __future__ import annotations

import pytest
import world
from kitchen import postings
from kitchen.keys import posts
from world import ALICE

pytestmark = pytest.mark.usefixtures("aws")

CREATED = "2026-03-04T05:06:07.089Z"


def put_post(likes: int, rank: int) -> dict[str, str]:
    keys = {**posts.post("p"), **posts.post_indexes("p", ALICE, "public", rank, CREATED)}
    world.put({**keys, "postId": "p", "likes": likes, "comments": 1, "createdAt": CREATED})
    return posts.post("p")


def rank() -> str:
    item = world.item("POST#p", "METADATA")
    assert item is not None
    return str(item["GSI3SK"])


def test_a_counter_falls_to_zero_and_no_further() -> None:
    key = put_post(0, 0)
    for left in (0, 0):
        postings.lower(key, "comments")
        item = world.item("POST#p", "METADATA")
        assert item is not None
        assert item["comments"] == left
    postings.lower({"PK": "POST#none", "SK": "METADATA"}, "comments")
    assert len(world.items()) == 1


def test_fewer_likes_move_a_post_down() -> None:
    postings.lower(put_post(3, 3), "likes")
    assert rank() == f"00002#{CREATED}"


def test_a_rank_of_likes_that_are_over_is_not_written() -> None:
    key = put_post(7, 1)
    postings.rank_again(key, {"likes": 6, "createdAt": CREATED})
    assert rank() == f"00001#{CREATED}"
    postings.rank_again(key, {"likes": 7, "createdAt": CREATED})
    assert rank() == f"00007#{CREATED}"


def test_a_post_goes_with_all_that_hangs_on_it_and_no_more() -> None:
    key = put_post(1, 1)
    for partition, sort in (
        ("POST#p", f"COMMENT#{CREATED}#c"),
        ("POST#p", "REACTION#u"),
        ("POST#p", "REPORT#u"),
        ("POST#p", "INGREDIENT#beef"),
        ("COMMENT#c", "REACTION#u"),
        ("COMMENT#other", "REACTION#u"),
        ("POST#other", "METADATA"),
    ):
        world.put({"PK": partition, "SK": sort})
    for name in ("posts/p/recipe-completed.jpg", "posts/p2/recipe-completed.jpg"):
        world.put_object(name)
    item = world.item(key["PK"], key["SK"])
    assert item is not None
    assert postings.delete_post(item) == 1
    assert world.items() == [{"PK": "COMMENT#other", "SK": "REACTION#u"}, {"PK": "POST#other", "SK": "METADATA"}]
    assert world.objects() == ["posts/p2/recipe-completed.jpg"]

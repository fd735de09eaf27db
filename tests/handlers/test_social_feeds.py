from __future__ import annotations

import json
from urllib.parse import quote

import pytest
import society
import world
from faults import refused
from front import Front
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from society import DAVE, hide, titles, write
from world import ALICE, BOB, CAROL


@pytest.fixture(autouse=True)
def people(front: Front) -> None:
    society.gather()


def walk(front: Front, path: str, who: str, limit: int = 2) -> list[list[str]]:
    """The titles of all pages of a list."""
    pages, query = [], {"limit": str(limit)}
    while True:
        answer = front.get(path, who=who, query=query)
        pages.append(titles(answer))
        assert answer.body.keys() == {"posts", "nextToken", "lastKey", "hasMore"}
        assert answer.body["nextToken"] == answer.body["lastKey"]
        assert answer.body["hasMore"] is (answer.body["nextToken"] is not None)
        if not answer.body["hasMore"]:
            return pages
        query = {"limit": str(limit), "nextToken": answer.body["nextToken"]}


def test_the_feed_merges_own_posts_friends_and_everybody_newest_first(front: Front) -> None:
    write(front, ALICE, "own private", privacy="private")
    write(front, BOB, "friend's for friends", privacy="friends")
    write(front, BOB, "friend's private", privacy="private")
    write(front, CAROL, "stranger's public")
    write(front, CAROL, "stranger's for friends", privacy="friends")
    write(front, BOB, "friend's public")
    hide(write(front, CAROL, "hidden")["postId"])
    hide(write(front, ALICE, "own hidden")["postId"])
    assert walk(front, "/feed", ALICE) == [
        ["friend's public", "stranger's public"],
        ["friend's for friends", "own private"],
    ]


def test_the_feed_has_nobody_in_it_who_is_blocked_either_way(front: Front) -> None:
    world.befriend(ALICE, CAROL, status="blocked", both=False)
    world.befriend(DAVE, ALICE, status="blocked", both=False)
    for who in (CAROL, DAVE, BOB):
        write(front, who, who[:4])
    for path in ("/feed", "/posts", "/feed/discover", "/feed/trending"):
        assert titles(front.get(path, who=ALICE)) == ["bbbb"]


def test_the_token_of_a_merged_feed_is_an_index(front: Front) -> None:
    for number in range(3):
        write(front, CAROL, str(number))
    token = front.get("/feed", who=ALICE, query={"limit": "2"}).body["nextToken"]
    assert token == quote('{"index":2}', safe="")
    assert titles(front.get("/feed", who=ALICE, query={"limit": "2", "lastKey": token})) == ["0"]
    assert titles(front.get("/feed", who=ALICE, query={"limit": "2", "nextToken": '{"index":2}'})) == ["0"]


def test_a_feed_that_cannot_be_read_is_empty(front: Front) -> None:
    from kitchen import table

    write(front, ALICE)
    with refused(table.client, "Query", "InternalServerError", status=500):
        answer = front.get("/feed", who=ALICE)
    assert answer.status == 200
    assert answer.body == {"posts": [], "nextToken": None, "lastKey": None, "hasMore": False}


def test_following_shows_what_friends_posted(front: Front) -> None:
    world.befriend(ALICE, DAVE)
    write(front, BOB, "one", privacy="friends")
    write(front, DAVE, "two")
    write(front, CAROL, "stranger")
    write(front, ALICE, "own")
    write(front, DAVE, "private", privacy="private")
    write(front, BOB, "three")
    assert walk(front, "/feed/following", ALICE) == [["three", "two"], ["one"]]


def test_without_friends_nothing_is_followed(front: Front) -> None:
    write(front, ALICE)
    assert walk(front, "/feed/following", CAROL) == [[]]


def test_the_public_list_goes_from_new_to_old_without_what_is_hidden(front: Front) -> None:
    posts = [write(front, who, str(number)) for number, who in enumerate((ALICE, BOB, CAROL, ALICE, BOB, CAROL))]
    write(front, ALICE, "private", privacy="private")
    hide(posts[3]["postId"])
    for path in ("/posts", "/feed/discover"):
        assert walk(front, path, DAVE) == [["5", "4"], ["2", "1"], ["0"]]


def test_the_most_liked_posts_come_first(front: Front) -> None:
    posts = [write(front, ALICE, str(number)) for number in range(3)]
    for who in (BOB, CAROL):
        front.post(f"/posts/{posts[1]['postId']}/like", who=who)
    front.post(f"/posts/{posts[0]['postId']}/reactions", {"reactionType": "sad"}, who=BOB)
    assert walk(front, "/feed/trending", DAVE) == [["1", "0"], ["2"]]


@pytest.mark.parametrize(
    ("viewer", "seen"), [(ALICE, [["c", "b"], ["a"]]), (BOB, [["c", "b"]]), (CAROL, [["c"]]), (DAVE, [[]])]
)
def test_a_users_posts_are_shown_as_far_as_the_viewer_may_see(front: Front, viewer: str, seen: list[list[str]]) -> None:
    world.befriend(ALICE, DAVE, status="blocked", both=False)
    write(front, ALICE, "a", privacy="private")
    write(front, ALICE, "b", privacy="friends")
    write(front, ALICE, "c")
    hide(write(front, ALICE, "d")["postId"])
    write(front, BOB, "of somebody else")
    assert walk(front, f"/users/{ALICE}/posts", viewer) == seen


def test_a_user_without_posts_has_none(front: Front) -> None:
    assert walk(front, "/users/nobody/posts", ALICE) == [[]]


def test_a_list_reads_on_where_a_page_holds_nothing_for_the_viewer(front: Front) -> None:
    world.befriend(ALICE, CAROL, status="blocked", both=False)
    write(front, BOB, "seen")
    for number in range(7):
        write(front, CAROL, str(number))
    assert titles(front.get("/posts", who=ALICE, query={"limit": "2"})) == ["seen"]


def test_own_reactions_are_shown(front: Front) -> None:
    post = write(front, BOB)
    front.post(f"/posts/{post['postId']}/reactions", {"reactionType": "wow"}, who=ALICE)
    assert [shown["user_reaction"] for shown in front.get("/feed", who=ALICE).body["posts"]] == ["wow"]
    assert [shown["user_reaction"] for shown in front.get("/feed", who=CAROL).body["posts"]] == [None]


PATHS = ["/feed", "/feed/following", "/feed/trending", "/feed/discover", "/posts", f"/users/{ALICE}/posts"]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("query", [{"limit": "0"}, {"limit": "101"}, {"limit": "x"}, {"nextToken": "x" * 4_097}])
def test_a_malformed_page_is_refused(front: Front, path: str, query: dict[str, str]) -> None:
    assert front.get(path, who=ALICE, query=query).status == 400


@pytest.mark.parametrize("path", PATHS)
def test_a_token_of_another_list_is_refused(front: Front, path: str) -> None:
    foreign = {"PK": f"USER#{BOB}", "SK": "PROFILE", "GSI1PK": f"USER#{BOB}", "GSI1SK": "POST#x"}
    other = {"PK": "POST#x", "SK": "METADATA", "GSI2PK": f"POST#{BOB}", "GSI2SK": "2026"}
    for position in (foreign, other, {"index": -1}, {"index": 10**9}, {"index": True}, {}):
        answer = front.get(path, who=ALICE, query={"nextToken": quote(json.dumps(position))})
        assert (answer.status, answer.body) == (400, {"error": "the paging token is not one of ours"})


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    levels=st.lists(st.sampled_from(["public", "friends", "private", "hidden"]), max_size=9),
    limit=st.integers(1, 4),
)
def test_pages_hold_every_visible_post_once_and_nothing_else(front: Front, levels: list[str], limit: int) -> None:
    for post in front.get(f"/users/{DAVE}/posts", who=DAVE, query={"limit": "100"}).body["posts"]:
        front.delete(f"/posts/{post['postId']}", who=DAVE)
    wanted = []
    for number, level in enumerate(levels):
        post = write(front, DAVE, str(number), privacy=level if level != "hidden" else "public")
        if level == "hidden":
            hide(post["postId"])
            # so that the next example does not meet it again
            world.put({"PK": f"POST#{post['postId']}", "SK": "METADATA"})
        elif level == "public":
            wanted.append(str(number))
    pages = walk(front, f"/users/{DAVE}/posts", CAROL, limit)
    assert [title for page in pages for title in page] == wanted[::-1]
    assert all(len(page) <= limit for page in pages)
    assert all(len(page) == limit for page in pages[:-1])

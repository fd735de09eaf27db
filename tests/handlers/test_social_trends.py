from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import society
import world
from faults import refused
from front import Front
from society import CDN, DAVE, hide, write
from world import ALICE, BOB, CAROL


@pytest.fixture(autouse=True)
def people(front: Front) -> None:
    society.gather()


def this_week() -> str:
    year, week, _ = datetime.now(UTC).isocalendar()
    return f"{year}-W{week:02d}"


def search(front: Front, term: str) -> Any:
    return front.post("/trending/track-search", {"searchTerm": term}, who=ALICE)


def searches(front: Front, **query: str) -> list[tuple[str, int]]:
    answer = front.get("/trending/searches", who=BOB, query=query)
    assert answer.status == 200
    assert answer.body["weekId"] == this_week()
    return [(item["term"], item["searchCount"]) for item in answer.body["items"]]


def liked(front: Front, who: str = DAVE, **query: str) -> list[tuple[str, int]]:
    answer = front.get("/trending/posts", who=who, query=query)
    assert answer.status == 200
    return [(item["title"], item["likesThisWeek"]) for item in answer.body["items"]]


def test_searches_are_counted_whatever_their_case_and_marks(front: Front) -> None:
    answer = search(front, "Phở  Bò")
    assert answer.status == 200
    assert answer.body == {
        "message": "the search is counted",
        "term": "Phở  Bò",
        "searchCount": 1,
        "weekId": this_week(),
    }
    search(front, "pho bo")
    for _ in range(3):
        search(front, "Bún chả")
    assert searches(front) == [("Bún chả", 3), ("Phở  Bò", 2)]
    assert searches(front, limit="1") == [("Bún chả", 3)]
    item = world.item(f"TRENDING#SEARCH#{this_week()}", "TERM#pho-bo")
    assert item is not None
    assert item["GSI4SK"] == "COUNT#0000000002"
    week_away = datetime.now(UTC) + timedelta(days=7)
    assert abs(item["ttl"] - week_away.timestamp()) < 60


@pytest.mark.parametrize("body", [{}, {"searchTerm": ""}, {"searchTerm": " <b></b> "}, {"searchTerm": "x" * 501}])
def test_a_search_for_nothing_is_refused(front: Front, body: dict[str, Any]) -> None:
    assert front.post("/trending/track-search", body, who=ALICE).status == 400
    assert searches(front) == []


def test_searches_at_once_are_all_counted_and_ranked(front: Front) -> None:
    from kitchen import clock
    from social import trends

    now = clock.now()
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: trends.count_search("pho", now), range(20)))
    item = world.item(f"TRENDING#SEARCH#{this_week()}", "TERM#pho")
    assert item is not None
    assert (item["searchCount"], item["GSI4SK"]) == (20, "COUNT#0000000020")


def test_the_weeks_most_liked_posts_come_first(front: Front) -> None:
    posts = {title: write(front, ALICE, title)["postId"] for title in ("one", "two", "none")}
    for who in (BOB, CAROL):
        front.post(f"/posts/{posts['two']}/like", who=who)
    front.post(f"/posts/{posts['one']}/like", who=CAROL)
    front.post(f"/posts/{posts['none']}/reactions", {"reactionType": "wow"}, who=CAROL)
    assert liked(front) == [("two", 2), ("one", 1)]
    assert liked(front, limit="1") == [("two", 2)]
    item = front.get("/trending/posts", who=DAVE).body["items"][1]
    assert item == {
        "postId": posts["one"],
        "title": "one",
        "authorId": ALICE,
        "authorName": "Alice",
        "authorAvatar": f"{CDN}/defaults/avatar.png",
        "image": None,
        "likesThisWeek": 1,
        "weekId": this_week(),
    }


def test_a_like_that_is_taken_back_or_changed_is_no_trend(front: Front) -> None:
    post_id = write(front, ALICE, "one")["postId"]
    front.post(f"/posts/{post_id}/like", who=BOB)
    front.post(f"/posts/{post_id}/like", who=CAROL)
    front.post(f"/posts/{post_id}/reactions", {"reactionType": "sad"}, who=BOB)
    assert liked(front) == [("one", 1)]
    front.post(f"/posts/{post_id}/like", who=BOB)
    assert liked(front) == [("one", 2)]
    front.delete(f"/posts/{post_id}/like", who=BOB)
    front.delete(f"/posts/{post_id}/like", who=CAROL)
    assert liked(front) == []


def test_a_like_of_another_week_is_taken_from_that_week(front: Front) -> None:
    from kitchen import clock
    from social import feelings, targets
    from social.circle import Circle

    post_id = write(front, ALICE, "one")["postId"]
    target, now = targets.find_post(Circle(BOB), post_id), clock.now()
    feelings.react(BOB, target, "like", now - 7 * clock.DAY)
    feelings.react(CAROL, target, "like", now)
    feelings.take_back(BOB, target, now)
    assert liked(front) == [("one", 1)]


def test_a_like_of_a_post_that_is_not_public_is_no_trend(front: Front) -> None:
    post_id = write(front, ALICE, privacy="friends")["postId"]
    front.post(f"/posts/{post_id}/like", who=BOB)
    assert liked(front, ALICE) == []
    assert not any(key["PK"].startswith("TRENDING#") for key in world.items())


def test_posts_that_are_gone_or_not_for_everybody_are_no_trend(front: Front) -> None:
    posts = [write(front, ALICE, title)["postId"] for title in ("gone", "hidden", "private", "stays")]
    for post_id in posts:
        front.post(f"/posts/{post_id}/like", who=BOB)
    front.delete(f"/posts/{posts[0]}", who=ALICE)
    hide(posts[1])
    front.put(f"/posts/{posts[2]}", {"privacyLevel": "private"}, who=ALICE)
    assert liked(front) == [("stays", 1)]
    assert liked(front, ALICE) == [("stays", 1)]
    world.befriend(ALICE, DAVE, status="blocked", both=False)
    assert liked(front) == []


def test_both_lists_come_at_once(front: Front) -> None:
    for number in range(6):
        search(front, f"term {number}")
    post_id = write(front, ALICE)["postId"]
    front.post(f"/posts/{post_id}/like", who=BOB)
    answer = front.get("/trending", who=CAROL)
    assert answer.status == 200
    assert answer.body.keys() == {"weekId", "topSearches", "topPosts"}
    assert len(answer.body["topSearches"]) == 5
    assert [item["postId"] for item in answer.body["topPosts"]] == [post_id]
    assert len(front.get("/trending", who=CAROL, query={"limit": "6"}).body["topSearches"]) == 6


@pytest.mark.parametrize("path", ["/trending", "/trending/searches", "/trending/posts"])
def test_trends_that_cannot_be_read_are_empty(front: Front, path: str) -> None:
    from kitchen import table

    search(front, "pho")
    with refused(table.client, "Query", "InternalServerError", status=500):
        answer = front.get(path, who=ALICE)
    assert answer.status == 200
    assert [value for name, value in answer.body.items() if name != "weekId"] == [[]] * (len(answer.body) - 1)
    for limit in ("0", "101", "x"):
        assert front.get(path, who=ALICE, query={"limit": limit}).status == 400


def test_an_administrator_removes_last_weeks_trends(front: Front) -> None:
    from kitchen import clock
    from social import trends

    post_id = write(front, ALICE)["postId"]
    front.post(f"/posts/{post_id}/like", who=BOB)
    search(front, "now")
    before = clock.now() - 7 * clock.DAY
    trends.count_search("then", before)
    post = world.item(f"POST#{post_id}", "METADATA")
    assert post is not None
    trends.count_like(post, clock.week(before), 1, before)
    refusal = front.delete("/trending/cleanup", who=ALICE)
    assert (refusal.status, refusal.body) == (403, {"error": "this is for administrators"})
    answer = front.delete("/trending/cleanup", who=ALICE, groups=["Admin"])
    assert answer.status == 200
    assert answer.body["deletedCount"] == 2
    assert searches(front) == [("now", 1)]
    assert len(liked(front)) == 1
    assert sum(key["PK"].startswith("TRENDING#") for key in world.items()) == 2


def test_a_like_counts_though_its_trend_cannot(front: Front) -> None:
    from kitchen import table

    post_id = write(front, ALICE)["postId"]
    with refused(table.client, "UpdateItem", "InternalServerError", status=500):
        from kitchen import clock
        from social import trends

        trends.count_like({"postId": post_id, "authorId": ALICE}, this_week(), 1, clock.now())
    assert liked(front) == []

"""Lists of posts: the merged feeds, the public list, the most liked, those of one user."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

from boto3.dynamodb.conditions import Attr
from botocore.exceptions import BotoCoreError, ClientError

from kitchen import paging, table
from kitchen.body import Listing
from kitchen.keys import people, posts
from kitchen.logs import logger
from kitchen.routes import Call, Routes
from kitchen.table import Item
from social import views
from social.circle import Circle
from social.pages import listing, read
from social.visibility import listed

routes = Routes()

# A merged feed reads every source anew up to where it stands, so it ends somewhere.
DEEPEST = 500
FEED_FRIENDS = 10
FOLLOWED_FRIENDS = 50
READERS = 8

# A source of a merged feed: a partition, an index, and what sort keys in it begin with.
Source = tuple[str, str, str]
PUBLIC: Source = (posts.PUBLIC, "GSI2", "")


@routes.get("/feed", query=Listing)
def get_feed(call: Call) -> dict[str, Any]:
    """What the caller, friends and everybody posted, newest first."""
    return merged(call, FEED_FRIENDS, [of_author(call.user_id), PUBLIC])


@routes.get("/feed/following", query=Listing)
def get_following(call: Call) -> dict[str, Any]:
    """What friends posted, newest first."""
    return merged(call, FOLLOWED_FRIENDS, [])


@routes.get("/feed/trending", query=Listing)
def get_trending(call: Call) -> dict[str, Any]:
    """Public posts, the most liked first."""
    return paged(call, posts.TRENDING, "GSI3")


@routes.get("/feed/discover", query=Listing)
@routes.get("/posts", query=Listing)
def get_public(call: Call) -> dict[str, Any]:
    """Public posts, newest first."""
    return paged(call, posts.PUBLIC, "GSI2")


@routes.get("/users/{userId}/posts", query=Listing)
def get_of_user(call: Call) -> dict[str, Any]:
    """A user's posts, newest first."""
    return paged(call, *of_author(call.path["userId"]))


def of_author(user_id: str) -> Source:
    """Where all posts of an author lie, public or not."""
    return people.user(user_id), "GSI1", "POST#"


def paged(call: Call, partition: str, index: str, prefix: str = "") -> dict[str, Any]:
    """A page of one partition, without what the caller may not see."""
    start = paging.read_position(call.query.token, partition, index, prefix)
    circle = Circle(call.user_id)
    page = read(partition, call.query.limit, lambda items: listed(circle, items), start, index=index, prefix=prefix)
    return listing("posts", views.show(circle, page.items), page.next)


def merged(call: Call, friends: int, sources: list[Source]) -> dict[str, Any]:
    """A page of what the newest friends and other sources hold; empty where that cannot be read."""
    begin = paging.read_index(call.query.token, DEEPEST)
    end = min(begin + call.query.limit, DEEPEST)
    circle = Circle(call.user_id)
    try:
        followed = newest_friends(call.user_id, friends)
        # looked up before the sources are read side by side
        circle.meet([call.user_id, *followed])
        found = merge(circle, [*sources, *map(of_author, followed)], end + 1)
        shown = views.show(circle, found[begin:end])
    except (BotoCoreError, ClientError):
        logger.warning("a feed could not be read", exc_info=True)
        return listing("posts", [], None)
    return listing("posts", shown, {"index": end} if len(found) > end and end < DEEPEST else None)


def merge(circle: Circle, sources: list[Source], want: int) -> list[Item]:
    """The newest posts of all sources, each once, that the viewer may see."""

    def take(source: Source) -> list[Item]:
        partition, index, prefix = source
        return read(partition, want, lambda items: listed(circle, items), None, index=index, prefix=prefix).items

    with ThreadPoolExecutor(READERS) as readers:
        found = {item["postId"]: item for items in readers.map(take, sources) for item in items}
    return sorted(found.values(), key=_age, reverse=True)[:want]


def newest_friends(user_id: str, most: int) -> list[str]:
    """The friends that were made last."""
    accepted = table.every(people.user(user_id), prefix="FRIEND#", where=Attr("status").eq("accepted"))
    newest = sorted(accepted, key=lambda record: record.get("acceptedAt") or "", reverse=True)
    return [record["friendId"] for record in newest[:most]]


def _age(item: Item) -> tuple[str, str]:
    return item["createdAt"], item["postId"]

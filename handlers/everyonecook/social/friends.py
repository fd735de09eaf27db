"""Friends: asked, accepted, listed, lost, blocked."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from boto3.dynamodb.conditions import Attr

from kitchen import limits, table, users
from kitchen.errors import BadRequest, NotFound
from kitchen.keys import people
from kitchen.routes import Answer, Call, Routes
from kitchen.table import Item
from social import friendships, news
from social.circle import Circle, Person

routes = Routes()

_PENDING = Attr("status").eq("pending")


@routes.get("/friends")
def get_friends(call: Call) -> dict[str, Any]:
    """The caller's friends."""
    return _listed("friends", call.user_id, _own(call.user_id, Attr("status").eq("accepted")), _friend)


@routes.get("/friends/blocked")
def get_blocked(call: Call) -> dict[str, Any]:
    """Whom the caller has blocked."""
    return _listed("blockedUsers", call.user_id, _own(call.user_id, Attr("status").eq("blocked")), _friend)


@routes.get("/friends/sent")
def get_sent(call: Call) -> dict[str, Any]:
    """Whom the caller has asked."""
    asked = _PENDING & Attr("requestedBy").eq(call.user_id)
    return _listed("requests", call.user_id, _own(call.user_id, asked), _request)


@routes.get("/friends/requests")
def get_requests(call: Call) -> dict[str, Any]:
    """Who has asked the caller."""
    found = table.every(
        people.user(call.user_id),
        index="GSI1",
        prefix="FRIEND#",
        where=_PENDING & Attr("requestedBy").ne(call.user_id),
    )
    # each lies with whoever asked: seen from here, that is the friend
    turned = ({**item, "friendId": item["userId"]} for item in found)
    return _listed("requests", call.user_id, turned, _request)


@routes.get("/friends/{userId}/status")
def get_status(call: Call) -> dict[str, Any]:
    """What the caller and a user are to each other."""
    other = call.path["userId"]
    if other == call.user_id:
        return {"status": "none"}
    return status_of(friendships.pair(call.user_id, other))


@routes.post("/friends/{userId}/request")
def post_request(call: Call) -> Answer:
    """Ask a user; where that user has asked already, this is the answer."""
    other = _existing(call, "you cannot be your own friend")
    found = friendships.pair(call.user_id, other)
    friendships.check_free(found)
    if found.status == "none":
        limits.spend(limits.FRIEND_REQUEST, call.user_id, call.now)
    before = friendships.change(call.user_id, other, friendships.asking(call.now))
    kind = "friend_accepted" if before.status == "pending_received" else "friend_request"
    news.tell(other, kind, call.now, ("user", call.user_id), call.user_id)
    return Answer({"friendship": _current(call.user_id, other)}, 201)


@routes.put("/friends/{userId}/accept")
def put_accept(call: Call) -> dict[str, Any]:
    """Agree to what a user asked."""
    other = _another(call)
    friendships.change(call.user_id, other, friendships.accepting(call.now))
    news.tell(other, "friend_accepted", call.now, ("user", call.user_id), call.user_id)
    return {"friendship": _current(call.user_id, other)}


@routes.put("/friends/{userId}/reject")
def put_reject(call: Call) -> dict[str, str]:
    """Refuse what a user asked."""
    friendships.change(call.user_id, _another(call), friendships.reject)
    return {"message": "the request is rejected"}


@routes.delete("/friends/{userId}/cancel")
def delete_request(call: Call) -> dict[str, str]:
    """Take back a request."""
    friendships.change(call.user_id, _another(call), friendships.cancel)
    return {"message": "the request is taken back"}


@routes.delete("/friends/{userId}")
def delete_friend(call: Call) -> dict[str, str]:
    """End a friendship."""
    friendships.count_parted(friendships.change(call.user_id, _another(call), friendships.part))
    return {"message": "you are friends no more"}


@routes.post("/friends/{userId}/block")
def post_block(call: Call) -> dict[str, str]:
    """Block a user."""
    other = _existing(call, "nobody can block themselves")
    friendships.count_parted(friendships.change(call.user_id, other, friendships.blocking(call.now)))
    return {"message": "the user is blocked"}


@routes.delete("/friends/{userId}/block")
def delete_block(call: Call) -> dict[str, str]:
    """Block a user no more."""
    friendships.change(call.user_id, _another(call), friendships.unblock)
    return {"message": "the user is blocked no more"}


def status_of(found: friendships.Pair) -> dict[str, Any]:
    """What two people are, and the record of it; who blocked whom is known to those who did it only."""
    held = found.own or found.other
    if held is None or found.status == "blocked_by":
        return {"status": found.status}
    return {"status": found.status, "friendship": users.attributes(held)}


def _own(user_id: str, where: Any) -> Iterable[Item]:
    return table.every(people.user(user_id), prefix="FRIEND#", where=where)


def _listed(name: str, viewer: str, found: Iterable[Item], show: Callable[[Item, Person], Any]) -> dict[str, Any]:
    items, circle = list(found), Circle(viewer)
    circle.meet(item["friendId"] for item in items)
    return {name: [show(item, circle.person(item["friendId"])) for item in items], "count": len(items)}


def _friend(item: Item, person: Person) -> dict[str, Any]:
    return {
        "userId": person.user_id,
        "username": person.username,
        "fullName": person.full_name,
        "avatarUrl": person.avatar_url,
        "status": item["status"],
        "createdAt": item.get("createdAt"),
        "acceptedAt": item.get("acceptedAt"),
    }


def _request(item: Item, person: Person) -> dict[str, Any]:
    return {
        "requestId": f"{item['PK'].removeprefix('USER#')}#{item['SK'].removeprefix('FRIEND#')}",
        "fromUserId": person.user_id,
        "fromUsername": person.username,
        "fromFullName": person.full_name,
        "fromAvatarUrl": person.avatar_url,
        "createdAt": item.get("createdAt"),
    }


def _current(one: str, two: str) -> dict[str, Any] | None:
    held = friendships.pair(one, two).own
    return users.attributes(held) if held else None


def _another(call: Call, refusal: str = "this is yourself") -> str:
    if call.path["userId"] == call.user_id:
        raise BadRequest(refusal)
    return call.path["userId"]


def _existing(call: Call, refusal: str) -> str:
    other = _another(call, refusal)
    if users.find(other) is None:
        raise NotFound("there is no such user")
    return other

"""What is done because of reported posts and comments: warn, hide, ban, dismiss."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from admin.audit import Actor, actor_of
from admin.moderation import contents, sentences
from admin.moderation.models import CommentActionRequest, PostActionRequest
from admin.people.banning import Ban
from kitchen.errors import BadRequest
from kitchen.routes import Call, Routes

routes = Routes()

Request = PostActionRequest | CommentActionRequest
_DONE = {
    "warn": "the author is warned",
    "hide": "the {kind} is hidden",
    "ban_user": "the author is banned and the {kind} hidden",
    "dismiss": "the reports are dismissed",
}


@dataclass(frozen=True)
class Wanted:
    """What a moderator decided."""

    action: str
    reason: str
    ban: Ban
    notify: bool


@routes.post("/admin/posts/{postId}/action", group="admin", body=PostActionRequest)
def post_on_post(call: Call) -> dict[str, Any]:
    """Do something because of a reported post."""
    return act(actor_of(call), "post", call.path["postId"], _wanted(call.body), call.now)


@routes.post("/admin/comments/{commentId}/action", group="admin", body=CommentActionRequest)
def post_on_comment(call: Call) -> dict[str, Any]:
    """Do something because of a reported comment."""
    return act(actor_of(call), "comment", call.path["commentId"], _wanted(call.body), call.now)


def act(actor: Actor, kind: str, content_id: str, wanted: Wanted, now: int) -> dict[str, Any]:
    """Carry a decision out, and say what came of it."""
    content = contents.find_standing(kind, content_id)
    match wanted.action:
        case "dismiss":
            came = sentences.dismiss(actor, content, wanted.reason, now)
        case "warn":
            came = sentences.warn(actor, content, wanted.reason, wanted.notify, now)
        case "ban_user":
            came = sentences.ban(actor, content, wanted.ban, wanted.notify, now)
        case _:
            came = sentences.hide(actor, content, wanted.reason, wanted.notify, now)
    word = f"hide_{kind}" if wanted.action == "hide" else wanted.action
    message = _DONE[wanted.action].format(kind=kind)
    return {f"{kind}Id": content_id, "action": word, "success": True, "message": message, **came}


def _wanted(body: Request) -> Wanted:
    action = "hide" if body.action.startswith("hide_") else body.action
    if action == "ban_user" and body.banDuration is None:
        raise BadRequest("banDuration: say how long, 0 for good")
    reason = (body.reason or "").strip() or "reported by other users"
    return Wanted(action, reason, Ban(reason, body.banDuration or 0, body.banDurationUnit), body.notifyUser)

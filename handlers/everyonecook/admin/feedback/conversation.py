"""Feedback: what users write, and what administrators answer."""

from __future__ import annotations

from typing import Any

from admin.feedback import records
from admin.feedback.models import CreateFeedbackRequest, FeedbackReplyRequest, FeedbacksQuery
from kitchen import users
from kitchen.errors import Forbidden, NotFound
from kitchen.routes import Answer, Call, Routes
from kitchen.table import Item

routes = Routes()


@routes.post("/feedback", body=CreateFeedbackRequest)
def post_feedback(call: Call) -> Answer:
    """Tell the administrators something."""
    profile = users.find(call.user_id)
    if profile is None:
        raise NotFound("you have no profile yet")
    made = records.create(profile, call.body.title, call.body.content, call.now)
    return Answer({"feedbackId": made["feedbackId"], "status": made["status"]}, 201)


@routes.get("/feedback/my")
def get_own(call: Call) -> dict[str, Any]:
    """The caller's own feedback."""
    return _listed(records.of_user(call.user_id))


@routes.get("/feedback/{id}")
def get_feedback(call: Call) -> dict[str, Any]:
    """An own feedback with its replies."""
    return records.view(_readable(call))


@routes.post("/feedback/{id}/reply", body=FeedbackReplyRequest)
def post_reply(call: Call) -> Answer:
    """Reply in an own feedback."""
    return _reply(call, _readable(call))


@routes.get("/admin/feedbacks", group="admin", query=FeedbacksQuery)
def get_feedbacks(call: Call) -> dict[str, Any]:
    """The newest feedback of all users."""
    return _listed(records.newest(call.query.status or "all", call.query.limit))


@routes.get("/admin/feedbacks/{id}", group="admin")
def get_any(call: Call) -> dict[str, Any]:
    """Any feedback with its replies."""
    return records.view(records.find(call.path["id"]))


@routes.post("/admin/feedbacks/{id}/reply", group="admin", body=FeedbackReplyRequest)
def post_answer(call: Call) -> Answer:
    """Answer a feedback."""
    return _reply(call, records.find(call.path["id"]))


@routes.post("/admin/feedbacks/{id}/close", group="admin")
def post_close(call: Call) -> dict[str, Any]:
    """Close a feedback."""
    return records.close(records.find(call.path["id"]), call.user_id, call.now)


def _listed(found: list[Item]) -> dict[str, Any]:
    return {"feedbacks": [users.attributes(item) for item in found], "count": len(found)}


def _readable(call: Call) -> Item:
    """A feedback that is the caller's own, or any for an administrator."""
    feedback = records.find(call.path["id"])
    if feedback["userId"] != call.user_id and not call.caller.is_admin:
        raise Forbidden("this is not your feedback", code="NOT_THE_OWNER")
    return feedback


def _reply(call: Call, feedback: Item) -> Answer:
    is_admin = call.caller.is_admin
    made = records.reply(feedback, call.user_id, call.caller.username, call.body.content, is_admin, call.now)
    return Answer(made, 201)

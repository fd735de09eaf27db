"""Appeals decided: approved, and what they are against is undone; or rejected."""

from __future__ import annotations

from typing import Any

from boto3.dynamodb.conditions import Attr

from admin import audit
from admin.appeals import records
from admin.appeals.models import ReviewAppealRequest
from admin.audit import Actor, actor_of
from admin.failures import told_as
from admin.moderation import contents
from admin.moderation.contents import Content
from admin.people import lifting
from admin.telling import tell
from kitchen import changes, clock, table
from kitchen.errors import NotFound
from kitchen.keys import people
from kitchen.routes import Call, Routes
from kitchen.steps import PRESENT, Put, Step, Update
from kitchen.table import Item

routes = Routes()


@routes.post("/admin/appeals/{appealId}/review", group="admin", body=ReviewAppealRequest)
def post_review(call: Call) -> dict[str, Any]:
    """Approve or reject an appeal."""
    return decide(actor_of(call), call.path["appealId"], call.body.action, call.body.notes, call.now)


def decide(actor: Actor, appeal_id: str, action: str, notes: str, now: int) -> dict[str, Any]:
    """Decide an appeal that waits; of two who decide at once, the second finds none."""
    appeal = records.find(appeal_id)
    if appeal is None or appeal["status"] != "pending":
        raise _unknown()
    status = "approved" if action == "approve" else "rejected"
    told = {"reviewedAt": now, "reviewedBy": actor.user_id, "reviewerUsername": actor.username, "reviewNotes": notes}
    closing = records.moving(appeal, status, now, **told)
    with told_as("MODERATION_ERROR", "the appeal could not be decided"):
        try:
            kind = _decide(actor, appeal, status, closing, notes, now)
        except changes.ConditionFailed as failed:
            if (failed.old or {}).get("appealId") == appeal_id:
                raise _unknown() from None
            raise
    about = ("appeal", appeal_id)
    tell(appeal["userId"], kind, now, about=about, reviewNotes=notes, contentId=appeal.get("contentId"))
    return {"appealId": appeal_id, "status": status, "appealType": appeal["appealType"], "reviewedAt": now}


def _decide(actor: Actor, appeal: Item, status: str, closing: Update, notes: str, now: int) -> str:
    """Carry a decision out, and return the kind of notification that tells of it."""
    if status == "rejected":
        _reject(actor, appeal, closing, notes, now)
        return "APPEAL_REJECTED"
    if appeal["appealType"] == "ban":
        _free(actor, appeal, closing, notes, now)
        return "APPEAL_APPROVED"
    _restore(actor, appeal, closing, notes, now)
    return "CONTENT_APPEAL_APPROVED"


def _free(actor: Actor, appeal: Item, closing: Update, notes: str, now: int) -> None:
    """Lift the ban, if it is still the one appealed against."""
    profile = table.get(people.profile(appeal["userId"]), consistent=True) or {}
    if profile.get("isBanned") and profile.get("bannedAt") == appeal.get("bannedAt"):
        lifting.unban(actor, profile, "UNBAN_USER", notes, now, [closing])
        return
    note = audit.entry(actor, "UNBAN_USER", now, appeal, notes, appealId=appeal["appealId"], already=True)
    changes.transact(closing, Put(note))


def _restore(actor: Actor, appeal: Item, closing: Update, notes: str, now: int) -> None:
    """Bring the content back, if it is there and hidden still."""
    content = _content(appeal)
    note = audit.entry(actor, "RESTORE_CONTENT", now, appeal, notes, appealId=appeal["appealId"])
    steps: list[Step] = [closing, Put(note)]
    if content and content.status == "hidden":
        hidden = PRESENT & Attr("status").eq("hidden")
        steps.append(contents.restoring(content, actor.user_id, notes, now, hidden))
    changes.transact(*steps)


def _reject(actor: Actor, appeal: Item, closing: Update, notes: str, now: int) -> None:
    """Leave everything as it is; what was kept for the decision is kept no longer."""
    note = audit.entry(actor, "REJECT_APPEAL", now, appeal, notes, appealId=appeal["appealId"])
    steps: list[Step] = [closing, Put(note)]
    content = _content(appeal)
    item = content.item if content else table.get(people.profile(appeal["userId"]), consistent=True)
    if item and item.get("pendingAppealId") == appeal["appealId"]:
        deadline = item.get("appealDeadline")
        again = {"ttl": clock.seconds(max(deadline, now))} if deadline and "ttl" in item else {}
        mine = Attr("pendingAppealId").eq(appeal["appealId"])
        key = {"PK": item["PK"], "SK": item["SK"]}
        steps.append(Update(key, again, remove=["pendingAppealId"], when=mine))
    changes.transact(*steps)


def _content(appeal: Item) -> Content | None:
    if appeal["appealType"] != "content":
        return None
    try:
        return contents.find(appeal["contentType"], appeal["contentId"])
    except NotFound:
        return None


def _unknown() -> NotFound:
    return NotFound("there is no such appeal that waits", code="APPEAL_NOT_FOUND")

"""Appeals as users submit them: against a ban, or against hidden content of their own."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from boto3.dynamodb.conditions import Attr, ConditionBase

from admin.appeals import records
from admin.appeals.models import SubmitAppealRequest
from admin.moderation import contents
from admin.moderation.contents import Content
from admin.people import banning
from kitchen import changes, clock, table, users
from kitchen.errors import BadRequest, Forbidden
from kitchen.keys import moderation, people
from kitchen.routes import Answer, Call, Routes
from kitchen.steps import ABSENT, Put, Update
from kitchen.table import Item

routes = Routes()

CONTENT_KEPT = 300


@routes.post("/appeals/submit", public=True, body=SubmitAppealRequest)
def post_appeal(call: Call) -> Answer:
    """Appeal; anybody may ask, as somebody who is banned has no token."""
    wanted: SubmitAppealRequest = call.body
    if call.signed_in and call.signed_in.user_id != wanted.userId:
        raise Forbidden("this is not your account", code="NOT_THE_OWNER")
    return Answer(submit(wanted, call.now), 201)


def submit(wanted: SubmitAppealRequest, now: int) -> dict[str, Any]:
    """Put an appeal before the administrators."""
    profile = banning.target(wanted.userId)
    if wanted.appealType == "ban":
        return _against_ban(wanted, profile, now)
    if not wanted.contentType or not wanted.contentId:
        raise BadRequest("contentType and contentId: which content is meant?")
    content = contents.find(wanted.contentType, wanted.contentId)
    return _against_hiding(wanted, profile, content, now)


def _against_ban(wanted: SubmitAppealRequest, profile: Item, now: int) -> dict[str, Any]:
    if not users.is_banned(profile, now):
        raise BadRequest("the user is not banned", code="NOT_BANNED")
    ends = profile.get("banExpiresAt")
    kept = now + records.PERMANENT if ends is None else ends + records.LATER
    about = {name: profile.get(name) for name in ("banReason", "bannedAt", "banExpiresAt", "banDurationDisplay")}
    appeal = _appeal(wanted, profile, {**about, "ttl": clock.seconds(kept)}, now)
    free = _free(profile, wanted.userId) & Attr("isBanned").eq(True)
    mark = Update(people.profile(wanted.userId), {"pendingAppealId": appeal["appealId"]}, when=free)
    return _file(appeal, mark)


def _against_hiding(wanted: SubmitAppealRequest, profile: Item, content: Content, now: int) -> dict[str, Any]:
    if content.author_id != wanted.userId:
        raise Forbidden("somebody else wrote this", code="NOT_THE_AUTHOR")
    if content.status != "hidden":
        raise BadRequest(f"the {content.kind} is not hidden", code="CONTENT_NOT_HIDDEN")
    deadline = content.item.get("appealDeadline")
    if content.item.get("canAppeal") is False or (deadline is not None and deadline <= now):
        raise BadRequest("there is no appeal against this any more", code="NOT_APPEALABLE")
    kept = clock.seconds(now + records.WITHOUT_DEADLINE if deadline is None else deadline + records.LATER)
    about = {"contentText": content.text(CONTENT_KEPT), "appealDeadline": deadline, **content.name}
    about |= {name: content.item.get(name) for name in ("hiddenAt", "hiddenReason")}
    appeal = _appeal(wanted, profile, {**about, "ttl": kept}, now)
    # the content must not vanish while somebody may still decide that it comes back
    longer = {"ttl": max(content.item["ttl"], kept)} if "ttl" in content.item else {}
    free = _free(content.item, wanted.userId) & Attr("status").eq("hidden")
    return _file(appeal, Update(content.key, {"pendingAppealId": appeal["appealId"], **longer}, when=free))


def _appeal(wanted: SubmitAppealRequest, profile: Item, about: dict[str, Any], now: int) -> Item:
    appeal_id = str(uuid4())
    return {
        **moderation.appeal(wanted.userId, appeal_id),
        **moderation.appeal_indexes(appeal_id, "pending", now),
        "appealId": appeal_id,
        "userId": wanted.userId,
        "username": profile.get("username"),
        "appealType": wanted.appealType,
        "contentType": wanted.contentType,
        "contentId": wanted.contentId,
        "violationId": _own_violation(wanted),
        "reason": wanted.reason,
        "status": "pending",
        "createdAt": now,
        "updatedAt": now,
        **about,
    }


def _own_violation(wanted: SubmitAppealRequest) -> str | None:
    """The violation that is named, if it is one of the user's own."""
    if not wanted.violationId:
        return None
    key = moderation.violation(wanted.userId, wanted.violationId, 0)
    return wanted.violationId if table.get(key) else None


def _free(item: Item, user_id: str) -> ConditionBase:
    """No other appeal waits: none is marked, or the marked one is decided or gone."""
    marked = item.get("pendingAppealId")
    if marked is None:
        return Attr("pendingAppealId").not_exists()
    if records.is_pending(user_id, marked):
        raise _waits(marked)
    return Attr("pendingAppealId").eq(marked)


def _file(appeal: Item, mark: Update) -> dict[str, Any]:
    try:
        changes.transact(mark, Put(appeal, ABSENT))
    except changes.ConditionFailed as failed:
        other = (failed.old or {}).get("pendingAppealId")
        if failed.at == 0 and other:
            raise _waits(other) from None
        raise
    return {"appealId": appeal["appealId"], "status": "pending"}


def _waits(appeal_id: str) -> BadRequest:
    return BadRequest("an appeal waits already", code="APPEAL_PENDING", details={"existingAppealId": appeal_id})

"""Reports of posts and comments, and what enough of them do by themselves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from boto3.dynamodb.conditions import Attr

from kitchen import changes, clock
from kitchen.caller import Caller
from kitchen.errors import BadRequest, Conflict, NotFound
from kitchen.keys import posts
from kitchen.routes import Answer, Call, Routes
from kitchen.steps import ABSENT, Put, Update
from kitchen.table import Item
from kitchen.text import sanitise
from social import news, targets
from social.circle import Circle
from social.models import CreateReportRequest, ReportRequest
from social.targets import STANDING, Target

routes = Routes()

REVIEW_AT = 10
HIDE_AT = 100
TRIES = 5


@dataclass(frozen=True)
class Verdict:
    """What a number of reports makes of something: its status, and whether that is new."""

    status: str
    is_new: bool


@routes.post("/posts/{postId}/report", body=ReportRequest)
def post_of_post(call: Call) -> Answer:
    """Report a post."""
    return _answer(call, targets.find_post(Circle(call.user_id), call.path["postId"]))


@routes.post("/posts/{postId}/comments/{commentId}/report", body=ReportRequest)
def post_of_comment(call: Call) -> Answer:
    """Report a comment."""
    return _answer(call, targets.find_comment(Circle(call.user_id), call.path["postId"], call.path["commentId"]))


@routes.post("/reports", body=CreateReportRequest)
def post_report(call: Call) -> Answer:
    """Report a post or a comment."""
    body: CreateReportRequest = call.body
    return _answer(call, targets.find(Circle(call.user_id), body.targetType, body.targetId))


def report(caller: Caller, target: Target, reason: str, details: str, now: int) -> Item:
    """A report, one by each user, counted in its target; then what all of them together call for is done."""
    if target.author == caller.user_id:
        raise BadRequest("nobody needs to report themselves")
    made = _report(caller, target, reason, details, now)
    counted = Update(target.key, add={"reportCount": 1}, when=STANDING)
    try:
        changes.transact(Put(made, ABSENT), counted)
    except changes.ConditionFailed as failed:
        if failed.at == 0:
            raise Conflict("you have reported this before") from None
        raise NotFound("this is not there any more") from None
    moderate(target, now)
    return made


def moderate(target: Target, now: int) -> None:
    """Do what the reports of a target call for, and put it among the reported by their number."""
    for _ in range(TRIES):
        item = target.read()
        if item is None:
            return
        verdict = judge(item.get("reportCount", 0), item.get("status", "active"))
        try:
            _carry_out(target, item, verdict, now)
        except changes.ConditionFailed:
            continue
        if verdict.is_new and verdict.status == "hidden":
            about = {"reportCount": item["reportCount"], "reason": _reason(item)}
            news.tell(target.author, f"{target.kind}_hidden", now, (target.kind, target.id), metadata=about)
        return


def judge(reports: int, status: str) -> Verdict:
    """What so many reports make of something in a status."""
    if reports >= HIDE_AT and status in ("active", "under_review"):
        return Verdict("hidden", True)
    if reports >= REVIEW_AT and status == "active":
        return Verdict("under_review", True)
    return Verdict(status, False)


def _carry_out(target: Target, item: Item, verdict: Verdict, now: int) -> None:
    values: dict[str, Any] = posts.reported_index(target.kind, item["reportCount"], target.id)
    if verdict.is_new:
        values |= {"status": verdict.status, "updatedAt": clock.iso(now)}
    if verdict.is_new and verdict.status == "hidden":
        values |= {"hiddenAt": clock.iso(now), "hiddenReason": _reason(item), "canAppeal": True}
    # a moderator who dismissed the reports meanwhile, or another reporter, has the last word
    same = Attr("reportCount").eq(item["reportCount"]) & Attr("status").eq(item["status"])
    changes.update(target.key, values, when=same)


def _reason(item: Item) -> str:
    return f"hidden after {item['reportCount']} reports"


def _report(caller: Caller, target: Target, reason: str, details: str, now: int) -> Item:
    report_id, created = str(uuid4()), clock.iso(now)
    return {
        **posts.report(target.kind, target.id, caller.user_id),
        **posts.report_index(target.kind, created, report_id),
        "reportId": report_id,
        "targetId": target.id,
        "targetType": target.kind,
        "postId": target.post["postId"],
        "targetAuthorId": target.author,
        "reporterId": caller.user_id,
        "reporterUsername": caller.username,
        "reason": reason,
        "details": details,
        "status": "pending",
        "createdAt": created,
    }


def _answer(call: Call, target: Target) -> Answer:
    made = report(call.caller, target, call.body.reason, sanitise(call.body.details or ""), call.now)
    told = {name: made[name] for name in ("reportId", "status", "createdAt")}
    return Answer({"message": "the report has reached the moderators", "report": told}, 201)

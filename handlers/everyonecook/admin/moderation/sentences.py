"""The four decisions on a reported post or comment, each carried out whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from boto3.dynamodb.conditions import Attr

from admin import audit
from admin.audit import Actor
from admin.failures import only_logged, told_as
from admin.moderation import contents, reports
from admin.moderation.contents import Content
from admin.people import banning
from admin.people.banning import Ban
from admin.telling import tell
from kitchen import changes, clock, users
from kitchen.keys import moderation, people
from kitchen.steps import PRESENT, Put, Step, Update
from kitchen.table import Item

APPEAL = 7 * clock.DAY
PERMANENT = 90 * clock.DAY
CONTENT_KEPT = 300

_STANDING = PRESENT & Attr("status").ne("deleted")


@dataclass(frozen=True)
class Sentence:
    """A decision against a post or comment: what it writes where, and how it is noted."""

    action: str
    severity: str
    counter: str
    values: dict[str, Any]
    removed: tuple[str, ...] = ()


def dismiss(actor: Actor, content: Content, reason: str, now: int) -> dict[str, Any]:
    """Let the reports count no more; what only they had hidden or put under review is active again."""
    said = contents.moderated("dismiss", actor.user_id, reason, now)
    by_reports = content.status == "under_review" or (content.status == "hidden" and "hiddenBy" not in content.item)
    same = PRESENT & Attr("status").eq(content.item.get("status"))
    if by_reports:
        step = contents.restoring(content, actor.user_id, reason, now, same, **said)
    else:
        step = Update(content.key, {"reportCount": 0, **said}, remove=contents.REPORTED, when=_STANDING)
    note = audit.entry(actor, _noted("dismiss", content.kind), now, _author(content), reason, **content.name)
    _carry_out(content, [step, Put(note)])
    _settle(content, "dismissed", actor, reason, now)
    return {f"{content.kind}Status": "active" if by_reports else content.status}


def warn(actor: Actor, content: Content, reason: str, notify: bool, now: int) -> dict[str, Any]:
    """Warn the author and leave the content where it is."""
    violation = _judge(actor, content, Sentence("warn", "low", "warningCount", {}), reason, now)
    if notify:
        tell(content.author_id, "WARNING", now, about=_about(content), reason=reason, violationId=violation)
    return {"violationId": violation, f"{content.kind}Status": content.status}


def hide(actor: Actor, content: Content, reason: str, notify: bool, now: int) -> dict[str, Any]:
    """Hide the content; its author has a week to appeal before it is gone."""
    deadline = now + APPEAL
    values = {"appealDeadline": deadline, "ttl": clock.seconds(deadline)}
    values |= contents.hidden(actor.user_id, reason, now)
    sentence = Sentence("hide", "medium", _counter(content), values)
    violation = _judge(actor, content, sentence, reason, now)
    if notify:
        about: dict[str, Any] = {"reason": reason, "violationId": violation, "appealDeadline": deadline, **content.name}
        kept = clock.seconds(2 * APPEAL)
        tell(content.author_id, _kind(content, "HIDDEN"), now, about=_about(content), keep_seconds=kept, **about)
    return {"violationId": violation, f"{content.kind}Status": "hidden", "appealDeadline": deadline}


def ban(actor: Actor, content: Content, ban: Ban, notify: bool, now: int) -> dict[str, Any]:
    """Ban the author and hide the content, both or neither."""
    banning.admit(actor, now)
    noted = _noted("ban_user", content.kind)
    placed = banning.place(actor, content.author_id, ban, now, noted, **content.name)
    kept = now + PERMANENT if placed.expires is None else placed.expires + APPEAL
    values = {**contents.hidden(actor.user_id, ban.reason, now), "ttl": clock.seconds(kept)}
    # an appeal has no deadline of its own as long as the ban holds
    sentence = Sentence("ban_user", "high", _counter(content), values, ("appealDeadline",))
    try:
        violation = _judge(actor, content, sentence, ban.reason, now)
    except Exception:
        banning.take_back(placed)
        raise
    if notify:
        about: dict[str, Any] = {
            "reason": ban.reason,
            "violationId": violation,
            "banExpiresAt": placed.expires,
            **content.name,
        }
        tell(content.author_id, _kind(content, "HIDDEN_BAN"), now, about=_about(content), **about)
    return {"violationId": violation, f"{content.kind}Status": "hidden", "banExpiresAt": placed.expires}


def _judge(actor: Actor, content: Content, sentence: Sentence, reason: str, now: int) -> str:
    """Write a sentence into the content, the author's record and the administrators' notes, all or none."""
    violation_id = str(uuid4())
    said = contents.moderated(sentence.action, actor.user_id, reason, now)
    warned = {"warningCount": 1} if sentence.action == "warn" else {}
    values = {**sentence.values, **said}
    steps: list[Step] = [
        Update(content.key, values, add=warned, remove=sentence.removed, when=_STANDING),
        Put(_violation(actor, content, sentence, violation_id, reason, now)),
    ]
    author = users.find(content.author_id)
    if author:
        counted = {"violationCount": 1, sentence.counter: 1}
        steps.append(Update(people.profile(content.author_id), add=counted, when=PRESENT))
    # a ban notes itself
    if sentence.action != "ban_user":
        noted = _noted(sentence.action, content.kind)
        about = {**content.name, "violationId": violation_id}
        steps.append(Put(audit.entry(actor, noted, now, author or _author(content), reason, **about)))
    _carry_out(content, steps)
    _settle(content, "action_taken", actor, reason, now)
    return violation_id


def _violation(actor: Actor, content: Content, sentence: Sentence, violation_id: str, reason: str, now: int) -> Item:
    return {
        **moderation.violation(content.author_id, violation_id, now),
        "violationId": violation_id,
        "userId": content.author_id,
        "violationType": content.kind,
        **content.name,
        "violationContent": content.text(CONTENT_KEPT),
        "reportCount": content.reports,
        "type": f"hide_{content.kind}" if sentence.action == "hide" else sentence.action,
        "reason": reason,
        "severity": sentence.severity,
        "adminUserId": actor.user_id,
        "adminUsername": actor.username,
        "createdAt": now,
    }


def _carry_out(content: Content, steps: list[Step]) -> None:
    with told_as("MODERATION_ERROR", "the decision could not be carried out"):
        try:
            changes.transact(*steps)
        except changes.ConditionFailed as failed:
            if failed.at == 0 and (failed.old is None or failed.old.get("status") == "deleted"):
                raise contents.unknown(content.kind) from None
            raise


def _settle(content: Content, status: str, actor: Actor, reason: str, now: int) -> None:
    with only_logged("settling reports"):
        reports.settle(content, status, actor.user_id, reason, now)


def _noted(action: str, kind: str) -> str:
    """The name of an action among the administrators' notes."""
    if kind == "comment":
        return f"COMMENT_{'HIDE_COMMENT' if action == 'hide' else action.upper()}"
    return {"warn": "WARN_USER", "hide": "HIDE_POST", "ban_user": "BAN_USER", "dismiss": "DISMISS"}[action]


def _kind(content: Content, word: str) -> str:
    return f"{content.kind.upper()}_{word}"


def _counter(content: Content) -> str:
    return f"deleted{content.kind.title()}Count"


def _about(content: Content) -> tuple[str, str]:
    return content.kind, content.id


def _author(content: Content) -> dict[str, Any]:
    return {"userId": content.author_id}

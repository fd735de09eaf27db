"""Reports: those of one post or comment, and the statistics of all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from boto3.dynamodb.conditions import Attr

from admin.moderation.contents import Content
from admin.moderation.models import ReportStatsQuery
from kitchen import changes, clock, table, users
from kitchen.errors import BadRequest
from kitchen.keys import posts
from kitchen.routes import Call, Routes
from kitchen.table import Item

routes = Routes()

RECENT = 10
STATUSES = ("pending", "action_taken", "dismissed")


@routes.get("/admin/reports/stats", group="admin", query=ReportStatsQuery)
def get_stats(call: Call) -> dict[str, Any]:
    """Count the reports of a time."""
    wanted: ReportStatsQuery = call.query
    since = _moment("from", wanted.since)
    to = _moment("to", wanted.to)
    filters = {"type": wanted.type or "all", "from": wanted.since, "to": wanted.to}
    return {**stats(wanted.type or "all", since, to), "filters": filters, "generatedAt": clock.iso(call.now)}


def stats(kind: str, since: int | None, to: int | None) -> dict[str, Any]:
    """How many reports there are by status, type and reason, and the newest that wait."""
    by: dict[str, Counter[str]] = {"byStatus": Counter(), "byType": Counter(), "byReason": Counter()}
    recent: list[Item] = []
    for report in _reports(kind, since, to):
        by["byStatus"][report["status"]] += 1
        by["byType"][report["targetType"]] += 1
        by["byReason"][report["reason"]] += 1
        if report["status"] == "pending":
            recent = sorted([*recent, report], key=lambda one: one["createdAt"], reverse=True)[:RECENT]
    total = by["byType"].total()
    counted = {"byStatus": {**dict.fromkeys(STATUSES, 0), **by["byStatus"]}}
    counted |= {name: dict(counts) for name, counts in by.items() if name != "byStatus"}
    return {
        "stats": {**counted, "total": total, "recentReports": [users.attributes(report) for report in recent]},
        "summary": {"total": total, **counted["byStatus"]},
        "breakdown": {name: _shares(counts, total) for name, counts in counted.items()},
    }


def of_content(content: Content) -> list[Item]:
    """The reports of a post or comment, the newest first."""
    found = table.every(posts.target_partition(content.kind, content.id), prefix="REPORT#")
    return sorted(found, key=lambda report: str(report["createdAt"]), reverse=True)


def count_by(reports: Iterable[Item], name: str) -> dict[str, int]:
    """How many reports there are of each value of an attribute."""
    return dict(Counter(str(report[name]) for report in reports))


def settle(content: Content, status: str, by: str, notes: str, now: int) -> int:
    """Give the reports that wait a decision, and return how many those were."""
    waiting = [report for report in of_content(content) if report["status"] == "pending"]
    decided = {"status": status, "reviewedAt": clock.iso(now), "reviewedBy": by, "reviewNotes": notes}
    return sum(_settle(report, decided) for report in waiting)


def _settle(report: Item, decided: dict[str, str]) -> bool:
    key = {"PK": report["PK"], "SK": report["SK"]}
    try:
        changes.update(key, decided, when=Attr("status").eq("pending"))
    except changes.ConditionFailed:
        return False
    return True


def _reports(kind: str, since: int | None, to: int | None) -> Iterator[Item]:
    between = (clock.iso(since or 0), clock.iso(to) + "~" if to is not None else "~")
    for one in ("post", "comment") if kind == "all" else (kind,):
        yield from table.every(f"REPORTS#{one.upper()}", index="GSI1", between=between)


def _shares(counts: dict[str, int], total: int) -> dict[str, dict[str, float]]:
    return {
        name: {"count": count, "percentage": round(count / total * 100, 1) if total else 0}
        for name, count in counts.items()
    }


def _moment(name: str, text: str | None) -> int | None:
    """A time given as epoch ms, as a day, or as ISO-8601."""
    if not text:
        return None
    try:
        moment = int(text) if text.isascii() and text.isdigit() else clock.moment(text)
        clock.iso(moment)
    except (ValueError, OverflowError, OSError):
        raise BadRequest(f"{name}: this is no time") from None
    return moment

"""Lists of what is reported."""

from __future__ import annotations

from typing import Any

from admin.moderation import reports
from admin.moderation.contents import Content
from admin.moderation.models import ReportedCommentsQuery, ReportedPostsQuery
from kitchen import table, users
from kitchen.keys import posts
from kitchen.routes import Call, Routes
from kitchen.table import Item

routes = Routes()

USUAL = 50
PREVIEW = 100
POST_LEVELS = ((100, "critical"), (10, "high"))
COMMENT_LEVELS = ((10, "critical"), (5, "high"))


@routes.get("/admin/posts/reported", group="admin", query=ReportedPostsQuery)
def get_posts(call: Call) -> dict[str, Any]:
    """The reported posts, the most reported first."""
    wanted: ReportedPostsQuery = call.query
    return reported_posts(wanted.minReports, wanted.status or "all", wanted.limit or USUAL)


@routes.get("/admin/comments/reported", group="admin", query=ReportedCommentsQuery)
def get_comments(call: Call) -> dict[str, Any]:
    """The reports of comments, the newest first."""
    wanted: ReportedCommentsQuery = call.query
    return reported_comments(wanted.status or "all", wanted.limit or USUAL)


def reported_posts(least: int, status: str, limit: int) -> dict[str, Any]:
    """The posts with so many reports or more, in a status or in any."""

    def is_wanted(post: Item) -> bool:
        return post.get("reportCount", 0) >= least and status in ("all", post.get("status"))

    page = table.fill("REPORTED#POST", limit, is_wanted, index="GSI5", newest=True)
    authors = users.find_many(post["authorId"] for post in page.items)
    shown = [_post(Content("post", post["postId"], post), authors) for post in page.items]
    filters = {"minReports": least, "status": status, "limit": limit}
    return {
        "reports": shown,
        "posts": shown,
        "count": len(shown),
        "hasMore": page.next is not None,
        "filters": filters,
    }


def reported_comments(status: str, limit: int) -> dict[str, Any]:
    """The reports of comments that are in a status, as a report or as a comment."""

    def is_wanted(report: Item) -> bool:
        # whether the comment itself is in a status shows only below
        return status not in reports.STATUSES or report["status"] == status

    page = table.fill("REPORTS#COMMENT", limit, is_wanted, index="GSI1", newest=True)
    found = _comments(report["targetId"] for report in page.items)
    authors = users.find_many(comment.author_id for comment in found.values())
    shown = [_comment(report, found.get(report["targetId"]), authors) for report in page.items]
    if status not in ("all", *reports.STATUSES):
        shown = [one for one in shown if one["commentStatus"] == status]
    filters = {"status": status, "limit": limit}
    return {"reports": shown, "count": len(shown), "hasMore": page.next is not None, "filters": filters}


def severity(number: int, levels: tuple[tuple[int, str], ...]) -> str:
    """How pressing so many reports are."""
    return next((word for least, word in levels if number >= least), "normal")


def _post(post: Content, authors: dict[str, Item]) -> dict[str, Any]:
    made = reports.of_content(post)
    pending = [report for report in made if report["status"] == "pending"]
    latest: Item = (pending or made or [{}])[0]
    return {
        "reportId": f"post-{post.id}",
        "postId": post.id,
        "authorId": post.author_id,
        "authorUsername": authors.get(post.author_id, {}).get("username"),
        "reason": latest.get("reason"),
        "description": latest.get("details"),
        "preview": post.text(PREVIEW),
        "reportCount": post.reports,
        "pendingReportCount": len(pending),
        "status": "pending" if pending else "action_taken",
        "postStatus": post.status,
        "createdAt": latest.get("createdAt") or post.item["createdAt"],
        "severity": severity(post.reports, POST_LEVELS),
    }


def _comments(comment_ids: Any) -> dict[str, Content]:
    found: dict[str, Content] = {}
    for comment_id in dict.fromkeys(comment_ids):
        for item in table.query(posts.comment_partition(comment_id), index="GSI2", limit=1).items:
            found[comment_id] = Content("comment", comment_id, item)
    return found


def _comment(report: Item, comment: Content | None, authors: dict[str, Item]) -> dict[str, Any]:
    """A report with the comment it is about, which may be gone."""
    names = ("reportId", "postId", "reporterId", "reporterUsername", "reason", "details", "status", "createdAt")
    number = comment.reports if comment else 0
    author = comment.author_id if comment else report.get("targetAuthorId")
    return {
        **{name: report.get(name) for name in names},
        "commentId": report["targetId"],
        "commentContent": comment.item.get("content") if comment else None,
        "commentStatus": comment.status if comment else "deleted",
        "commentAuthorId": author,
        "commentAuthorUsername": authors.get(str(author), {}).get("username"),
        "reportCount": number,
        "preview": comment.text(PREVIEW) if comment else "",
        "severity": severity(number, COMMENT_LEVELS),
    }

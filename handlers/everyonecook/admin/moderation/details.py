"""One post or comment, with all that helps a moderator decide."""

from __future__ import annotations

from typing import Any

from admin.moderation import contents, reports
from admin.moderation.contents import Content
from admin.people.details import violations
from kitchen import table, users
from kitchen.keys import posts
from kitchen.routes import Call, Routes

routes = Routes()

VIOLATIONS = 10


@routes.get("/admin/posts/{postId}", group="admin")
def get_post(call: Call) -> dict[str, Any]:
    """A post with its author and reports."""
    post = contents.find("post", call.path["postId"])
    made = reports.of_content(post)
    return {
        "post": post.shown(),
        **_around(post, call.now),
        "reports": [users.attributes(report) for report in made],
        "reportSummary": {"total": len(made), "byReason": reports.count_by(made, "reason")},
    }


@routes.get("/admin/comments/{commentId}", group="admin")
def get_comment(call: Call) -> dict[str, Any]:
    """A comment with its post, author and reports."""
    comment = contents.find("comment", call.path["commentId"])
    post = table.get(posts.post(comment.post_id))
    made = reports.of_content(comment)
    by = {f"by{name.title()}": reports.count_by(made, name) for name in ("reason", "status")}
    return {
        "comment": comment.shown(),
        "post": Content("post", comment.post_id, post).shown() if post else None,
        **_around(comment, call.now),
        "reports": [users.attributes(report) for report in made],
        "reportSummary": {"total": len(made), **by},
    }


def _around(content: Content, now: int) -> dict[str, Any]:
    """The author, as far as it matters here, and what the author did before."""
    profile = users.find(content.author_id)
    names = ("userId", "username", "email", "fullName", "avatarUrl", "violationCount", "warningCount", "createdAt")
    author = profile and {
        **{name: profile.get(name) for name in names},
        "isBanned": users.is_banned(profile, now),
        "banExpiresAt": profile.get("banExpiresAt"),
    }
    return {"author": author, "authorViolations": violations(content.author_id, VIOLATIONS)}

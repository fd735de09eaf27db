"""Keys of posts, comments, reactions, reports and trends."""

from __future__ import annotations

from kitchen.keys.people import user

PUBLIC = "POST#PUBLIC"
TRENDING = "POST#TRENDING"
ALL_POSTS = "POSTS"


def post_partition(post_id: str) -> str:
    """The partition of everything that belongs to a post."""
    return f"POST#{post_id}"


def post(post_id: str) -> dict[str, str]:
    """A post."""
    return {"PK": post_partition(post_id), "SK": "METADATA"}


def post_indexes(post_id: str, author_id: str, privacy: str, likes: int, created: str) -> dict[str, str]:
    """A post among its author's (GSI1), in the public list or the author's own (GSI2), and among all (GSI4).

    A public one is also found by its likes (GSI3).
    """
    indexes = {
        "GSI1PK": user(author_id),
        "GSI1SK": f"POST#{created}#{post_id}",
        "GSI2PK": PUBLIC if privacy == "public" else f"POST#{author_id}",
        "GSI2SK": created,
        "GSI4PK": ALL_POSTS,
        "GSI4SK": created,
    }
    if privacy == "public":
        indexes |= {"GSI3PK": TRENDING, "GSI3SK": trending_rank(likes, created)}
    return indexes


def trending_rank(likes: int, created: str) -> str:
    """Where a post stands among the most liked."""
    return f"{min(max(likes, 0), 99_999):05d}#{created}"


def post_ingredient(post_id: str, ingredient: str) -> dict[str, str]:
    """An ingredient of a post, and the post among those with it (GSI4)."""
    return {
        "PK": post_partition(post_id),
        "SK": f"INGREDIENT#{ingredient}",
        "GSI4PK": f"POST_INGREDIENT#{ingredient}",
        "GSI4SK": post_partition(post_id),
    }


def post_image(post_id: str, file: str) -> dict[str, str]:
    """The file metadata of a post's picture."""
    return {"PK": post_partition(post_id), "SK": f"IMAGE#{file}"}


def comment(post_id: str, created: str, comment_id: str) -> dict[str, str]:
    """A comment; they sort by time."""
    return {"PK": post_partition(post_id), "SK": f"COMMENT#{created}#{comment_id}"}


def comment_indexes(author_id: str, created: str, post_id: str, comment_id: str) -> dict[str, str]:
    """A comment among its author's (GSI1), and by its id alone (GSI2)."""
    return {
        "GSI1PK": user(author_id),
        "GSI1SK": f"COMMENT#{created}",
        "GSI2PK": comment_partition(comment_id),
        "GSI2SK": post_partition(post_id),
    }


def comment_partition(comment_id: str) -> str:
    """The partition of a comment's reactions and reports, and the comment's own in GSI2."""
    return f"COMMENT#{comment_id}"


def target_partition(target_type: str, target_id: str) -> str:
    """The partition of a post's or a comment's reactions and reports."""
    return comment_partition(target_id) if target_type == "comment" else post_partition(target_id)


def reaction(target_type: str, target_id: str, user_id: str) -> dict[str, str]:
    """What a user feels about a post or a comment."""
    return {"PK": target_partition(target_type, target_id), "SK": f"REACTION#{user_id}"}


def reaction_index(user_id: str, created: str) -> dict[str, str]:
    """A reaction among its user's (GSI1), so that an account can be deleted whole."""
    return {"GSI1PK": user(user_id), "GSI1SK": f"REACTION#{created}"}


def report(target_type: str, target_id: str, reporter_id: str) -> dict[str, str]:
    """A user's report of a post or a comment."""
    return {"PK": target_partition(target_type, target_id), "SK": f"REPORT#{reporter_id}"}


def report_index(target_type: str, created: str, report_id: str) -> dict[str, str]:
    """A report among all of its kind by time (GSI1); GSI1SK begins with the ISO time."""
    return {"GSI1PK": f"REPORTS#{target_type.upper()}", "GSI1SK": f"{created}#{report_id}"}


def reported_index(target_type: str, reports: int, target_id: str) -> dict[str, str]:
    """A reported post or comment among its kind by the number of reports (GSI5); removed when none is left."""
    return {"GSI5PK": f"REPORTED#{target_type.upper()}", "GSI5SK": f"{min(reports, 99_999):05d}#{target_id}"}


def group(group_id: str) -> dict[str, str]:
    """A group of recipes."""
    return {"PK": f"GROUP#{group_id}", "SK": "METADATA"}


def group_recipe(group_id: str, recipe_id: str) -> dict[str, str]:
    """A recipe in a group."""
    return {"PK": f"GROUP#{group_id}", "SK": f"RECIPE#{recipe_id}"}


def trending_search(week: str, term: str, times: int) -> dict[str, str]:
    """What was searched for in a week, and by how often (GSI4)."""
    partition = trending_searches(week)
    return {"PK": partition, "SK": f"TERM#{term}", "GSI4PK": partition, "GSI4SK": f"COUNT#{times:010d}"}


def trending_likes(week: str, post_id: str, likes: int) -> dict[str, str]:
    """A post liked in a week, and by how much (GSI4)."""
    partition = trending_posts(week)
    return {"PK": partition, "SK": post_partition(post_id), "GSI4PK": partition, "GSI4SK": f"LIKES#{likes:010d}"}


def trending_searches(week: str) -> str:
    """The partition of a week's searches."""
    return f"TRENDING#SEARCH#{week}"


def trending_posts(week: str) -> str:
    """The partition of a week's liked posts."""
    return f"TRENDING#LIKES#{week}"

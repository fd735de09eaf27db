"""People named in a text."""

from __future__ import annotations

import re

from kitchen import users
from kitchen.table import Item
from social.circle import Circle
from social.visibility import may_list

# More names than this in one comment are no conversation.
MOST = 20
_NAME = re.compile(r"(?<![A-Za-z0-9_@.])@([A-Za-z0-9_]{3,30})")


def names_in(text: str) -> list[str]:
    """The user names after an @ in a text, in lower case, each once."""
    return list(dict.fromkeys(name.lower() for name in _NAME.findall(text)))[:MOST]


def mentioned(author: str, text: str, post: Item) -> list[str]:
    """The ids of those named in a text about a post who may see that post and the author."""
    found = filter(None, map(users.by_username, names_in(text)))
    return [person["userId"] for person in found if person["userId"] != author and _may_know(person, author, post)]


def _may_know(person: Item, author: str, post: Item) -> bool:
    circle = Circle(person["userId"])
    circle.meet([author, post["authorId"]])
    return may_list(post, circle.person(post["authorId"]).relation) and not circle.person(author).is_blocked

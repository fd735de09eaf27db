"""The people a viewer meets in one request: how they are called, and what they are to the viewer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from kitchen import cdn, privacy, table
from kitchen.keys import people
from kitchen.levels import Relationship, effective, of_records
from kitchen.table import Item

Found = Mapping[tuple[str, str], Item]


@dataclass(frozen=True)
class Person:
    """Somebody as a viewer may see them; without a name where there is no profile any more."""

    user_id: str
    username: str | None
    full_name: str | None
    avatar_url: str
    relation: Relationship

    @property
    def name(self) -> str | None:
        """How the person is called in a list."""
        return self.full_name or self.username

    @property
    def is_blocked(self) -> bool:
        """Whether one of the two has blocked the other."""
        return self.relation is Relationship.BLOCKED


class Circle:
    """Looks people up for one viewer (None: anybody), each of them once."""

    def __init__(self, viewer: str | None) -> None:
        self.viewer = viewer
        self._met: dict[str, Person] = {}

    def meet(self, user_ids: Iterable[str]) -> None:
        """Look up whoever of these is not known yet, all in one go."""
        new = [user_id for user_id in dict.fromkeys(user_ids) if user_id not in self._met]
        if not new:
            return
        found = table.get_many(key for user_id in new for key in self._keys(user_id))
        for user_id in new:
            self._met[user_id] = self._person(user_id, found)

    def person(self, user_id: str) -> Person:
        """Somebody, looked up if need be."""
        self.meet([user_id])
        return self._met[user_id]

    def _keys(self, user_id: str) -> list[dict[str, str]]:
        keys = [people.profile(user_id), people.privacy(user_id)]
        if self.viewer not in (None, user_id):
            keys += [people.friendship(str(self.viewer), user_id), people.friendship(user_id, str(self.viewer))]
        return keys

    def _person(self, user_id: str, found: Found) -> Person:
        profile, settings, *records = (found.get((key["PK"], key["SK"])) for key in self._keys(user_id))
        relation = Relationship.SELF if user_id == self.viewer else of_records(*records)
        seen: Mapping[str, Any] = privacy.visible(profile or {}, effective(settings), relation)
        return Person(
            user_id=user_id,
            username=seen.get("username"),
            full_name=seen.get("fullName"),
            avatar_url=seen.get("avatarUrl") or cdn.default_avatar(),
            relation=relation,
        )

"""Lists that are read page by page, of what the viewer may see."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from kitchen import paging, table
from kitchen.table import Item, Page

Keep = Callable[[list[Item]], list[Item]]


def read(
    partition: str,
    want: int,
    keep: Keep,
    start: Mapping[str, Any] | None,
    *,
    index: str = "",
    prefix: str = "",
    newest: bool = True,
) -> Page:
    """The next `want` items of those that `keep` leaves over; it is asked about a whole query's worth at a time."""
    kept: list[Item] = []
    at: Mapping[str, Any] | None = start
    for _ in range(table.ROUNDS):
        page = table.query(partition, index=index, prefix=prefix, newest=newest, limit=want + 1, start=at)
        kept += keep(page.items)
        # one more than wanted tells that there is a next page
        if len(kept) > want:
            return Page(kept[:want], table.position(kept[want - 1], index))
        at = page.next
        if at is None:
            break
    return Page(kept, dict(at) if at else None)


def listing(name: str, items: list[Any], position: Mapping[str, Any] | None) -> dict[str, Any]:
    """A page as it is answered: its items, and the token of the next one under both its names."""
    token = paging.url_token(position)
    return {name: items, "nextToken": token, "lastKey": token, "hasMore": token is not None}

"""How many pictures a post or a recipe has: two requests cannot both take its last place."""

from __future__ import annotations

from boto3.dynamodb.conditions import Attr

from kitchen import changes, table
from kitchen.errors import BadRequest, Conflict
from kitchen.files import File
from kitchen.steps import Put, Update
from kitchen.table import Item
from upload.kinds import KINDS

TRIES = 5


def put(file: File, noted: Item) -> None:
    """Write a file's item, unless its post or recipe is full."""
    item = {**file.item, **noted}
    most = KINDS[file.kind].most
    if not most:
        changes.put(item)
        return
    for _ in range(TRIES):
        turn = table.get(_turns(file), consistent=True) or {}
        if taken(file) >= most:
            raise BadRequest(f"a {file.kind} has at most {most} pictures")
        unseen = Attr("turn").eq(turn["turn"]) if turn else changes.ABSENT
        try:
            changes.transact(Put(item), Update(_turns(file), add={"turn": 1}, when=unseen))
        except changes.ConditionFailed:
            continue
        return
    raise Conflict("other pictures are being added at the same time; try again")


def taken(file: File) -> int:
    """How many other pictures there are beside a file, without those that were deleted."""
    kept = Attr("fileKey").exists() & Attr("status").ne("deleted")
    others = table.every(file.item["PK"], prefix=_beside(file), where=kept, consistent=True)
    return sum(item["SK"] != file.item["SK"] for item in others)


def _turns(file: File) -> dict[str, str]:
    """The item that every newcomer changes, so that one waits for the other; it goes where the pictures go."""
    return {"PK": file.item["PK"], "SK": f"{_beside(file)}TURN"}


def _beside(file: File) -> str:
    return file.item["SK"].removesuffix(file.name)

"""Sections that users add to their profiles, and the fields in them."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from boto3.dynamodb.conditions import Attr
from botocore.exceptions import BotoCoreError, ClientError

from auth_user import fields
from auth_user.fields import SECTIONS_MOST
from auth_user.models import CreateSectionRequest, UpdateSectionRequest
from kitchen import changes, levels, privacy, table, users
from kitchen.errors import BadRequest, NotFound
from kitchen.keys import people
from kitchen.levels import Relationship
from kitchen.logs import logger
from kitchen.routes import Answer, Call, Routes
from kitchen.steps import Delete, Put, Update

routes = Routes()

Section = dict[str, Any]


@routes.get("/users/profile/custom-sections")
def list_own(call: Call) -> dict[str, Any]:
    """The caller's sections."""
    return {"sections": listed(call.user_id, Relationship.SELF)}


@routes.post("/users/profile/custom-sections", body=CreateSectionRequest)
def create(call: Call) -> Answer:
    """Add a section."""
    return Answer({"section": add(call.user_id, call.body.model_dump(exclude_none=True), call.now)}, 201)


@routes.put("/users/profile/custom-sections/{sectionId}", body=UpdateSectionRequest)
def update(call: Call) -> dict[str, Any]:
    """Change a section."""
    wanted = call.body.model_dump(exclude_unset=True)
    return {"section": change(call.user_id, call.path["sectionId"], wanted, call.now)}


@routes.delete("/users/profile/custom-sections/{sectionId}")
def delete(call: Call) -> Answer:
    """Remove a section and its fields."""
    remove(call.user_id, call.path["sectionId"])
    return Answer(status=204)


@routes.get("/users/{userId}/custom-sections")
def list_of_user(call: Call) -> dict[str, Any]:
    """The sections of a user that the caller may see."""
    owner = call.path["userId"]
    try:
        return {"sections": listed(owner, privacy.relationship(call.user_id, owner))}
    except (BotoCoreError, ClientError):
        logger.warning("a user's sections could not be read", exc_info=True)
        return {"sections": []}


def listed(owner: str, relation: Relationship) -> list[Section]:
    """An owner's sections in order, each with its fields in order, as far as a viewer may see them."""
    sections: dict[str, Section] = {}
    found: list[Section] = []
    for item in table.every(people.user(owner), prefix="CUSTOM_"):
        if not levels.may_see(item.get("privacy", "public"), relation):
            continue
        shown = users.attributes(item)
        if item["SK"].startswith("CUSTOM_SECTION#"):
            sections[item["sectionId"]] = {**_without_count(shown), "fields": []}
        else:
            found.append(shown)
    for field in sorted(found, key=_place):
        if field["sectionId"] in sections:
            sections[field["sectionId"]]["fields"].append(field)
    return sorted(sections.values(), key=_place)


def add(owner: str, wanted: dict[str, Any], now: int) -> Section:
    """A new section behind the others; five are allowed."""
    section_id = str(uuid4())
    key = people.custom_section(owner, section_id)
    section = {
        "sectionId": section_id,
        "title": wanted["title"],
        "description": wanted.get("description", ""),
        "privacy": wanted["privacy"],
        "order": now // 1_000,
        "createdAt": now,
        "updatedAt": now,
    }
    room = Attr("sections").not_exists() | Attr("sections").lt(SECTIONS_MOST)
    totals = Update(people.custom_totals(owner), add={"sections": 1}, when=room)
    try:
        changes.transact(totals, Put({**key, **section, "fieldCount": 0}, changes.ABSENT))
    except changes.ConditionFailed:
        raise BadRequest(f"a profile has at most {SECTIONS_MOST} sections") from None
    return section


def change(owner: str, section_id: str, wanted: dict[str, Any], now: int) -> Section:
    """Change a section that exists."""
    if not wanted:
        raise BadRequest("name at least one field")
    key = people.custom_section(owner, section_id)
    try:
        item = changes.update(key, {**wanted, "updatedAt": now}, when=changes.PRESENT)
    except changes.ConditionFailed:
        raise missing() from None
    return _without_count(users.attributes(item))


def remove(owner: str, section_id: str) -> None:
    """Remove a section with its fields, whatever another request adds to it meanwhile."""
    key = people.custom_section(owner, section_id)
    for _ in range(5):
        section = table.get(key, consistent=True)
        if section is None:
            raise missing()
        within = fields.of_section(owner, section_id)
        counted = section.get("fieldCount", len(within))
        same = Attr("fieldCount").eq(counted) if "fieldCount" in section else changes.PRESENT
        totals = Update(people.custom_totals(owner), add={"sections": -1, "fields": -counted})
        gone = [Delete({"PK": field["PK"], "SK": field["SK"]}) for field in within]
        try:
            changes.transact(Delete(key, same), totals, *gone)
        except changes.ConditionFailed:
            continue
        return
    raise BadRequest("the section keeps changing; try again")


def missing() -> NotFound:
    """The refusal of a section that is not there."""
    return NotFound("there is no such section")


def _without_count(section: Section) -> Section:
    return {name: value for name, value in section.items() if name != "fieldCount"}


def _place(item: dict[str, Any]) -> tuple[int, int]:
    return item.get("order", 0), item.get("createdAt", 0)

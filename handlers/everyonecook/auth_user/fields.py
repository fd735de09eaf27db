"""The fields of a profile's custom sections."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from boto3.dynamodb.conditions import Attr

from auth_user.models import CreateFieldRequest, UpdateFieldRequest
from kitchen import changes, table, users
from kitchen.errors import BadRequest, NotFound
from kitchen.keys import people
from kitchen.routes import Answer, Call, Routes
from kitchen.steps import Delete, Put, Update

routes = Routes()

SECTIONS_MOST = 5
FIELDS_MOST = 10
ALL_FIELDS_MOST = 30
_PATH = "/users/profile/custom-sections/{sectionId}/fields"

Field = dict[str, Any]


@routes.post(_PATH, body=CreateFieldRequest)
def create(call: Call) -> Answer:
    """Add a field to a section."""
    wanted = call.body.model_dump(exclude_none=True)
    return Answer({"field": add(call.user_id, call.path["sectionId"], wanted, call.now)}, 201)


@routes.put(f"{_PATH}/{{fieldId}}", body=UpdateFieldRequest)
def update(call: Call) -> dict[str, Any]:
    """Change a field."""
    wanted = call.body.model_dump(exclude_unset=True)
    key = people.custom_field(call.user_id, call.path["sectionId"], call.path["fieldId"])
    return {"field": change(key, wanted, call.now)}


@routes.delete(f"{_PATH}/{{fieldId}}")
def delete(call: Call) -> Answer:
    """Remove a field."""
    remove(call.user_id, call.path["sectionId"], call.path["fieldId"])
    return Answer(status=204)


def of_section(owner: str, section_id: str) -> list[Field]:
    """The fields of a section, as they lie in the table."""
    return list(table.every(people.user(owner), prefix=f"CUSTOM_FIELD#{section_id}#", consistent=True))


def add(owner: str, section_id: str, wanted: dict[str, Any], now: int) -> Field:
    """A new field: ten in a section are allowed, thirty in a profile."""
    field_id = str(uuid4())
    field = {
        "fieldId": field_id,
        "sectionId": section_id,
        "label": "",
        "type": "text",
        "value": "",
        "required": False,
        "order": now // 1_000,
        "options": [],
        **wanted,
        "createdAt": now,
        "updatedAt": now,
    }
    room = Attr("fieldCount").lt(FIELDS_MOST) & changes.PRESENT
    more = Attr("fields").not_exists() | Attr("fields").lt(ALL_FIELDS_MOST)
    try:
        changes.transact(
            Update(people.custom_section(owner, section_id), add={"fieldCount": 1}, when=room),
            Update(people.custom_totals(owner), add={"fields": 1}, when=more),
            Put({**people.custom_field(owner, section_id, field_id), **field}, changes.ABSENT),
        )
    except changes.ConditionFailed as failed:
        raise _refusal(failed) from None
    return field


def change(key: dict[str, str], wanted: dict[str, Any], now: int) -> Field:
    """Change a field that exists."""
    if not wanted:
        raise BadRequest("name at least one attribute")
    try:
        item = changes.update(key, {**wanted, "updatedAt": now}, when=changes.PRESENT)
    except changes.ConditionFailed:
        raise NotFound("there is no such field") from None
    return users.attributes(item)


def remove(owner: str, section_id: str, field_id: str) -> None:
    """Remove a field and make its place free."""
    try:
        changes.transact(
            Delete(people.custom_field(owner, section_id, field_id), changes.PRESENT),
            Update(people.custom_section(owner, section_id), add={"fieldCount": -1}, when=changes.PRESENT),
            Update(people.custom_totals(owner), add={"fields": -1}),
        )
    except changes.ConditionFailed:
        raise NotFound("there is no such field") from None


def _refusal(failed: changes.ConditionFailed) -> BadRequest | NotFound:
    if failed.at == 1:
        return BadRequest(f"a profile has at most {ALL_FIELDS_MOST} fields")
    if failed.old is None:
        return NotFound("there is no such section")
    return BadRequest(f"a section has at most {FIELDS_MOST} fields")

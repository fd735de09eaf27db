from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any

import pytest
import world
from auth_user import fields, sections
from faults import unreachable
from front import Front
from kitchen import table
from kitchen.errors import BadRequest, NotFound
from kitchen.levels import Relationship
from world import ALICE, BOB, CAROL, NOW

OWN = "/users/profile/custom-sections"


def add_section(front: Front, **body: Any) -> str:
    answer = front.post(OWN, {"title": "Kitchen", **body}, who=BOB)
    assert answer.status == 201
    found: str = answer.body["data"]["section"]["sectionId"]
    return found


def add_field(front: Front, section: str, **body: Any) -> str:
    answer = front.post(f"{OWN}/{section}/fields", {"label": "Knife", **body}, who=BOB)
    assert answer.status == 201
    found: str = answer.body["data"]["field"]["fieldId"]
    return found


def listed(front: Front, who: str = BOB) -> list[dict[str, Any]]:
    answer = front.get(OWN if who == BOB else f"/users/{BOB}/custom-sections", who=who)
    assert answer.status == 200
    found: list[dict[str, Any]] = answer.body["data"]["sections"]
    return found


def test_a_section_and_its_fields_are_listed_as_they_were_made(front: Front) -> None:
    section = add_section(front, description="tools")
    field = add_field(front, section, type="select", value="gyuto", options=["gyuto", "petty"], required=True)
    (found,) = listed(front)
    assert {name: found[name] for name in ("sectionId", "title", "description", "privacy")} == {
        "sectionId": section,
        "title": "Kitchen",
        "description": "tools",
        "privacy": "public",
    }
    (made,) = found["fields"]
    names = ("fieldId", "label", "type", "value", "privacy", "required", "options")
    assert [made[name] for name in names] == [
        field,
        "Knife",
        "select",
        "gyuto",
        "public",
        True,
        ["gyuto", "petty"],
    ]
    assert not found.keys() & {"PK", "SK", "fieldCount"}


def test_a_field_that_says_nothing_has_defaults(front: Front) -> None:
    section = add_section(front)
    made = front.post(f"{OWN}/{section}/fields", {}, who=BOB).body["data"]["field"]
    kept = {name: made[name] for name in ("label", "type", "value", "privacy", "required", "options")}
    assert kept == {"label": "", "type": "text", "value": "", "privacy": "public", "required": False, "options": []}


def test_sections_are_listed_in_their_order(front: Front) -> None:
    one, two = add_section(front, title="one"), add_section(front, title="two")
    assert front.put(f"{OWN}/{one}", {"order": 2}, who=BOB).status == 200
    assert front.put(f"{OWN}/{two}", {"order": 1}, who=BOB).status == 200
    assert [section["title"] for section in listed(front)] == ["two", "one"]


def test_a_changed_section_reads_as_changed(front: Front) -> None:
    section = add_section(front)
    answer = front.put(f"{OWN}/{section}", {"title": "New", "privacy": "friends"}, who=BOB)
    assert answer.status == 200
    assert answer.body["data"]["section"]["title"] == "New"
    assert (listed(front)[0]["title"], listed(front)[0]["privacy"]) == ("New", "friends")


def test_a_changed_field_reads_as_changed(front: Front) -> None:
    section = add_section(front)
    field = add_field(front, section)
    answer = front.put(f"{OWN}/{section}/fields/{field}", {"value": True, "type": "checkbox"}, who=BOB)
    assert answer.status == 200
    (made,) = listed(front)[0]["fields"]
    assert (made["value"], made["type"], made["label"]) == (True, "checkbox", "Knife")


def test_a_section_goes_with_its_fields(front: Front) -> None:
    section, other = add_section(front), add_section(front)
    for _ in range(3):
        add_field(front, section)
    add_field(front, other)
    answer = front.delete(f"{OWN}/{section}", who=BOB)
    assert (answer.status, answer.body) == (204, None)
    assert [found["sectionId"] for found in listed(front)] == [other]
    totals = world.item(f"USER#{BOB}", "CUSTOMISATION") or {}
    assert (totals["sections"], totals["fields"]) == (1, 1)


def test_a_field_goes_alone_and_makes_room(front: Front) -> None:
    section = add_section(front)
    made = [add_field(front, section) for _ in range(10)]
    assert front.post(f"{OWN}/{section}/fields", {}, who=BOB).status == 400
    answer = front.delete(f"{OWN}/{section}/fields/{made[0]}", who=BOB)
    assert (answer.status, answer.body) == (204, None)
    assert len(listed(front)[0]["fields"]) == 9
    assert front.post(f"{OWN}/{section}/fields", {}, who=BOB).status == 201


def test_a_profile_has_five_sections(front: Front) -> None:
    for _ in range(5):
        add_section(front)
    answer = front.post(OWN, {"title": "sixth"}, who=BOB)
    assert (answer.status, answer.body) == (400, {"error": "a profile has at most 5 sections"})
    assert len(listed(front)) == 5


def test_a_section_has_ten_fields_and_a_profile_thirty(front: Front) -> None:
    made = [add_section(front) for _ in range(4)]
    for section in made[:3]:
        for _ in range(10):
            add_field(front, section)
    eleventh = front.post(f"{OWN}/{made[0]}/fields", {}, who=BOB)
    assert (eleventh.status, eleventh.body) == (400, {"error": "a section has at most 10 fields"})
    answer = front.post(f"{OWN}/{made[3]}/fields", {}, who=BOB)
    assert (answer.status, answer.body) == (400, {"error": "a profile has at most 30 fields"})


@pytest.mark.usefixtures("aws")
def test_of_many_who_take_the_last_place_one_gets_it() -> None:
    for _ in range(4):
        sections.add(BOB, {"title": "x", "privacy": "public"}, NOW)

    def add(_: int) -> bool:
        try:
            sections.add(BOB, {"title": "last", "privacy": "public"}, NOW)
        except BadRequest:
            return False
        return True

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(add, range(6))) == 1
    assert len(sections.listed(BOB, Relationship.SELF)) == 5


@pytest.mark.parametrize(
    ("method", "path", "body", "told"),
    [
        ("PUT", f"{OWN}/none", {"title": "x"}, "there is no such section"),
        ("DELETE", f"{OWN}/none", None, "there is no such section"),
        ("POST", f"{OWN}/none/fields", {}, "there is no such section"),
        ("PUT", f"{OWN}/none/fields/none", {"label": "x"}, "there is no such field"),
        ("DELETE", f"{OWN}/none/fields/none", None, "there is no such field"),
    ],
)
def test_what_is_not_there_is_not_found_and_not_made(
    front: Front, method: str, path: str, body: Any, told: str
) -> None:
    answer = front.call(method, path, who=BOB, body=body)
    assert (answer.status, answer.body) == (404, {"error": told})
    assert listed(front) == []
    assert world.item(f"USER#{BOB}", "CUSTOMISATION") is None


def test_a_section_of_somebody_else_is_not_there(front: Front) -> None:
    section = add_section(front)
    field = add_field(front, section)
    assert front.put(f"{OWN}/{section}", {"title": "mine"}, who=ALICE).status == 404
    assert front.delete(f"{OWN}/{section}", who=ALICE).status == 404
    assert front.post(f"{OWN}/{section}/fields", {}, who=ALICE).status == 404
    assert front.delete(f"{OWN}/{section}/fields/{field}", who=ALICE).status == 404
    assert listed(front)[0]["title"] == "Kitchen"


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"title": ""},
        {"title": "x" * 51},
        {"title": "x", "privacy": "all"},
        {"title": 5},
        {"title": "x", "order": 1},
    ],
)
def test_a_malformed_section_is_refused(front: Front, body: dict[str, Any]) -> None:
    assert front.post(OWN, body, who=BOB).status == 400
    assert listed(front) == []


@pytest.mark.parametrize(
    "body",
    [{"label": "x" * 101}, {"type": "number"}, {"value": {"a": 1}}, {"options": "x"}, {"required": "yes"}, {"more": 1}],
)
def test_a_malformed_field_is_refused(front: Front, body: dict[str, Any]) -> None:
    section = add_section(front)
    field = add_field(front, section)
    assert front.post(f"{OWN}/{section}/fields", body, who=BOB).status == 400
    assert front.put(f"{OWN}/{section}/fields/{field}", body, who=BOB).status == 400
    assert len(listed(front)[0]["fields"]) == 1


@pytest.mark.parametrize("path", [f"{OWN}/x1", f"{OWN}/x1/fields/x1"])
def test_a_change_of_nothing_is_refused(front: Front, path: str) -> None:
    assert front.put(path, {}, who=BOB).status == 400


def test_others_see_the_sections_and_fields_that_are_meant_for_them(front: Front) -> None:
    world.befriend(BOB, CAROL)
    public = add_section(front, title="public")
    add_section(front, title="friends", privacy="friends")
    add_section(front, title="private", privacy="private")
    for privacy in ("public", "friends", "private"):
        add_field(front, public, label=privacy, privacy=privacy)

    def seen(who: str) -> list[tuple[str, list[str]]]:
        return [(found["title"], [field["label"] for field in found["fields"]]) for found in listed(front, who)]

    assert sorted(seen(ALICE)) == [("public", ["public"])]
    assert [title for title, _ in sorted(seen(CAROL))] == ["friends", "public"]
    assert sorted(dict(seen(CAROL))["public"]) == ["friends", "public"]
    assert len(listed(front)) == 3
    own = front.get(f"/users/{BOB}/custom-sections", who=BOB).body["data"]["sections"]
    assert len(own) == 3
    world.befriend(BOB, ALICE, "blocked", both=False)
    assert seen(ALICE) == []


def test_sections_of_nobody_are_none(front: Front) -> None:
    assert listed(front, ALICE) == []


def test_sections_that_cannot_be_read_are_none(front: Front) -> None:
    add_section(front)
    with unreachable(table.client, "Query"):
        assert listed(front, ALICE) == []


@pytest.mark.usefixtures("aws")
def test_a_field_added_while_its_section_goes_is_not_left_behind() -> None:
    section = sections.add(BOB, {"title": "x", "privacy": "public"}, NOW)["sectionId"]
    for _ in range(3):
        fields.add(BOB, section, {}, NOW)

    def add(_: int) -> None:
        with suppress(NotFound, BadRequest):
            fields.add(BOB, section, {}, NOW)

    with ThreadPoolExecutor(4) as pool:
        waiting = [pool.submit(add, number) for number in range(3)]
        sections.remove(BOB, section)
        for task in waiting:
            task.result()
    assert fields.of_section(BOB, section) == []
    totals = world.item(f"USER#{BOB}", "CUSTOMISATION") or {}
    assert (totals["sections"], totals["fields"]) == (0, 0)

from __future__ import annotations

import json
import re
from typing import Any

import jwt
import office
import pytest
import world
from contract import CONTRACT
from front import ISSUER, Front
from operations import Operation, promised
from world import ALICE

FOR_ADMINISTRATORS = [
    said for said in promised(json.loads(CONTRACT.read_text())) if said.module == "admin" and said.group == "admin"
]


def call(front: Front, said: Operation, **how: Any) -> Any:
    path = re.sub(r"\{\w+\}", "x1", said.path)
    return front.call(said.method, path, query={"cascade": "true"}, **how)


def test_most_routes_are_for_administrators() -> None:
    assert len(FOR_ADMINISTRATORS) == 31


@pytest.mark.parametrize("said", FOR_ADMINISTRATORS, ids=lambda said: said.name)
def test_nobody_else_is_let_in(front: Front, said: Operation) -> None:
    world.sign_up(ALICE, "alice")
    before = office.written()
    forged = jwt.encode({"sub": ALICE, "iss": ISSUER, "cognito:groups": ["admin"]}, "", algorithm="none")
    for headers, who, status in (
        ({}, ALICE, 403),
        ({"X-Admin-Key": "admin", "X-Admin": "true"}, ALICE, 403),
        ({"X-Admin-Key": "admin"}, None, 401),
        ({"Authorization": f"Bearer {forged}"}, None, 401),
    ):
        answer = call(front, said, who=who, headers=headers)
        assert answer.status == status
        if status == 403:
            assert answer.body["error"]["code"] == "ADMIN_UNAUTHORIZED"
    assert office.written() == before


@pytest.mark.parametrize("groups", [["Admin"], ["cooks", "ADMIN"]])
def test_the_group_counts_in_any_case(front: Front, groups: list[str]) -> None:
    assert front.get("/admin/activity", who=ALICE, groups=groups).status == 200


@pytest.mark.parametrize("groups", [["administrator"], ["admin-of-nothing"], ["cooks"]])
def test_a_like_named_group_is_none(front: Front, groups: list[str]) -> None:
    assert front.get("/admin/activity", who=ALICE, groups=groups).status == 403

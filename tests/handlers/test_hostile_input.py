"""Every route of every module, met by input that means no good: refused in its envelope, nothing written."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
import world
from contract import CONTRACT, present
from front import Front
from operations import Operation, promised
from world import ALICE

OPERATIONS = [said for said in promised(json.loads(CONTRACT.read_text())) if said.module in present()]
WITH_BODY = [said for said in OPERATIONS if said.body]
PROTECTED = [said for said in OPERATIONS if not said.public]
ADMINISTRATORS = [said for said in OPERATIONS if said.group]
IDENTIFIED = [said for said in OPERATIONS if re.search(r"\{(?!key\+|ingredient)\w+\}", said.path)]

BODIES = {
    "no JSON": "{nothing",
    "nothing but a word": '"text"',
    "a list": "[]",
    "null": "null",
    "unknown fields": '{"__proto__": {"admin": true}, "isAdmin": true}',
    "deep nesting": "[" * 20_000,
    "deep objects": '{"a":' * 5_000,
    "a huge text": json.dumps({"username": "x" * 300_000}),
    "a broken escape": '{"a": "\\ud800"}',
}


def called(front: Front, said: Operation, **how: Any) -> Any:
    path = re.sub(r"\{(\w+)\+?\}", "x1", said.path)
    query = {name: "abc" for name, (required, _) in said.query.items() if required}
    how.setdefault("groups", ["admin"] if said.group else None)
    return front.call(said.method, path, query={**query, **how.pop("query", {})}, **how)


def is_refusal(body: Any) -> bool:
    return isinstance(body, dict) and bool(body.keys() & {"error", "message"}) and "data" not in body


@pytest.mark.parametrize("said", WITH_BODY, ids=lambda said: said.name)
def test_a_body_that_means_no_good_is_refused_and_nothing_is_written(front: Front, said: Operation) -> None:
    for kind, raw in BODIES.items():
        answer = called(front, said, who=ALICE, raw=raw)
        assert answer.status == 400, kind
        assert is_refusal(answer.body), kind
    assert [key for key in world.items() if not key["PK"].startswith("ACTIVITY_LOG#")] == []
    assert world.objects() == []


@pytest.mark.parametrize("said", WITH_BODY, ids=lambda said: said.name)
@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "application/xml"])
def test_a_body_of_another_type_gets_its_400(front: Front, said: Operation, kind: str) -> None:
    answer = called(front, said, who=ALICE, raw="{}", headers={"Content-Type": kind})
    assert answer.status == 400
    assert is_refusal(answer.body)


@pytest.mark.parametrize("said", [said for said in WITH_BODY if said.body_required], ids=lambda said: said.name)
def test_a_body_that_is_missing_gets_its_400(front: Front, said: Operation) -> None:
    answer = called(front, said, who=ALICE)
    assert answer.status == 400
    assert is_refusal(answer.body)


@pytest.mark.parametrize("said", PROTECTED, ids=lambda said: said.name)
def test_nobody_passes_without_a_token(front: Front, said: Operation) -> None:
    assert called(front, said).status == 401
    assert front.forwarded == []
    assert world.items() == []


@pytest.mark.parametrize("said", PROTECTED, ids=lambda said: said.name)
def test_a_module_asks_for_a_caller_itself(front: Front, said: Operation) -> None:
    import importlib

    from front import CONTEXT, gateway_event, parsed

    event = gateway_event(said.method, re.sub(r"\{(\w+)\+?\}", "x1", said.path), headers={})
    answer = parsed(importlib.import_module(f"{said.module}.handler").handler(event, CONTEXT))
    assert answer.status == 401
    assert is_refusal(answer.body)


@pytest.mark.parametrize("said", ADMINISTRATORS, ids=lambda said: said.name)
def test_only_administrators_pass_where_the_contract_says_so(front: Front, said: Operation) -> None:
    answer = called(front, said, who=ALICE, groups=["cooks"])
    assert answer.status == 403
    assert is_refusal(answer.body)


@pytest.mark.parametrize("said", IDENTIFIED, ids=lambda said: said.name)
@pytest.mark.parametrize("value", ["a%23PROFILE", "a%20b", "%00", "..%2F..", "x" * 200, "%F0%9F%8D%9C"])
def test_a_path_that_names_nothing_is_not_found(front: Front, said: Operation, value: str) -> None:
    path = re.sub(r"\{(\w+)\+?\}", value, said.path)
    answer = front.call(said.method, path, who=ALICE, groups=["admin"], query={"q": "ab", "cascade": "true"})
    assert answer.status == 404
    assert is_refusal(answer.body)

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import contract
import pytest
from operations import promised


def test_contract_and_code_agree() -> None:
    assert contract.differences() == []


def test_writing_what_agrees_changes_nothing() -> None:
    before = contract.CONTRACT.read_bytes(), contract.ROUTES.read_bytes()
    assert contract.write() == []
    assert (contract.CONTRACT.read_bytes(), contract.ROUTES.read_bytes()) == before


def test_the_contract_has_the_routes_of_the_specification() -> None:
    promises = list(promised(json.loads(contract.CONTRACT.read_text())))
    assert len(promises) == 155
    assert Counter(said.module for said in promises) == {
        "health": 2,
        "auth_user": 38,
        "social": 59,
        "recipe_ai": 15,
        "admin": 38,
        "upload": 3,
    }


class Altered:
    """An api.json that says something else."""

    def __init__(self, contract: dict[str, Any]) -> None:
        self.text = json.dumps(contract)

    def read_text(self) -> str:
        return self.text


def test_every_difference_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    changed = json.loads(contract.CONTRACT.read_text())
    del changed["paths"]["/auth/login"]
    changed["paths"]["/auth/more"] = {"get": {"x-module": "auth_user", "security": [], "responses": {}}}
    changed["paths"]["/users/me"]["get"]["security"] = []
    changed["components"]["schemas"]["RefreshRequest"]["properties"]["refreshToken"]["maxLength"] = 9
    changed["paths"]["/users/search"]["get"]["parameters"][1]["schema"]["maximum"] = 99
    monkeypatch.setattr(contract, "CONTRACT", Altered(changed))
    assert contract.differences() == [
        "GET /auth/more: in api.json, but auth_user has no such route",
        "POST /auth/login: a route of auth_user, but not in api.json",
        "GET /users/me: public is True in api.json and False in code",
        "GET /users/search: query limit.schema.maximum is 99 in api.json and 50 in code",
        "POST /auth/refresh: body.properties.refreshToken.maxLength is 9 in api.json and 8192 in code",
        "routes.json: not what api.json says; run scripts/contract.py --write",
    ]


def test_what_the_code_says_is_carried_into_the_contract(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    said = contract.CONTRACT.read_text()
    changed = json.loads(said)
    schemas = changed["components"]["schemas"]
    schemas["RefreshRequest"]["properties"]["refreshToken"]["maxLength"] = 9
    schemas["LoginRequest"]["properties"]["more"] = {"type": "string"}
    del schemas["CreateFieldRequest"]["properties"]["value"]["anyOf"]
    changed["paths"]["/users/search"]["get"]["parameters"][1]["schema"]["maximum"] = 99
    monkeypatch.setattr(contract, "CONTRACT", tmp_path / "api.json")
    monkeypatch.setattr(contract, "ROUTES", tmp_path / "routes.json")
    contract.CONTRACT.write_text(json.dumps(changed))
    assert contract.write() == []
    assert json.loads(contract.CONTRACT.read_text()) == json.loads(said)

from __future__ import annotations

import pytest
from api_router.table import TABLE, Target, find, rows
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("method", "path", "module", "public", "values"),
    [
        ("GET", "/health", "health", True, {}),
        ("GET", "/users/search", "auth_user", False, {}),
        ("GET", "/users/me", "auth_user", False, {}),
        ("GET", "/users/abc", "auth_user", False, {"userId": "abc"}),
        ("GET", "/users/abc/profile", "auth_user", True, {"userId": "abc"}),
        ("GET", "/users/ban-status", "admin", True, {}),
        ("GET", "/admin/users/banned", "admin", False, {}),
        ("GET", "/admin/users/abc", "admin", False, {"userId": "abc"}),
        ("PUT", "/notifications/read-all", "social", False, {}),
        ("PUT", "/notifications/n1/read", "social", False, {"id": "n1"}),
        ("GET", "/dictionary/th%E1%BB%8Bt%20b%C3%B2", "recipe_ai", False, {"ingredient": "thịt bò"}),
        ("DELETE", "/upload/avatars/u/a.jpg", "upload", False, {"key": "avatars/u/a.jpg"}),
        ("GET", "/api/users/me", "auth_user", False, {}),
        ("GET", "/users/me/", "auth_user", False, {}),
    ],
)
def test_a_request_finds_its_module(method: str, path: str, module: str, public: bool, values: dict[str, str]) -> None:
    assert find(TABLE, method, path) == Target(module, public, values)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("PATCH", "/users/me"),
        ("GET", "/"),
        ("GET", ""),
        ("GET", "/users//profile"),
        ("GET", "/users/me/stats/more"),
        ("GET", "/nothing"),
        ("DELETE", "/upload"),
        ("get", "/health"),
    ],
)
def test_what_is_no_route_finds_nothing(method: str, path: str) -> None:
    assert find(TABLE, method, path) is None


def test_a_literal_comes_before_a_parameter_however_they_are_listed() -> None:
    table = rows([("GET", "/a/{x}/{y}", "one", True), ("GET", "/a/{x}", "two", True), ("GET", "/a/b", "three", True)])
    assert find(table, "GET", "/a/b") == Target("three", True, {})
    assert find(table, "GET", "/a/c") == Target("two", True, {"x": "c"})


def test_every_route_of_the_contract_is_there() -> None:
    assert len(TABLE) == 155


@given(st.sampled_from(["GET", "POST", "PUT", "DELETE"]), st.text())
def test_no_path_breaks_the_search(method: str, path: str) -> None:
    found = find(TABLE, method, path)
    assert found is None or found.module

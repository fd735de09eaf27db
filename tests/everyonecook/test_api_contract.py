"""The contract of EveryoneCook's API: every route of the specification, and nothing that API Gateway refuses."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
CONTRACT: dict[str, Any] = json.loads((ROOT / "handlers/everyonecook/api.json").read_text("utf-8"))
# The specification's tables: module, who may call, method, path.
ROUTES = [line.split() for line in (Path(__file__).parent / "routes.txt").read_text("utf-8").splitlines()]
# Implemented by the original without a route (section 2.8), routed here.
ADDED = {
    "POST /upload/confirm",
    "DELETE /upload/{key+}",
    "GET /feed/trending",
    "GET /feed/following",
    "GET /feed/discover",
    "POST /reports",
    "PUT /posts/{postId}/comments/{commentId}",
    "GET /posts/{postId}/reactions",
    "GET /posts/{postId}/reactions/me",
    "GET /posts/{postId}/comments/{commentId}/reactions",
    "GET /posts/{postId}/comments/{commentId}/reactions/me",
    "POST /search",
    "POST /dictionary",
}


def operations() -> list[tuple[str, str, dict[str, Any]]]:
    return [
        (method.upper(), path, operation)
        for path, item in CONTRACT["paths"].items()
        for method, operation in item.items()
    ]


def test_every_route_stands_in_the_contract_and_no_other() -> None:
    found = [
        [operation["x-module"], "token" if operation["security"] else "public", method, path]
        for method, path, operation in operations()
    ]
    assert sorted(found) == sorted(ROUTES)


def test_the_specification_counts_142_routes_of_which_13_are_public() -> None:
    counted = [route for route in ROUTES if f"{route[2]} {route[3]}" not in ADDED]
    assert Counter(module for module, *_ in counted) == {
        "health": 2,
        "auth_user": 38,
        "social": 50,
        "recipe_ai": 13,
        "admin": 38,
        "upload": 1,
    }
    assert Counter(who for _, who, *_ in counted) == {"token": 129, "public": 13}
    assert len(counted) == 142
    assert len(ROUTES) == 142 + len(ADDED)


def test_variables_at_one_place_of_a_path_have_one_name() -> None:
    names: dict[str, set[str]] = {}
    for _, path, _ in operations():
        for match in re.finditer(r"\{([^}]+)\}", path):
            names.setdefault(re.sub(r"\{[^}]+\}", "{}", path[: match.start()]), set()).add(match.group(1))
    assert {place: each for place, each in names.items() if len(each) > 1} == {}


def test_passwords_codes_tokens_and_presigned_urls_are_marked() -> None:
    marked = {f"{method} {path}" for method, path, operation in operations() if operation.get("x-sensitive")}
    assert marked >= {
        "POST /auth/login",
        "POST /auth/register",
        "POST /auth/refresh",
        "POST /auth/verify-email",
        "POST /auth/resend-code",
        "POST /users/profile/resetPassword",
        "POST /upload/presigned-url",
        "POST /upload/confirm",
        "POST /users/profile/avatar/upload",
        "POST /users/profile/avatar/presigned",
        "POST /users/profile/background/upload",
        "POST /users/profile/background/presigned",
        "POST /posts/upload-image",
    }


def test_every_body_says_what_it_may_hold() -> None:
    for name, schema in CONTRACT["components"]["schemas"].items():
        assert schema["type"] == "object", name
        assert schema["additionalProperties"] is False, name

"""The API as API Gateway calls it: through the router, with only the Lambda call between the functions replaced."""

from __future__ import annotations

import importlib
import json
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from types import SimpleNamespace
from typing import Any
from urllib.parse import unquote

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from faults import instead

POOL = "ap-southeast-1_Testing01"
CLIENT = "testclient"
ISSUER = f"https://cognito-idp.ap-southeast-1.amazonaws.com/{POOL}"
KEY_ID = "test-key"
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)

CONTEXT = SimpleNamespace(
    function_name="test",
    memory_limit_in_mb=512,
    invoked_function_arn="arn:aws:lambda:ap-southeast-1:123456789012:function:test",
    aws_request_id="00000000-0000-4000-8000-000000000000",
    get_remaining_time_in_millis=lambda: 29_000,
)


def published() -> dict[str, Any]:
    """The user pool's keys as it publishes them."""
    public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key()))
    return {"keys": [{**public, "kid": KEY_ID, "alg": "RS256", "use": "sig"}]}


def token(user_id: str, username: str = "", groups: list[str] | None = None, **changed: Any) -> str:
    """An id token of the pool; a claim of None is left out."""
    now = int(time.time())
    claims: dict[str, Any] = {
        "sub": user_id,
        "cognito:username": username or user_id[:8],
        "email": f"{username}@example.test",
        "iss": ISSUER,
        "aud": CLIENT,
        "token_use": "id",
        "iat": now,
        "exp": now + 3_600,
    }
    if groups:
        claims["cognito:groups"] = groups
    claims = {name: value for name, value in {**claims, **changed}.items() if value is not None}
    return jwt.encode(claims, KEY, algorithm="RS256", headers={"kid": KEY_ID})


@dataclass(frozen=True)
class Response:
    """An answer of the API."""

    status: int
    body: Any
    headers: Mapping[str, str]


@dataclass
class Front:
    """Calls the API as its front end would."""

    # the events that reached a module, newest last
    forwarded: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    # what a module answers instead of its code, by name
    instead: dict[str, Any] = field(default_factory=dict)

    @classmethod
    @contextmanager
    def opened(cls, monkeypatch: pytest.MonkeyPatch) -> Iterator[Front]:
        """The router with fresh keys and no memory, its calls led to the modules' handlers in this process."""
        from api_router import activity, modules
        from kitchen import tokens

        front = cls()
        monkeypatch.setattr(tokens, "RING", tokens.KeyRing(published))
        activity.forget()
        with instead(modules.client, "Invoke", front._invoke):
            yield front

    def get(self, path: str, **how: Any) -> Response:
        """GET; `how` as for `call`."""
        return self.call("GET", path, **how)

    def post(self, path: str, body: Any = None, **how: Any) -> Response:
        """POST a JSON body."""
        return self.call("POST", path, body=body, **how)

    def put(self, path: str, body: Any = None, **how: Any) -> Response:
        """PUT a JSON body."""
        return self.call("PUT", path, body=body, **how)

    def delete(self, path: str, body: Any = None, **how: Any) -> Response:
        """DELETE."""
        return self.call("DELETE", path, body=body, **how)

    def call(
        self,
        method: str,
        path: str,
        *,
        who: str | None = None,
        groups: list[str] | None = None,
        body: Any = None,
        raw: str | None = None,
        query: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Response:
        """One request: by whom (a user id), with which query and body (or a raw text as body)."""
        from api_router.handler import handler

        sent = {"Content-Type": "application/json", **(headers or {})}
        if who:
            sent.setdefault("Authorization", f"Bearer {token(who, groups=groups)}")
        text = raw if raw is not None else None if body is None else json.dumps(body)
        return parsed(handler(gateway_event(method, path, query, text, sent), CONTEXT))

    def _invoke(self, request: dict[str, Any]) -> dict[str, Any]:
        module = unquote(request["url_path"]).split(":function:")[-1].split("/")[0]
        event = json.loads(request["body"])
        self.forwarded.append((module, event))
        answer = self.instead[module] if module in self.instead else _answer(module, event)
        if isinstance(answer, Exception):
            raise answer
        failed = isinstance(answer, dict) and "errorMessage" in answer
        return {"Payload": BytesIO(json.dumps(answer).encode()), **({"FunctionError": "Unhandled"} if failed else {})}


def _answer(module: str, event: dict[str, Any]) -> Any:
    return importlib.import_module(f"{module}.handler").handler(event, CONTEXT)


def gateway_event(
    method: str,
    path: str,
    query: Mapping[str, str] | None = None,
    body: str | None = None,
    headers: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """An event as API Gateway makes it for a proxy integration."""
    return {
        "resource": "/{proxy+}",
        "path": path,
        "httpMethod": method,
        "headers": dict(headers or {}),
        "multiValueHeaders": {name: [value] for name, value in (headers or {}).items()},
        "queryStringParameters": dict(query) if query else None,
        "multiValueQueryStringParameters": {name: [value] for name, value in query.items()} if query else None,
        "pathParameters": {"proxy": path.lstrip("/")},
        "stageVariables": None,
        "requestContext": {
            "resourcePath": "/{proxy+}",
            "httpMethod": method,
            "path": f"/api{path}",
            "stage": "api",
            "requestId": "11111111-0000-4000-8000-000000000000",
            "identity": {"sourceIp": "203.0.113.9", "userAgent": "test"},
        },
        "body": body,
        "isBase64Encoded": False,
    }


def parsed(answer: Mapping[str, Any]) -> Response:
    """A proxy answer as its caller sees it."""
    headers = {name: str(value) for name, value in (answer.get("headers") or {}).items()}
    headers |= {name: ", ".join(values) for name, values in (answer.get("multiValueHeaders") or {}).items()}
    body = json.loads(answer["body"]) if answer.get("body") else None
    return Response(answer["statusCode"], body, headers)

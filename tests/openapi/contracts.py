"""Small contracts, written to files as a person would write them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

SCHEMES = {"cognito": {"type": "apiKey", "name": "Authorization", "in": "header"}}
PUBLIC: list[Any] = []
PROTECTED: list[Any] = [{"cognito": []}]


def operation(name: str, security: Any = PUBLIC, **more: Any) -> dict[str, Any]:
    """An operation that is in order, and whatever is to be tried of it."""
    return {"operationId": name, "security": security, "responses": {"200": {"description": "Done."}}, **more}


def body(schema: str, *, required: bool = True) -> dict[str, Any]:
    """A JSON body of one schema."""
    reference = {"$ref": f"#/components/schemas/{schema}"}
    return {"required": required, "content": {"application/json": {"schema": reference}}}


def write(folder: Path, paths: Any, schemas: dict[str, Any] | None = None, **more: Any) -> Path:
    """A contract of some paths and schemas."""
    document = {
        "openapi": "3.0.3",
        "info": {"title": "Kitchen", "version": "2.1"},
        "paths": paths,
        "components": {"securitySchemes": SCHEMES, "schemas": schemas or {}},
        **more,
    }
    file = folder / "api.json"
    file.write_text(json.dumps(document, indent=2), encoding="utf-8")
    return file

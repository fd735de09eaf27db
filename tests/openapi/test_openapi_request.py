"""Requests and operations: everything in them is read, or refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ecinfra.errors import ContractError
from ecinfra.openapi.contract import read
from tests.openapi.contracts import body, operation, write

GATEWAYS = (
    "what API Gateway adds to OpenAPI is composed, and not taken from a contract",
    "leave it out, and say it with the arguments of RestApi",
)
SERVERS = "leave it out: the API is called at its domain, or at its stage if it has none"
WRITTEN_OUT = "write it out: a reference is followed only to a schema"
SPECIFICATION = "see the OpenAPI 3.0 specification"


def refused(folder: Path, paths: Any, **more: Any) -> tuple[str, str]:
    """What is said of a contract of these paths, and the advice."""
    with pytest.raises(ContractError) as caught:
        read(write(folder, paths, {"Note": {}}, **more))
    return caught.value.message, caught.value.hint


@pytest.mark.parametrize(
    ("parameter", "message", "hint"),
    [
        (
            {"name": "filter[x]"},
            '.name: API Gateway takes no parameter of the name "filter[x]"',
            "a name is letters, digits and : . _ $ -",
        ),
        (
            {"name": ""},
            '.name: API Gateway takes no parameter of the name ""',
            "a name is letters, digits and : . _ $ -",
        ),
        (
            {"name": ["a"]},
            '.name: API Gateway takes no parameter of the name ["a"]',
            "a name is letters, digits and : . _ $ -",
        ),
        ({"name": "q"}, ".name: q is declared above", "declare it once"),
        ({"schema": "x"}, '.schema: an object is wanted, not "x"', SPECIFICATION),
        (
            {"schema": {"$ref": "#/components/schemas/Note"}},
            ".schema.$ref: a parameter's schema says its type",
            WRITTEN_OUT,
        ),
        (
            {"schema": {"type": "text"}},
            '.schema.type: type takes one of array, boolean, integer, number, object, string, not "text"',
            "mend it, or leave it out",
        ),
        (
            {"required": "false"},
            '.required: true or false is wanted, not "false"',
            "write it without quotation marks",
        ),
        ({"content": {}}, ".content: 'content' means nothing here", "say its type with schema"),
        ({"$ref": "#/components/parameters/q"}, ".$ref: '$ref' means nothing here", WRITTEN_OUT),
        ({"shema": {}}, ".shema: 'shema' means nothing here", "did you mean 'schema'?"),
    ],
)
def test_parameters_are_such_as_api_gateway_takes(
    tmp_path: Path, parameter: dict[str, Any], message: str, hint: str
) -> None:
    listed = [{"name": "q", "in": "query"}, {"name": "p", "in": "query", **parameter}]
    assert refused(tmp_path, {"/notes": {"get": operation("notes", parameters=listed)}}) == (
        'paths["/notes"].get.parameters[1]' + message,
        hint,
    )


def test_a_name_may_stand_in_path_and_query(tmp_path: Path) -> None:
    listed = [{"name": "id", "in": "path"}, {"name": "id", "in": "query"}, {"name": "$a.b:c_d-e", "in": "query"}]
    (made,) = read(write(tmp_path, {"/notes/{id}": {"get": operation("notes", parameters=listed)}})).operations
    assert [one.name for one in made.parameters] == ["id", "id", "$a.b:c_d-e"]


@pytest.mark.parametrize("path", ["/a/{id}/b/{id}", "/a/{id}/b/{id+}"])
def test_a_variable_stands_once_in_a_path(tmp_path: Path, path: str) -> None:
    assert refused(tmp_path, {path: {}}) == (
        f'paths["{path}"]: id stands twice in the path',
        "give each its own name",
    )


@pytest.mark.parametrize(
    ("said", "message", "hint"),
    [
        ({"operationId": {"a": 1}}, '.operationId: a text is wanted, not {"a": 1}', "name it, as in listUsers"),
        ({"parameters": None}, ".parameters: a list is wanted, not null", SPECIFICATION),
        (
            {"x-uncached": "false"},
            '.x-uncached: true or false is wanted, not "false"',
            "write it without quotation marks",
        ),
        ({"x-sensitive": 1}, ".x-sensitive: true or false is wanted, not 1", "write it without quotation marks"),
        (
            {"x-optional-token": None},
            ".x-optional-token: true or false is wanted, not null",
            "write it without quotation marks",
        ),
        (
            {"callbacks": {}},
            ".callbacks: 'callbacks' means nothing here",
            "leave it out: API Gateway calls nobody back",
        ),
        ({"servers": []}, ".servers: 'servers' means nothing here", SERVERS),
        ({"sumary": ""}, ".sumary: 'sumary' means nothing here", "did you mean 'summary'?"),
        ({"zzz": 1}, ".zzz: 'zzz' means nothing here", "leave it out, or begin its name with x-"),
        ({"x-amazon-apigateway-integration": {}}, f".x-amazon-apigateway-integration: {GATEWAYS[0]}", GATEWAYS[1]),
    ],
)
def test_nothing_of_an_operation_is_dropped(tmp_path: Path, said: dict[str, Any], message: str, hint: str) -> None:
    assert refused(tmp_path, {"/notes": {"post": operation("note") | said}}) == ('paths["/notes"].post' + message, hint)


@pytest.mark.parametrize(
    ("said", "message", "hint"),
    [
        ("x", ': an object is wanted, not "x"', SPECIFICATION),
        ({"required": "false"}, '.required: true or false is wanted, not "false"', "write it without quotation marks"),
        ({"contents": {}}, ".contents: 'contents' means nothing here", "did you mean 'content'?"),
        (
            {"content": {"application/json": "x"}},
            '.content["application/json"]: an object is wanted, not "x"',
            SPECIFICATION,
        ),
        (
            {"content": {"application/json": {"schema": "x"}}},
            '.content["application/json"].schema: an object is wanted, not "x"',
            SPECIFICATION,
        ),
        (
            {"content": body("Note")["content"] | {"multipart/form-data": {}}},
            ".content[\"multipart/form-data\"]: 'multipart/form-data' means nothing here",
            "leave it out: the models of API Gateway describe application/json alone",
        ),
        (
            {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Note", "maxLength": 3}}}},
            '.content["application/json"].schema.maxLength: what stands beside a $ref is not read',
            "say it in the schema referred to",
        ),
    ],
)
def test_nothing_of_a_body_is_dropped(tmp_path: Path, said: Any, message: str, hint: str) -> None:
    wanted = said if isinstance(said, str) else body("Note") | said
    assert refused(tmp_path, {"/notes": {"post": operation("note", requestBody=wanted)}}) == (
        'paths["/notes"].post.requestBody' + message,
        hint,
    )


@pytest.mark.parametrize(
    ("key", "message", "hint"),
    [
        ("servers", "servers: 'servers' means nothing here", SERVERS),
        ("security", "security: 'security' means nothing here", "say at each operation who may call it"),
        (
            "webhooks",
            "webhooks: 'webhooks' means nothing here",
            "there is: components, externalDocs, info, openapi, paths, tags",
        ),
        ("x-amazon-apigateway-policy", f"x-amazon-apigateway-policy: {GATEWAYS[0]}", GATEWAYS[1]),
    ],
)
def test_nothing_of_a_document_is_dropped(tmp_path: Path, key: str, message: str, hint: str) -> None:
    assert refused(tmp_path, {}, **{key: []}) == (message, hint)


@pytest.mark.parametrize(
    ("key", "message", "hint"),
    [
        ("servers", ".servers: 'servers' is no method of a path here", SERVERS),
        ("$ref", ".$ref: '$ref' is no method of a path here", WRITTEN_OUT),
        ("x-amazon-apigateway-any-method", f".x-amazon-apigateway-any-method: {GATEWAYS[0]}", GATEWAYS[1]),
    ],
)
def test_nothing_of_a_path_is_dropped(tmp_path: Path, key: str, message: str, hint: str) -> None:
    assert refused(tmp_path, {"/notes": {key: {}}}) == ('paths["/notes"]' + message, hint)


def test_texts_and_marks_of_others_pass_everywhere(tmp_path: Path) -> None:
    listed = [{"name": "q", "in": "query", "x-mine": 1, "description": "Words."}]
    post = operation(
        "note",
        parameters=listed,
        requestBody=body("Note") | {"x-mine": 1, "description": "A note."},
        summary="Notes.",
        description="Notes something.",
        tags=["notes"],
        deprecated=True,
        **{"x-module": "social", "x-group": "notes", "x-mine": 1},
    )
    paths = {"/notes": {"post": post, "summary": "Notes.", "x-mine": 1}}
    assert len(read(write(tmp_path, paths, {"Note": {"x-mine": 1}}, tags=[], **{"x-mine": 1})).operations) == 1

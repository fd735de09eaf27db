"""Reading contracts: what API Gateway needs to know of them, and what it would refuse or misunderstand."""

from __future__ import annotations

import inspect
from pathlib import Path
from typing import Any

import pytest

from ecinfra.errors import ContractError
from ecinfra.openapi.contract import read
from ecinfra.openapi.operation import Operation
from ecinfra.openapi.request import Parameter
from tests.openapi.contracts import PROTECTED, body, operation, write

DISH = {"type": "object", "properties": {"name": {"type": "string"}}, "required": ["name"]}
NOTE = {"type": "object", "properties": {"text": {"type": "string"}}}


def refused(file: Path) -> tuple[str, int, str]:
    """What is said of a contract, on which line, and the advice."""
    with pytest.raises(ContractError) as caught:
        read(file)
    error = caught.value
    assert error.place is not None
    assert error.place.file == str(file)
    return error.message, error.place.line, error.hint


def test_an_operation_is_who_may_call_it_and_what_a_request_holds(tmp_path: Path) -> None:
    parameters = [
        {"name": "dishId", "in": "path", "required": True, "schema": {"type": "string"}},
        {"name": "size", "in": "query", "schema": {"type": "integer", "minimum": 1}},
    ]
    put = operation("putDish", PROTECTED, parameters=parameters, requestBody=body("Dish"), **{"x-sensitive": True})
    contract = read(write(tmp_path, {"/dishes/{dishId}": {"put": put}}, {"Dish": DISH}))
    assert contract.operations == (
        Operation(
            path="/dishes/{dishId}",
            method="put",
            id="putDish",
            protected=True,
            cacheable=False,
            sensitive=True,
            parameters=(
                Parameter("dishId", "path", True, "string"),
                Parameter("size", "query", False, "integer"),
            ),
            model="Dish",
            body_required=True,
        ),
    )
    assert contract.models == {"Dish": DISH}


@pytest.mark.parametrize(
    ("method", "said", "cacheable"),
    [
        ("get", {}, True),
        ("post", {}, False),
        ("get", {"security": PROTECTED}, False),
        ("get", {"security": [{}, *PROTECTED]}, False),
        ("get", {"x-optional-token": True}, False),
        ("get", {"x-uncached": True}, False),
    ],
)
def test_only_an_answer_that_is_the_same_for_everybody_may_be_cached(
    tmp_path: Path, method: str, said: dict[str, Any], cacheable: bool
) -> None:
    (made,) = read(write(tmp_path, {"/dishes": {method: operation("dishes") | said}})).operations
    assert made.cacheable is cacheable


def test_an_optional_token_leaves_an_operation_open(tmp_path: Path) -> None:
    (made,) = read(write(tmp_path, {"/dishes": {"get": operation("dishes", [{}, *PROTECTED])}})).operations
    assert not made.protected


def test_a_body_that_comes_with_delete_is_left_to_the_function(tmp_path: Path) -> None:
    delete = operation("deleteDishes", requestBody=body("Dish"))
    contract = read(write(tmp_path, {"/dishes": {"delete": delete}}, {"Dish": DISH}))
    assert contract.operations[0].model is None
    assert contract.models == {}


def test_a_greedy_path_names_its_parameter_without_the_plus(tmp_path: Path) -> None:
    key = {"name": "key", "in": "path", "required": True, "schema": {"type": "string"}}
    contract = read(write(tmp_path, {"/files/{key+}": {"delete": operation("deleteFile", parameters=[key])}}))
    assert contract.operations[0].in_path == (Parameter("key", "path", True, "string"),)


def test_the_error_stands_on_the_line_of_what_is_wrong(tmp_path: Path) -> None:
    file = tmp_path / "api.json"
    file.write_text(
        inspect.cleandoc(
            """
            {
              "openapi": "3.0.3",
              "paths": {
                "/dishes": {
                  "get": {
                    "operationId": "dishes",
                    "security": [],
                    "parameters": [
                      {"name": "a", "in": "query"},
                      {
                        "name": "b",
                        "in": "header"
                      }
                    ]
                  }
                }
              }
            }
            """
        )
    )
    assert refused(file) == (
        'paths["/dishes"].get.parameters[1].in: API Gateway is given parameters in path and query, not in header',
        12,
        "leave it out",
    )


def test_a_file_that_is_not_there_is_the_callers_mistake(tmp_path: Path) -> None:
    with pytest.raises(ContractError) as caught:
        read(tmp_path / "none.json")
    assert caught.value.message == f"the contract {tmp_path / 'none.json'} cannot be read: No such file or directory"
    assert caught.value.hint == "contract= takes the path of an OpenAPI 3.0 document in JSON"
    assert caught.value.place is not None
    assert caught.value.place.file == __file__


def test_a_contract_is_text_and_json(tmp_path: Path) -> None:
    file = tmp_path / "api.json"
    file.write_text('{\n  "openapi": "3.0.3",\n}')
    assert refused(file) == ("not JSON: Expecting property name enclosed in double quotes", 3, "")
    file.write_bytes(b"\xff")
    with pytest.raises(ContractError) as caught:
        read(file)
    assert caught.value.message == f"the contract {file} is not UTF-8 text"
    assert caught.value.hint == "save it as UTF-8"


def test_other_versions_of_openapi_are_refused(tmp_path: Path) -> None:
    assert refused(write(tmp_path, {}, openapi="3.1.0")) == (
        "openapi: API Gateway imports OpenAPI 3.0, not '3.1.0'",
        2,
        'as in "openapi": "3.0.3"',
    )


def test_what_should_be_an_object_is_one(tmp_path: Path) -> None:
    assert refused(write(tmp_path, ["/dishes"])) == (
        'paths: an object is wanted, not ["/dishes"]',
        7,
        "see the OpenAPI 3.0 specification",
    )


@pytest.mark.parametrize(
    ("paths", "message", "hint"),
    [
        (
            ["/dishes/"],
            "paths[\"/dishes/\"]: API Gateway takes no '' in a path",
            "a segment is {name}, {name+}, or letters, digits and . , : _ -",
        ),
        (
            ["/dish{id}"],
            "paths[\"/dish{id}\"]: API Gateway takes no 'dish{id}' in a path",
            "a segment is {name}, {name+}, or letters, digits and . , : _ -",
        ),
        (["dishes"], "paths.dishes: a path begins with /", "write /dishes"),
        (["/ping"], 'paths["/ping"]: API Gateway answers this path itself, as its health check', "rename it"),
        (
            ["/files/{key+}/parts"],
            'paths["/files/{key+}/parts"]: nothing can follow {key+}, which takes the rest of a path',
            "end the path with {key+}",
        ),
        (
            ["/users/{id}", "/users/{userId}/dishes"],
            'paths["/users/{userId}/dishes"]: {userId} stands where /users/{id} has {id}',
            "give the two one name",
        ),
    ],
)
def test_paths_must_make_a_tree_that_api_gateway_can_hold(
    tmp_path: Path, paths: list[str], message: str, hint: str
) -> None:
    said, _, advice = refused(write(tmp_path, {path: {} for path in paths}))
    assert (said, advice) == (message, hint)


@pytest.mark.parametrize(
    ("said", "message", "hint"),
    [
        ({"operationId": ""}, ": an operation wants an operationId", "name it, as in listUsers"),
        (
            {"security": None},
            ".security: an operation says who may call it, for API Gateway reads no security of the whole document",
            '"security": [] lets everybody in, "security": [{"<scheme>": []}] those with a token',
        ),
        (
            {"security": [{"cognitos": []}]},
            ".security[0].cognitos: there is no security scheme cognitos",
            "did you mean 'cognito'?",
        ),
        (
            {"security": [{"cognito": ["email"]}]},
            ".security[0].cognito: the user pool's own tokens carry no scopes",
            "leave the list empty",
        ),
        (
            {"parameters": []},
            ".parameters: {dishId} of the path is not among the parameters",
            "declare it",
        ),
        (
            {"parameters": [{"name": "dish", "in": "path"}]},
            ".parameters[0].name: the path has no {dish}",
            "did you mean 'dishId'?",
        ),
        (
            {"requestBody": {"content": {"application/json": {"schema": {"type": "object"}}}}},
            '.requestBody.content["application/json"].schema["$ref"]: a body is described by one schema, as JSON',
            "refer to it with $ref",
        ),
        (
            {"requestBody": body("Dish", required=False)},
            ".requestBody.required: API Gateway reads an absent body as {}, which Dish refuses",
            '"required": true, or a schema without required properties',
        ),
    ],
)
def test_operations_say_what_api_gateway_must_know(
    tmp_path: Path, said: dict[str, Any], message: str, hint: str
) -> None:
    dish_id = {"name": "dishId", "in": "path", "schema": {"type": "string"}}
    put = operation("putDish", parameters=[dish_id]) | said
    text, _, advice = refused(write(tmp_path, {"/dishes/{dishId}": {"put": put}}, {"Dish": DISH}))
    assert (text, advice) == ('paths["/dishes/{dishId}"].put' + message.replace('["$ref"]', ".$ref"), hint)


def test_get_takes_no_body(tmp_path: Path) -> None:
    file = write(tmp_path, {"/dishes": {"get": operation("dishes", requestBody=body("Note"))}}, {"Note": NOTE})
    message, _, hint = refused(file)
    assert message == 'paths["/dishes"].get.requestBody: GET takes no body'
    assert hint == "make it a POST, or use query parameters"


@pytest.mark.parametrize(
    ("key", "hint"),
    [
        ("options", "leave it out: the preflight of every path is composed from cors="),
        ("parameters", "write them at each operation: API Gateway reads them only there"),
        ("trace", "there are: get, put, post, delete, patch"),
    ],
)
def test_a_path_holds_methods_only(tmp_path: Path, key: str, hint: str) -> None:
    message, _, advice = refused(write(tmp_path, {"/dishes": {key: {}}}))
    assert message == f"paths[\"/dishes\"].{key}: '{key}' is no method of a path here"
    assert advice == hint


def test_an_operation_id_is_borne_once(tmp_path: Path) -> None:
    paths = {"/dishes": {"get": operation("dishes")}, "/meals": {"get": operation("dishes")}}
    message, _, hint = refused(write(tmp_path, paths))
    assert message == 'paths["/meals"].get.operationId: dishes is also GET /dishes'
    assert hint == "an operationId is borne once"


def test_an_optional_body_may_be_of_a_schema_that_requires_nothing(tmp_path: Path) -> None:
    post = operation("postNote", requestBody=body("Note", required=False))
    (made,) = read(write(tmp_path, {"/notes": {"post": post}}, {"Note": NOTE})).operations
    assert (made.model, made.body_required) == ("Note", False)

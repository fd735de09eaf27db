"""Schemas as models: what is carried, what is left out, what is refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ecinfra.errors import ContractError
from ecinfra.openapi.contract import read
from tests.openapi.contracts import body, operation, write


def models(folder: Path, schemas: dict[str, Any]) -> dict[str, Any]:
    """The models of a contract whose one operation takes a Dish."""
    return read(write(folder, {"/dishes": {"post": operation("postDish", requestBody=body("Dish"))}}, schemas)).models


def refused(folder: Path, schemas: dict[str, Any]) -> tuple[str, str]:
    with pytest.raises(ContractError) as caught:
        models(folder, schemas)
    return caught.value.message, caught.value.hint


def test_what_checks_a_request_is_carried_and_what_explains_it_is_not(tmp_path: Path) -> None:
    checks = {
        "type": "object",
        "additionalProperties": False,
        "required": ["name"],
        "properties": {
            "name": {"type": "string", "minLength": 1, "maxLength": 50, "pattern": "^[a-z]+$"},
            "kind": {"type": "string", "enum": ["soup", "stew"]},
            "cups": {"type": "number", "minimum": 0, "maximum": 9, "multipleOf": 0.5},
            "tags": {"type": "array", "items": {"type": "string"}, "uniqueItems": True},
            "more": {"type": "object", "additionalProperties": {"type": "integer"}, "maxProperties": 3},
        },
    }
    said = {
        **checks,
        "title": "Dish",
        "description": "Something to eat.",
        "x-table": "dishes",
        "properties": {
            **checks["properties"],  # type: ignore[dict-item] # the values above are of two types
            "kind": {"type": "string", "enum": ["soup", "stew"], "default": "soup", "example": "stew"},
            "tags": {"type": "array", "items": {"type": "string"}, "uniqueItems": True, "minItems": 1, "maxItems": 9},
            "cups": {"type": "number", "minimum": 0, "maximum": 9, "multipleOf": 0.5, "format": "double"},
        },
    }
    assert models(tmp_path, {"Dish": said}) == {"Dish": checks}


def test_a_property_may_be_called_as_a_keyword_is(tmp_path: Path) -> None:
    dish = {"type": "object", "properties": {"default": {"type": "string"}, "nullable": {"type": "boolean"}}}
    assert models(tmp_path, {"Dish": dish}) == {"Dish": dish}


def test_schemas_that_are_referred_to_come_along_and_others_stay_behind(tmp_path: Path) -> None:
    step = {"type": "object", "properties": {"next": {"$ref": "#/components/schemas/Step"}}}
    dish = {"type": "object", "properties": {"first": {"$ref": "#/components/schemas/Step"}}}
    assert models(tmp_path, {"Dish": dish, "Step": step, "Unused": {}}) == {"Dish": dish, "Step": step}


def test_within_a_choice_the_schema_itself_stands_for_a_reference(tmp_path: Path) -> None:
    unit = {"type": "string", "enum": ["g", "ml"]}
    part = {"type": "object", "properties": {"unit": {"$ref": "#/components/schemas/Unit"}}}
    dish = {
        "type": "array",
        "items": {"anyOf": [{"type": "string"}, {"$ref": "#/components/schemas/Part"}]},
    }
    assert models(tmp_path, {"Dish": dish, "Part": part, "Unit": unit}) == {
        "Dish": {
            "type": "array",
            "items": {"anyOf": [{"type": "string"}, {"type": "object", "properties": {"unit": unit}}]},
        }
    }


@pytest.mark.parametrize(
    ("dish", "message", "hint"),
    [
        (
            {"type": "string", "nullable": True},
            ".nullable: the models of API Gateway know no 'nullable'",
            "let clients leave the property out instead of sending null",
        ),
        (
            {"type": "number", "exclusiveMinimum": True},
            ".exclusiveMinimum: the models of API Gateway know no 'exclusiveMinimum'",
            "say minimum, with the smallest value that is allowed",
        ),
        (
            {"oneOf": [{"type": "object"}], "discriminator": {"propertyName": "kind"}},
            ".discriminator: the models of API Gateway know no 'discriminator'",
            "list the choices with anyOf",
        ),
        (
            {"properties": {"id": {"type": "string", "readOnly": True}}},
            ".properties.id.readOnly: the models of API Gateway know no 'readOnly'",
            "leave the property out of what a client sends",
        ),
        (
            {"items": {"const": 1}},
            ".items.const: the models of API Gateway know no 'const'",
            "they know additionalProperties, allOf, anyOf, enum, items, maxLength, maxProperties, maximum, minLength, "
            "minProperties, minimum, multipleOf, oneOf, pattern, properties, required, type, uniqueItems",
        ),
        (
            {"type": ["string", "null"]},
            '.type: type takes one of array, boolean, integer, number, object, string, not ["string", "null"]',
            "mend it, or leave it out",
        ),
        (
            {"items": {"$ref": "other.json#/Dish"}},
            ".items.$ref: 'other.json#/Dish' is no schema of this document",
            "refer to #/components/schemas/<name>",
        ),
        (
            {"items": {"$ref": "#/components/schemas/Dich"}},
            ".items.$ref: there is no schema Dich",
            "did you mean 'Dish'?",
        ),
        (
            {"items": {"$ref": "#/components/schemas/Dish", "maxLength": 3}},
            ".items.maxLength: what stands beside a $ref is not read",
            "say it in the schema referred to",
        ),
        (
            {"properties": {"kind": "soup"}},
            '.properties.kind: an object is wanted, not "soup"',
            "see the OpenAPI 3.0 specification",
        ),
    ],
)
def test_what_api_gateway_does_not_understand_is_refused(
    tmp_path: Path, dish: dict[str, Any], message: str, hint: str
) -> None:
    assert refused(tmp_path, {"Dish": dish}) == ("components.schemas.Dish" + message, hint)


@pytest.mark.parametrize(
    ("keyword", "value", "message"),
    [
        ("required", "a", 'required takes a list of one or more names, each of them once, not "a"'),
        ("required", [], "required takes a list of one or more names, each of them once, not []"),
        ("required", ["a", "a"], 'required takes a list of one or more names, each of them once, not ["a", "a"]'),
        ("required", [1], "required takes a list of one or more names, each of them once, not [1]"),
        ("enum", "x", 'enum takes a list of one or more values, each of them once, not "x"'),
        ("enum", [], "enum takes a list of one or more values, each of them once, not []"),
        ("enum", [1, 1], "enum takes a list of one or more values, each of them once, not [1, 1]"),
        ("minLength", "3", 'minLength takes a whole number from 0 on, not "3"'),
        ("maxProperties", -1, "maxProperties takes a whole number from 0 on, not -1"),
        ("maximum", True, "maximum takes a number, not true"),
        ("multipleOf", 0, "multipleOf takes a number above 0, not 0"),
        ("pattern", None, "pattern takes a text, not null"),
        ("uniqueItems", "true", 'uniqueItems takes true or false, not "true"'),
        ("type", "text", 'type takes one of array, boolean, integer, number, object, string, not "text"'),
    ],
)
def test_a_keyword_takes_what_json_schema_gives_it(tmp_path: Path, keyword: str, value: Any, message: str) -> None:
    said, hint = refused(tmp_path, {"Dish": {keyword: value}})
    assert said == f"components.schemas.Dish.{keyword}: {message}"
    assert hint == "mend it, or leave it out"


@pytest.mark.parametrize(
    ("dish", "message", "hint"),
    [
        ({"anyOf": 5}, ".anyOf: a list is wanted, not 5", "see the OpenAPI 3.0 specification"),
        ({"allOf": []}, ".allOf: there is nothing to choose from", "list the schemas, or leave it out"),
        ({"oneOf": ["x"]}, '.oneOf[0]: an object is wanted, not "x"', "see the OpenAPI 3.0 specification"),
        ({"items": True}, ".items: an object is wanted, not true", "see the OpenAPI 3.0 specification"),
        (
            {"x-amazon-apigateway-model": "Dish"},
            ".x-amazon-apigateway-model: what API Gateway adds to OpenAPI is composed, and not taken from a contract",
            "leave it out, and say it with the arguments of RestApi",
        ),
    ],
)
def test_what_holds_schemas_is_of_its_kind(tmp_path: Path, dish: dict[str, Any], message: str, hint: str) -> None:
    assert refused(tmp_path, {"Dish": dish}) == ("components.schemas.Dish" + message, hint)


def test_a_choice_of_values_may_be_of_any_kind(tmp_path: Path) -> None:
    dish = {"enum": [1, "1", True, None, {"a": [1]}]}
    assert models(tmp_path, {"Dish": dish}) == {"Dish": dish}


def test_a_models_name_is_letters_and_digits(tmp_path: Path) -> None:
    dish = {"properties": {"part": {"$ref": "#/components/schemas/dish_part"}}}
    assert refused(tmp_path, {"Dish": dish, "dish_part": {}}) == (
        "components.schemas.dish_part: API Gateway wants letters and digits in a model's name",
        "rename the schema",
    )


def test_a_schema_cannot_contain_itself_within_a_choice(tmp_path: Path) -> None:
    part = {"properties": {"parts": {"items": {"$ref": "#/components/schemas/Part"}}}}
    assert refused(tmp_path, {"Dish": {"anyOf": [{"$ref": "#/components/schemas/Part"}]}, "Part": part}) == (
        "components.schemas.Part.properties.parts.items.$ref: "
        "Part contains itself within a choice, and API Gateway follows no $ref there",
        "take the $ref out of anyOf, oneOf and allOf",
    )


def test_the_error_names_the_line_of_the_keyword(tmp_path: Path) -> None:
    file = tmp_path / "api.json"
    file.write_text(
        """{
  "openapi": "3.0.0",
  "paths": {"/dishes": {"post": {"operationId": "postDish", "security": [], "requestBody": {
    "required": true, "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Dish"}}}}}}},
  "components": {
    "schemas": {
      "Dish": {
        "type": "object", "properties": {
          "n\\u0061me": {"type": "string",
            "nullable": true}
        }
      }
    }
  }
}"""
    )
    with pytest.raises(ContractError) as caught:
        read(file)
    assert str(caught.value) == (
        f"{file}:10: components.schemas.Dish.properties.name.nullable: the models of API Gateway know no 'nullable'\n"
        "  let clients leave the property out instead of sending null"
    )

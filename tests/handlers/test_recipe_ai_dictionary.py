from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import oracle
import pytest
import world
from front import Front, Response
from kitchen.pantry import dictionary
from oracle import Oracle
from world import ALICE, NOW

BEEF = {"calories": 250.0, "protein": 26.0, "carbs": 0.0, "fat": 15.0, "fiber": 0.0}


@pytest.fixture(autouse=True)
def model(front: Front) -> Iterator[Oracle]:
    with oracle.speaking() as speaking:
        yield speaking


def look_up(front: Front, word: str) -> Response:
    return front.get(f"/dictionary/{word}", who=ALICE)


def add(front: Front, vietnamese: str, english: str) -> Response:
    return front.post("/dictionary", {"vietnamese": vietnamese, "english": english}, who=ALICE, groups=["admin"])


def test_an_unknown_word_is_asked_of_the_model_once(front: Front, model: Oracle) -> None:
    answer = look_up(front, "ức%20gà")
    assert answer.status == 200
    body = answer.body
    assert body.pop("duration") >= 0
    assert body == {
        "found": True,
        "translation": {"specific": "chicken-breast", "general": "chicken", "category": "meat"},
        "vietnamese": "ức gà",
        "normalized": "uc-ga",
        "category": "meat",
        "alternatives": ["chicken"],
    }
    assert answer.headers["Cache-Control"] == "public, max-age=86400"
    assert model.tasks() == ["dictionary-entry", "ingredient-nutrition"]
    again = look_up(front, "Ức Gà")
    assert again.body["translation"] == body["translation"]
    assert len(model.asked) == 2
    item = world.item("DICTIONARY", "INGREDIENT#uc-ga")
    assert item is not None
    assert (item["addedBy"], item["nutrition"]["per100g"]["calories"]) == ("AI", 165)


@pytest.mark.parametrize("word", ["cà chua", "ca\u0300 chua", "CÀ CHUA", "ca-chua"])
def test_a_word_is_found_however_it_is_typed(front: Front, word: str) -> None:
    dictionary.add(dictionary.new("cà chua", "tomato", "tomato", "vegetables", BEEF), "ADMIN", NOW)
    answer = look_up(front, quote(word))
    assert answer.body["translation"]["specific"] == "tomato"


def test_a_cached_translation_is_used_and_at_last_promoted(front: Front) -> None:
    dictionary.remember(dictionary.new("thịt bò", "beef", "beef", "meat", BEEF), NOW)
    for _ in range(100):
        assert look_up(front, "thịt%20bò").body["found"] is True
    assert world.item("TRANSLATION_CACHE", "INGREDIENT#thit-bo") is None
    assert world.item("DICTIONARY", "INGREDIENT#thit-bo") is not None


def test_another_word_for_a_known_ingredient_leads_to_it(front: Front, model: Oracle) -> None:
    dictionary.add(dictionary.new("thịt bò", "beef", "beef", "meat", BEEF), "ADMIN", NOW)
    answer = look_up(front, "bò%20tươi")
    assert answer.body["translation"] == {"specific": "beef", "general": "beef", "category": "meat"}
    assert world.item("DICTIONARY", "INGREDIENT#bo-tuoi") is None
    asked = len(model.asked)
    assert look_up(front, "bò%20tươi").body["translation"]["specific"] == "beef"
    assert len(model.asked) == asked


@pytest.mark.parametrize("word", ["ga", "12345", "aaaaaa", "test", "x", "...!", "%20%20", "cái%20ghế", "x" * 90])
def test_what_is_no_ingredient_is_refused(front: Front, word: str) -> None:
    answer = look_up(front, word)
    assert answer.status == 400
    assert answer.body["error"]["code"] == "INVALID_INGREDIENT"
    assert [key for key in world.items() if not key["PK"].startswith("ACTIVITY_LOG#")] == []


def test_junk_is_not_asked_of_the_model(front: Front, model: Oracle) -> None:
    look_up(front, "asdfgh")
    assert model.asked == []


@pytest.mark.parametrize("said", ["who knows", "[]", '{"english": ""}', '{"english": ["x"]}', '{"specific": 5}'])
def test_without_an_answer_nothing_is_found_and_nothing_kept(front: Front, model: Oracle, said: str) -> None:
    model.instead["dictionary-entry"] = said
    answer = look_up(front, "rau%20lạ")
    assert answer.status == 200
    assert (answer.body["found"], answer.body["translation"]) == (False, None)
    assert answer.headers["Cache-Control"] == "no-store"
    assert world.item("DICTIONARY", "INGREDIENT#rau-la") is None


def test_without_the_model_nothing_is_found(front: Front, model: Oracle) -> None:
    model.leave()
    assert look_up(front, "rau%20lạ").body["found"] is False


def test_an_administrator_adds_an_entry(front: Front) -> None:
    answer = add(front, "Thịt bò", "Beef")
    assert answer.status == 201
    assert answer.body["translation"] == {"specific": "beef", "general": "beef", "category": "condiments"}
    assert look_up(front, "thịt%20bò").body["translation"]["specific"] == "beef"
    item = world.item("DICTIONARY", "INGREDIENT#thit-bo")
    assert item is not None
    assert (item["addedBy"], item["nutrition"]["per100g"]["calories"]) == ("ADMIN", 250)


@pytest.mark.parametrize(("vietnamese", "english"), [("THỊT BÒ", "cow"), ("bò", "beef"), ("bò", "BEEF ")])
def test_a_name_that_stands_is_refused(front: Front, vietnamese: str, english: str) -> None:
    add(front, "thịt bò", "beef")
    answer = add(front, vietnamese, english)
    assert answer.status == 409
    assert answer.body["error"]["code"] == "CONFLICT"


@pytest.mark.parametrize(("vietnamese", "english"), [("!!!", "beef"), ("thịt bò", "牛肉"), ("<b></b>", "beef")])
def test_a_name_that_is_none_is_refused(front: Front, vietnamese: str, english: str) -> None:
    answer = add(front, vietnamese, english)
    assert answer.status == 400
    assert answer.body["error"]["code"] == "INVALID_INGREDIENT"


def test_only_administrators_add_entries(front: Front) -> None:
    body = {"vietnamese": "thịt bò", "english": "beef"}
    assert front.post("/dictionary", body, who=ALICE).status == 403
    assert world.item("DICTIONARY", "INGREDIENT#thit-bo") is None


def weigh(front: Front, *ingredients: dict[str, Any], **more: Any) -> Response:
    return front.post("/ai/nutrition", {"ingredients": list(ingredients), **more}, who=ALICE)


def test_ingredients_are_weighed_up(front: Front) -> None:
    dictionary.add(dictionary.new("thịt bò", "beef", "beef", "meat", BEEF), "ADMIN", NOW)
    answer = weigh(
        front,
        {"vietnamese": "thịt bò", "amount": "200g"},
        {"vietnamese": "đường", "amount": "2 muỗng canh"},
        {"vietnamese": "cái ghế", "amount": 1},
        servings=4,
    )
    assert answer.status == 200
    body = answer.body
    assert body.pop("duration") >= 0
    assert body == {
        "perRecipe": {"calories": 596.8, "protein": 52, "carbs": 25, "fat": 30},
        "perServing": {"calories": 149.2, "protein": 13, "carbs": 6.2, "fat": 7.5},
        "ingredientBreakdown": [
            {"ingredient": "thịt bò", "amount": "200g", "calories": 500, "protein": 52, "carbs": 0, "fat": 30,
             "source": "dictionary"},
            {"ingredient": "đường", "amount": "2 muỗng canh", "calories": 96.8, "protein": 0, "carbs": 25, "fat": 0,
             "source": "ai"},
        ],
        "missingIngredients": ["cái ghế"],
        "sources": {"dictionary": 1, "cache": 0, "ai": 1},
    }  # fmt: skip
    again = weigh(front, {"vietnamese": "đường", "amount": "2 muỗng canh"}).body
    assert again["sources"] == {"dictionary": 0, "cache": 1, "ai": 0}
    assert "perServing" not in again
    assert "missingIngredients" not in again


def test_an_english_name_helps_where_the_vietnamese_is_unknown(front: Front, model: Oracle) -> None:
    dictionary.add(dictionary.new("thịt bò", "beef", "beef", "meat", BEEF), "ADMIN", NOW)
    body = weigh(front, {"vietnamese": "bê thui", "english": "Beef", "amount": "100g"}).body
    assert body["perRecipe"]["calories"] == 250
    assert body["sources"] == {"dictionary": 1, "cache": 0, "ai": 0}
    assert model.asked == []


@pytest.mark.parametrize(
    "ingredients",
    [[], [{"vietnamese": "gà"}], [{"amount": "1"}], [{"vietnamese": "", "amount": 1}],
     [{"vietnamese": "gà", "amount": -1}],
     [{"vietnamese": " ", "amount": 1}], ["gà"], "gà", None],
)  # fmt: skip
def test_what_cannot_be_weighed_is_refused(front: Front, ingredients: Any) -> None:
    answer = front.post("/ai/nutrition", {"ingredients": ingredients}, who=ALICE)
    assert answer.status == 400
    assert answer.body["error"]["code"] == "INVALID_INGREDIENTS"


def test_nothing_to_weigh_has_its_own_code(front: Front) -> None:
    assert front.post("/ai/nutrition", who=ALICE).body["error"]["code"] == "MISSING_BODY"

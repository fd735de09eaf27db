from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import oracle
import pytest
import world
from hypothesis import given
from hypothesis import strategies as st
from kitchen.pantry import dictionary, translation, words
from kitchen.pantry.dictionary import Duplicate, Entry
from oracle import Oracle
from world import NOW

PER100G = {"calories": 250.0, "protein": 26.0, "carbs": 0.0, "fat": 15.0, "fiber": 0.0}


@pytest.fixture(autouse=True)
def model(aws: None) -> Iterator[Oracle]:
    with oracle.speaking() as speaking:
        yield speaking


def entry(vietnamese: str = "thịt bò", english: str = "beef") -> Entry:
    return dictionary.new(vietnamese, english, english, "meat", PER100G)


def names_in(partition: str) -> list[str]:
    return [key["SK"] for key in world.items() if key["PK"] == partition]


def test_an_entry_is_found_by_either_name() -> None:
    dictionary.add(entry(), "ADMIN", NOW)
    found = dictionary.look_up(["thit-bo", "la"], NOW)
    assert found.keys() == {"thit-bo"}
    assert found["thit-bo"].target == {"specific": "beef", "general": "beef", "category": "meat"}
    assert found["thit-bo"].nutrition == PER100G
    assert found["thit-bo"].source == "dictionary"
    by_english = dictionary.by_english("beef", NOW)
    assert by_english is not None
    assert by_english.normalized == "thit-bo"
    item = world.item("DICTIONARY", "INGREDIENT#thit-bo")
    assert item is not None
    assert (item["GSI5PK"], item["GSI5SK"], item["addedBy"]) == ("beef", "DICTIONARY", "ADMIN")


@pytest.mark.parametrize(("vietnamese", "english"), [("thịt bò", "cow"), ("Bò", "beef")])
def test_neither_name_stands_twice(vietnamese: str, english: str) -> None:
    dictionary.add(entry(), "ADMIN", NOW)
    with pytest.raises(Duplicate, match=r"^the dictionary has that ingredient already$") as refused:
        dictionary.add(entry(vietnamese, english), "AI", NOW)
    assert refused.value.entry is not None
    assert refused.value.entry.normalized == "thit-bo"
    assert names_in("DICTIONARY") == ["INGREDIENT#thit-bo"]


def test_of_many_words_for_one_name_added_at_once_one_stands() -> None:
    def add(at: int) -> bool:
        try:
            dictionary.add(entry(f"từ {at}"), "AI", NOW)
        except Duplicate:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(add, range(8))) == 1
    assert len(names_in("DICTIONARY")) == 1


def test_the_first_translation_stays() -> None:
    assert dictionary.remember(entry(), NOW).english == "beef"
    assert dictionary.remember(entry("thịt bò", "ox"), NOW).english == "beef"


def test_a_translation_lives_for_a_year() -> None:
    dictionary.remember(entry(), NOW)
    year = 365 * 86_400_000
    assert dictionary.look_up(["thit-bo"], NOW + year - 1_000).keys() == {"thit-bo"}
    assert dictionary.look_up(["thit-bo"], NOW + year) == {}
    assert dictionary.by_english("beef", NOW + year) is None
    assert dictionary.remember(entry("thịt bò", "ox"), NOW + year).english == "ox"


def test_the_hundredth_use_promotes_a_translation() -> None:
    dictionary.remember(entry(), NOW)
    for _ in range(99):
        dictionary.use(dictionary.look_up(["thit-bo"], NOW)["thit-bo"], NOW)
    assert dictionary.look_up(["thit-bo"], NOW)["thit-bo"].source == "cache"
    dictionary.use(dictionary.look_up(["thit-bo"], NOW)["thit-bo"], NOW)
    assert dictionary.look_up(["thit-bo"], NOW)["thit-bo"].source == "dictionary"
    assert names_in("TRANSLATION_CACHE") == []
    item = world.item("DICTIONARY", "INGREDIENT#thit-bo")
    assert item is not None
    assert (item["addedBy"], item["usageCount"]) == ("PROMOTED", 100)
    assert "ttl" not in item


def test_uses_at_once_promote_once() -> None:
    dictionary.remember(entry(), NOW)
    known = dictionary.look_up(["thit-bo"], NOW)["thit-bo"]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: dictionary.use(known, NOW), range(110)))
    assert names_in("DICTIONARY") == ["INGREDIENT#thit-bo"]
    assert names_in("TRANSLATION_CACHE") == []


def test_words_are_translated_once(model: Oracle) -> None:
    found = translation.translate(["thịt bò", "Cà Chua"], NOW)
    assert found.english == ["beef", "tomato"]
    assert found.failed == []
    assert sorted(model.tasks()) == ["ingredient-nutrition"] * 2 + ["translate-ingredient"] * 2
    again = translation.translate(["THIT BO", "cà chua"], NOW)
    assert again.english == ["beef", "tomato"]
    assert len(model.asked) == 4
    item = world.item("TRANSLATION_CACHE", "INGREDIENT#thit-bo")
    assert item is not None
    assert item["usageCount"] == 1
    assert item["nutrition"] == {"per100g": {"calories": 250, "protein": 26, "carbs": 0, "fat": 15, "fiber": 0}}


def test_another_word_for_the_same_needs_no_second_nutrition(model: Oracle) -> None:
    translation.translate(["thịt bò"], NOW)
    translation.translate(["bò"], NOW)
    assert sorted(model.tasks()) == ["ingredient-nutrition"] + ["translate-ingredient"] * 2


def test_what_is_no_food_fails_and_is_not_kept(model: Oracle) -> None:
    found = translation.translate(["cái ghế", "thịt bò", "肉", "x" * 81], NOW)
    assert found.english == ["beef"]
    assert found.failed == ["cái ghế", "肉", "x" * 81]
    assert [subject for task, subject in model.asked if task == "translate-ingredient"] == ["cái ghế", "thịt bò"]
    assert names_in("TRANSLATION_CACHE") == ["INGREDIENT#thit-bo"]


def test_without_nutrition_the_values_are_zeros(model: Oracle) -> None:
    model.instead["ingredient-nutrition"] = "who knows"
    translation.translate(["thịt bò"], NOW)
    known = dictionary.look_up(["thit-bo"], NOW)["thit-bo"]
    assert set(known.nutrition.values()) == {0.0}


def test_the_model_is_asked_for_twenty_words_at_most(model: Oracle) -> None:
    model.instead["translate-ingredient"] = lambda word: f"food-{word.split()[-1]}"
    numbers = [f"món lạ {chr(97 + at // 26)}{chr(97 + at % 26)}" for at in range(30)]
    found = translation.translate(numbers, NOW)
    assert len(found.entries) == 20
    assert len(found.failed) == 10


@pytest.mark.parametrize(
    "word",
    ["", "a", "ga", "bo", "abc", "12345", "!!!", "aaaa", "gàààààà", "test", "TESTING", "lorem", "asdfgh", "x" * 81],
)
def test_junk_is_recognised(word: str) -> None:
    assert words.is_junk(word)


@pytest.mark.parametrize("word", ["gà", "bò", "thịt bò", "rau muống", "Phở", "beef", "trứng 2 lòng đỏ"])
def test_ingredients_are_no_junk(word: str) -> None:
    assert not words.is_junk(word)


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        (["gà, trứng; hành & tỏi"], ["gà", "trứng", "hành", "tỏi"]),
        (["gà và trứng and rice"], ["gà", "trứng", "rice"]),
        (["gà VÀ trứng"], ["gà", "trứng"]),
        (["g\u0061\u0300 v\u0061\u0300 trứng"], ["gà", "trứng"]),
        (["Gà", "gà ", "ga"], ["Gà"]),
        (["rau vàng", "sandwich", "<b>tỏi</b>", ",;&"], ["rau vàng", "sandwich", "tỏi"]),
    ],
)
def test_lists_that_people_type_are_split(typed: list[str], names: list[str]) -> None:
    assert words.split(typed) == names


@given(st.lists(st.text()))
def test_any_list_can_be_split(typed: list[str]) -> None:
    found = words.split(typed)
    assert len(set(found)) == len(found)
    assert all(name.strip() == name and name for name in found)
    assert words.split(found) == found


@given(st.text())
def test_an_english_name_has_its_form_or_is_none(text: str) -> None:
    assert words.english(text) == "" or words.is_english(words.english(text))

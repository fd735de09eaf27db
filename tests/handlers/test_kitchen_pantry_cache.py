from __future__ import annotations

from typing import Any

import pytest
import world
from hypothesis import given
from hypothesis import strategies as st
from kitchen.pantry import cache
from kitchen.pantry.models import Wishes
from world import NOW

names = st.lists(st.from_regex(r"[a-z][a-z-]{0,20}[a-z]", fullmatch=True), min_size=1, max_size=120)
wishes = st.builds(
    Wishes,
    servings=st.integers(1, 5),
    mealType=st.sampled_from(["none", "breakfast", "lunch", "dinner", "snack"]),
    maxTime=st.sampled_from([15, 30, 45, 60, 90, 120]),
    dislikedIngredients=st.lists(st.sampled_from(["hành", "tỏi", "ớt", "Ớt"])),
    preferredCookingMethods=st.lists(st.sampled_from(["none", "kho", "xào", "luộc", "nướng", "hấp", "chiên"])),
)


def test_a_key_is_written_as_the_specification_says() -> None:
    assert cache.cache_key(["tofu", "beef"], Wishes(servings=3, mealType="lunch", maxTime=30)) == (
        "beef|tofu|s3|lunch|t30"
    )


@given(names, wishes, st.randoms())
def test_order_and_repetition_do_not_matter(english: list[str], wished: Wishes, random: Any) -> None:
    mixed = [*english, *english[:3]]
    random.shuffle(mixed)
    assert cache.cache_key(mixed, wished) == cache.cache_key(english, wished)


@given(names, wishes)
def test_a_key_fits_where_keys_are_kept(english: list[str], wished: Wishes) -> None:
    assert len(f"AI_CACHE#{cache.cache_key(english, wished)}".encode()) <= 1_024


@given(names, names, wishes, wishes)
def test_different_requests_have_different_keys(one: list[str], two: list[str], wish: Wishes, other: Wishes) -> None:
    asked = [(set(one), wish), (set(two), other)]
    told = [(held, w.servings, w.mealType, w.maxTime) for held, w in asked]
    assert (cache.cache_key(one, wish) == cache.cache_key(two, other)) is (told[0] == told[1])


@given(wishes)
def test_what_was_made_for_some_wishes_suits_the_same_wishes(wished: Wishes) -> None:
    assert cache.suits(wished, wished.model_dump())
    assert cache.score(wished, wished.model_dump()) == 130


KEPT = Wishes(maxTime=60, mealType="lunch", dislikedIngredients=["hành", "tỏi"], preferredCookingMethods=["kho", "xào"])


@pytest.mark.parametrize(
    ("changed", "suits"),
    [
        ({}, True),
        ({"servings": 3}, False),
        ({"mealType": "none"}, True),
        ({"mealType": "dinner"}, False),
        ({"maxTime": 30}, True),
        ({"maxTime": 90}, False),
        ({"dislikedIngredients": ["TỎI"]}, True),
        ({"dislikedIngredients": []}, False),
        ({"dislikedIngredients": ["ớt"]}, False),
        ({"preferredCookingMethods": ["kho"]}, True),
        ({"preferredCookingMethods": []}, True),
        ({"preferredCookingMethods": ["none"]}, True),
        ({"preferredCookingMethods": ["hấp"]}, False),
        ({"skillLevel": "expert"}, True),
    ],
)
def test_wishes_are_compared_as_the_specification_says(changed: dict[str, Any], suits: bool) -> None:
    assert cache.suits(KEPT.model_copy(update=changed), KEPT.model_dump()) is suits


def test_nothing_suits_where_something_is_disliked_and_nothing_was() -> None:
    assert not cache.suits(Wishes(dislikedIngredients=["hành"]), Wishes().model_dump())


def dish(name: str = "Bò xào", minutes: int = 20, *ingredients: str) -> dict[str, Any]:
    listed = [
        {"name": one, "vietnameseName": one, "amount": "1", "unit": "g"} for one in ingredients or ("beef", "onion")
    ]
    return {"name": name, "ingredients": listed, "steps": [], "cookingTime": minutes, "servings": 2}


@pytest.mark.usefixtures("aws")
class TestKept:
    def test_the_same_request_finds_it(self) -> None:
        asked = cache.cache_key(["beef", "egg"], Wishes())
        cache.keep(asked, Wishes(), [dish()], NOW)
        assert cache.find(["egg", "beef"], Wishes(), NOW) == [dish()]

    def test_the_same_request_with_other_dislikes_does_not(self) -> None:
        cache.keep(cache.cache_key(["beef", "egg"], Wishes()), Wishes(), [dish()], NOW)
        assert cache.find(["beef", "egg"], Wishes(dislikedIngredients=["hành"]), NOW) == []

    def test_some_of_its_ingredients_find_it(self) -> None:
        cache.keep("beef|egg|s2|none|t60", Wishes(), [dish()], NOW)
        assert cache.find(["beef"], Wishes(), NOW) == [dish()]
        assert cache.find(["onion", "beef"], Wishes(), NOW) == [dish()]
        assert cache.find(["beef", "tofu"], Wishes(), NOW) == []

    def test_after_a_day_it_is_gone(self) -> None:
        cache.keep("beef|s2|none|t60", Wishes(), [dish()], NOW)
        late = NOW + 86_400_000
        assert cache.find(["beef"], Wishes(), late) == []
        assert cache.find(["beef", "onion"], Wishes(), late) == []
        assert cache.with_ingredient("beef", late) == set()

    def test_a_dish_that_takes_too_long_is_left_out(self) -> None:
        cache.keep("beef|s2|none|t60", Wishes(maxTime=60), [dish(minutes=45)], NOW)
        assert cache.find(["beef"], Wishes(maxTime=30), NOW) == []
        assert cache.find(["beef"], Wishes(maxTime=45), NOW) == [dish(minutes=45)]

    def test_the_best_agreement_wins(self) -> None:
        later, lunch = Wishes(maxTime=120), Wishes(mealType="lunch")
        cache.keep("1", later, [dish("later")], NOW)
        cache.keep("2", lunch, [dish("lunch")], NOW)
        assert cache.find(["onion"], Wishes(mealType="lunch"), NOW) == [dish("lunch")]
        assert cache.find(["onion"], Wishes(maxTime=90), NOW) == [dish("later")]

    def test_entries_stand_where_the_table_map_says(self) -> None:
        cache.keep("egg|s2|none|t60", Wishes(), [dish()], NOW)
        entry = world.item("AI_CACHE#beef|onion|s2|none|t60", "METADATA")
        assert entry is not None
        assert (entry["GSI2PK"], entry["GSI2SK"]) == ("CACHE#PUBLIC", "2026-03-04T05:06:07.089Z")
        assert entry["searchableText"] == "bò xào beef onion"
        assert entry["ttl"] == 1_772_600_767 + 86_400
        assert entry["settings"]["servings"] == 2
        alias = world.item("AI_CACHE#egg|s2|none|t60", "METADATA")
        assert alias is not None
        assert "GSI2PK" not in alias
        ingredient = world.item("AI_CACHE#beef|onion|s2|none|t60", "INGREDIENT#beef")
        assert ingredient is not None
        assert (ingredient["GSI4PK"], ingredient["ttl"]) == ("CACHE_INGREDIENT#beef", 1_772_600_767 + 86_400)

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kitchen.pantry import nutrition, units

ASKED = {
    "g": 1, "kg": 1000, "ml": 1, "lít": 1000, "muỗng canh": 15, "thìa cà phê": 5, "cup": 240, "chén": 200, "bát": 300,
    "tô": 400, "cái": 100, "miếng": 80, "lát": 30, "con": 150, "trái": 50, "quả": 50, "củ": 100, "cây": 20,
    "nhánh": 10, "lá": 2, "tép": 5, "bó": 50, "lạng": 100, "cân": 600, "hạt": 1, "nhúm": 2, "mớ lạ": 100,
}  # fmt: skip


@pytest.mark.parametrize(("unit", "weight"), ASKED.items())
@given(number=st.integers(1, 50))
def test_units_weigh_what_the_specification_says(unit: str, weight: float, number: int) -> None:
    assert units.grams(f"{number} {unit}") == number * weight
    assert units.grams(f"{number}{unit.upper()}") == number * weight


@pytest.mark.parametrize(
    ("english", "amount", "weight"),
    [
        ("sugar", "1 tbsp", 12.5), ("sugar", "1 tsp", 4), ("brown-sugar", "1 cup", 200), ("salt", "1 tbsp", 18),
        ("salt", "1 tsp", 6), ("fish-sauce", "2 muỗng canh", 36), ("flour", "1 tbsp", 8), ("flour", "1 tsp", 2.5),
        ("flour", "1 cup", 120), ("rice", "1 cup", 185), ("rice", "1 chén", 150), ("garlic", "2 tép", 10),
        ("garlic", "1 củ", 30), ("chicken-breast", "1 cái", 200), ("egg", "3 quả", 150), ("chicken-egg", "3", 150),
        ("duck-egg", "1 quả", 70), ("quail-egg", "10 quả", 100), ("lemongrass", "2 cây", 40), ("chili", "2 trái", 10),
        ("shallot", "2 củ", 60), ("rice-noodle", "1 cup", 240), ("eggplant", "1 quả", 50),
    ],
)  # fmt: skip
def test_some_ingredients_weigh_their_own(english: str, amount: str, weight: float) -> None:
    assert units.grams(amount, english) == weight


@pytest.mark.parametrize(
    ("amount", "weight"),
    [
        ("1/2 kg", 500), ("1 1/2 kg", 1500), ("½ kg", 500), ("1½ kg", 1500), ("1,5 kg", 1500), ("1.5kg", 1500),
        ("1.500 g", 1500), ("1,500 ml", 1500), ("2-3 tép", 12.5), ("nửa kg", 500), ("vừa đủ", 2), ("một ít", 2),
        ("to taste", 2), (250, 250), (2, 200), ("2", 200), ("300", 300), ("", 0), ("   ", 0), ("1/0 kg", 0),
        ("999999999 kg", 100_000), ("abc", 100),
    ],
)  # fmt: skip
def test_amounts_are_read_as_cooks_write_them(amount: str | float, weight: float) -> None:
    assert units.grams(amount) == weight


@given(st.text() | st.floats(allow_nan=False) | st.integers(-(10**12), 10**12), st.text(max_size=40))
def test_whatever_is_written_weighs_something_a_pot_can_hold(amount: str | float, english: str) -> None:
    weight = units.grams(amount, english)
    assert math.isfinite(weight)
    assert 0 <= weight <= 100_000


@given(st.integers(1, 400), st.sampled_from(["muỗng canh", "kg", "chén", "quả"]))
def test_twice_as_much_weighs_twice_as_much(number: int, unit: str) -> None:
    assert units.grams(f"{2 * number} {unit}") == pytest.approx(min(2 * units.grams(f"{number} {unit}"), 100_000))


@pytest.mark.parametrize(
    ("text", "amount", "name"),
    [
        ("200g thịt bò", "200g", "thịt bò"), ("thịt bò 200g", "200g", "thịt bò"),
        ("2 quả trứng gà", "2 quả", "trứng gà"),
        ("nước mắm 2 muỗng canh", "2 muỗng canh", "nước mắm"), ("thịt gà", "", "thịt gà"), ("2 trứng", "2", "trứng"),
        ("1/2 muỗng cà phê muối", "1/2 muỗng cà phê", "muối"), ("coca 330", "", "coca 330"), ("12", "", "12"),
    ],
)  # fmt: skip
def test_an_amount_is_told_from_the_name(text: str, amount: str, name: str) -> None:
    assert units.split_amount(text) == (amount, name)


@given(st.text())
def test_any_text_can_be_looked_through_for_an_amount(text: str) -> None:
    amount, name = units.split_amount(text)
    assert len(amount) + len(name) <= 3 * len(text) + 10


@pytest.mark.parametrize(
    ("english", "kind"),
    [
        ("fish-sauce", (35, 5.1, 3.6, 0, 0)), ("premium-fish-sauce", (35, 5.1, 3.6, 0, 0)),
        ("fish", (120, 22, 0, 3, 0)),
        ("fish-oil", (884, 0, 0, 100, 0)), ("soy-sauce", (53, 8.1, 4.9, 0, 0)), ("chicken-egg", (155, 13, 1.1, 11, 0)),
        ("eggs", (155, 13, 1.1, 11, 0)), ("tomatoes", (18, 0.9, 3.9, 0.2, 1.2)), ("salmon", (120, 22, 0, 3, 0)),
        ("eggplant", (25, 2, 5, 0.3, 2)), ("rice-noodle", (138, 4.5, 25, 2.1, 1.2)), ("salt", (0, 0, 0, 0, 0)),
        ("dragon-fruit", (50, 2, 8, 1, 1)), ("", (50, 2, 8, 1, 1)),
    ],
)  # fmt: skip
def test_what_is_not_known_is_estimated_by_its_name(english: str, kind: tuple[float, ...]) -> None:
    names = ("calories", "protein", "carbs", "fat", "fiber")
    assert nutrition.estimate(english) == dict(zip(names, map(float, kind), strict=True))


numbers = st.floats(0, 900)
values = st.fixed_dictionaries(dict.fromkeys(("calories", "protein", "carbs", "fat", "fiber"), numbers))


@given(st.lists(values, max_size=5), st.integers(1, 1_000))
def test_servings_add_up_to_the_whole(parts: list[dict[str, float]], servings: int) -> None:
    whole = nutrition.total(parts)
    one = nutrition.shared(whole, servings)
    assert whole["calories"] == pytest.approx(sum(part["calories"] for part in parts))
    assert one["fat"] * servings == pytest.approx(whole["fat"])


def test_values_are_shown_with_one_decimal_and_fiber_only_if_there_is_some() -> None:
    assert nutrition.rounded({"calories": 1.26, "protein": 0, "carbs": 2, "fat": 0.04, "fiber": 0.04}) == {
        "calories": 1.3, "protein": 0, "carbs": 2, "fat": 0,
    }  # fmt: skip
    assert nutrition.rounded({"fiber": 0.06})["fiber"] == 0.1

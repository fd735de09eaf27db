from __future__ import annotations

from typing import Annotated

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kitchen.body import Body, Listing, Maybe, read_body, read_query
from kitchen.errors import BadRequest
from pydantic import Field


class Dish(Body):
    """A body."""

    title: Annotated[str, Field(max_length=5)]
    servings: Maybe[int] = None
    password: Maybe[Annotated[str, Field(min_length=12)]] = None


def test_a_body_is_read() -> None:
    dish = read_body(Dish, '{"title": "phở", "servings": 2}')
    assert (dish.title, dish.servings) == ("phở", 2)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "the body is not JSON"),
        ("{", "the body is not JSON"),
        ("[" * 5_000, "the body is not JSON"),
        ('{"title":"\\ud800"}', "the body is not JSON"),
        ("[]", "Input should be an object"),
        ("null", "Input should be an object"),
        ('"x"', "Input should be an object"),
        ('{"title":5}', "title: Input should be a valid string"),
        ('{"title":"toolong"}', "title: String should have at most 5 characters"),
        ('{"title":"a","servings":"2"}', "servings: Input should be a valid integer"),
        ('{"title":"a","servings":null}', "servings: Input should be a valid integer"),
        ('{"title":"a","servings":true}', "servings: Input should be a valid integer"),
        ('{"title":"a","more":1}', "more: Extra inputs are not permitted"),
        ("{}", "title: Field required"),
    ],
)
def test_a_hostile_body_is_refused_and_told_why(text: str, told: str) -> None:
    with pytest.raises(BadRequest) as refused:
        read_body(Dish, text)
    assert refused.value.message == told


def test_a_refusal_never_repeats_the_value() -> None:
    with pytest.raises(BadRequest) as refused:
        read_body(Dish, '{"title":"a","password":"Hunter2!"}')
    assert refused.value.message == "password: String should have at least 12 characters"


@given(st.text())
def test_whatever_is_sent_is_read_or_refused(text: str) -> None:
    try:
        read_body(Dish, text)
    except BadRequest as refused:
        assert len(refused.message) < 1_000


def test_a_query_is_read_from_texts() -> None:
    listing = read_query(Listing, {"limit": "5", "lastKey": "abc", "unknown": "x"})
    assert (listing.limit, listing.token) == (5, "abc")
    assert read_query(Listing, {}).limit == 20


@pytest.mark.parametrize("limit", ["0", "101", "-1", "x", "", "1.5", "9" * 400])
def test_a_limit_out_of_range_is_refused(limit: str) -> None:
    with pytest.raises(BadRequest, match=r"^limit: "):
        read_query(Listing, {"limit": limit})

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote, unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kitchen.errors import BadRequest
from kitchen.paging import base64_token, read_index, read_position, url_token

KEY = {"PK": "POST#1", "SK": "METADATA", "GSI2PK": "POST#PUBLIC", "GSI2SK": "2026-03-04T05:06:07.089Z"}
words = st.text(min_size=1, max_size=40).filter(lambda text: text.isprintable())


def test_tokens_have_the_forms_that_clients_know() -> None:
    assert url_token({"PK": "a", "SK": "b#c"}) == "%7B%22PK%22%3A%22a%22%2C%22SK%22%3A%22b%23c%22%7D"
    assert base64_token({"PK": "a", "SK": "b"}) == "eyJQSyI6ImEiLCJTSyI6ImIifQ=="
    assert url_token(None) is None
    assert base64_token(None) is None


@given(words, words, words)
def test_a_token_reads_back_in_every_form_it_may_arrive_in(partition: str, sort: str, own: str) -> None:
    key = {"PK": own, "SK": own, "GSI2PK": partition, "GSI2SK": sort}
    url, packed = url_token(key), base64_token(key)
    assert url and packed
    for token in (url, unquote(url), packed):
        assert read_position(token, partition, "GSI2") == key


def test_no_token_is_the_beginning() -> None:
    assert read_position(None, "POST#PUBLIC", "GSI2") is None
    assert read_position("", "POST#PUBLIC", "GSI2") is None
    assert read_index(None) == 0


@pytest.mark.parametrize(
    "changed",
    [
        {"GSI2PK": "POST#somebody"},
        {"GSI2PK": None},
        {"GSI2SK": 5},
        {"GSI2SK": ""},
        {"PK": ["POST#1"]},
        {"more": "attributes"},
        {"SK": "x" * 2_000},
        {"SK": "\ud800"},
    ],
)
def test_a_token_of_another_place_is_refused(changed: dict[str, Any]) -> None:
    token = quote(json.dumps({**KEY, **changed}))
    with pytest.raises(BadRequest, match=r"^the paging token is not one of ours$"):
        read_position(token, "POST#PUBLIC", "GSI2")


def test_a_token_outside_the_prefix_is_refused() -> None:
    key = {"PK": "USER#a", "SK": "PROFILE"}
    assert read_position(url_token(key), "USER#a", prefix="PRO") == key
    with pytest.raises(BadRequest):
        read_position(url_token(key), "USER#a", prefix="NOTIFICATION#")


@given(st.text())
def test_whatever_is_sent_as_a_token_is_read_or_refused(token: str) -> None:
    for read in (lambda: read_position(token, "USER#a"), lambda: read_index(token)):
        try:
            read()
        except BadRequest:
            continue


@pytest.mark.parametrize("token", ["[" * 4_000, "{" * 4_000, "%7B" * 100, "9" * 5_000, "%ff%fe", "é", "=", "{}"])
def test_hostile_tokens_are_refused(token: str) -> None:
    with pytest.raises(BadRequest):
        read_position(token, "USER#a")


@pytest.mark.parametrize("token", ['{"index":-1}', '{"index":true}', '{"index":1.5}', '{"index":99999}', '{"at":1}'])
def test_a_place_in_a_merged_list_is_a_small_number(token: str) -> None:
    with pytest.raises(BadRequest):
        read_index(token)


def test_a_place_in_a_merged_list_reads_back() -> None:
    assert read_index(url_token({"index": 40})) == 40

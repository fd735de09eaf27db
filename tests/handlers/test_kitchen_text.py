from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kitchen.text import cut, file_stem, normalise, sanitise


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Thịt bò", "thit-bo"),
        ("ĐẬU ĐŨA", "dau-dua"),
        ("  nước   mắm \t nhĩ ", "nuoc-mam-nhi"),
        ("trứng (gà) 2 quả!", "trung-ga-2-qua"),
        ("rau - thơm", "rau-thom"),
        ("--", ""),
        ("phở", "pho"),
        ("phở", "pho"),
    ],
)
def test_a_vietnamese_name_becomes_a_key(text: str, key: str) -> None:
    assert normalise(text) == key


@given(st.text())
def test_a_key_holds_nothing_but_letters_digits_and_single_hyphens(text: str) -> None:
    assert re.fullmatch(r"([a-z0-9]+(-[a-z0-9]+)*)?", normalise(text))


@given(st.text())
def test_a_key_stays_what_it_is(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@pytest.mark.parametrize(
    ("text", "harmless"),
    [
        ("  An <b>Bình</b> ", "An Bình"),
        ("a<script>alert(1)</script>b", "ab"),
        ("a<SCRIPT src=x>1</script >b", "ab"),
        ("<scr<b>ipt>x", "script>x"),
        ("i <3 pho", "i <3 pho"),
        ("<img src=x onerror=y", "img src=x onerror=y"),
        ("<style>p{}</style>ok", "ok"),
    ],
)
def test_text_loses_its_tags(text: str, harmless: str) -> None:
    assert sanitise(text) == harmless


@given(st.text(alphabet="<>/! scriptab="))
def test_no_tag_is_left_whatever_is_nested(text: str) -> None:
    assert not re.search(r"<[a-z!?/]", sanitise(text), re.IGNORECASE)


def test_a_huge_text_of_openings_is_read_in_linear_time() -> None:
    assert sanitise("<" * 200_000 + "a").endswith("a")


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("Phở bò.JPG", "pho-bo"),
        ("../../etc/passwd", "passwd"),
        ("C:\\temp\\x.png", "x"),
        ("....", "image"),
        ("a" * 100 + ".png", "a" * 64),
    ],
)
def test_a_file_name_is_made_safe_for_a_key(name: str, stem: str) -> None:
    assert file_stem(name) == stem


def test_a_long_text_is_cut() -> None:
    assert cut("abcdef", 3) == "abc"
    assert cut("ab", 3) == "ab"

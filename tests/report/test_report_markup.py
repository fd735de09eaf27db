from __future__ import annotations

from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from ecinfra.report.markup import Markup, element


def test_texts_and_attributes_are_escaped() -> None:
    made = element("p", "a < b & \"c\" 'd'", title='"><script>')

    assert str(made) == ('<p title="&quot;&gt;&lt;script&gt;">a &lt; b &amp; &quot;c&quot; &#x27;d&#x27;</p>')


def test_markup_stays_markup() -> None:
    assert str(element("p", element("b", "x"), Markup("&#8203;"))) == "<p><b>x</b>&#8203;</p>"


def test_names_are_spelled_as_in_markup_and_what_is_none_is_left_out() -> None:
    made = element("rect", class_="box", data_id="a", href=None, x=12.0, y=0.25)

    assert str(made) == '<rect class="box" data-id="a" x="12" y="0.2"/>'


@given(st.text())
def test_any_text_makes_an_element_that_can_be_read(said: str) -> None:
    ElementTree.fromstring(str(element("p", said, title=said)))

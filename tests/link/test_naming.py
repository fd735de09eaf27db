"""Names of wires."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecinfra.errors import LinkError
from ecinfra.link.naming import wire_name
from ecinfra.link.references import GET_ATT, REF, VALUE, Reference

LETTERS = string.ascii_letters
_PIECES = st.sampled_from(["Get", "Ref", "Has", "0", "00", "Arn", "Table", "x", "G", "Re", "2e", "02e"])
IDS = st.tuples(st.sampled_from(LETTERS), st.lists(_PIECES, max_size=5)).map(lambda pair: pair[0] + "".join(pair[1]))
ATTRIBUTES = st.tuples(st.sampled_from(LETTERS), st.lists(_PIECES | st.sampled_from("._-"), max_size=4)).map(
    lambda pair: pair[0] + "".join(pair[1])
)
REFERENCES = st.one_of(
    IDS.map(lambda name: Reference(REF, name)),
    st.builds(Reference, st.just(GET_ATT), IDS, ATTRIBUTES),
    st.builds(Reference, st.just(VALUE), IDS, ATTRIBUTES),
)


def test_a_name_reads_as_what_it_carries() -> None:
    assert wire_name(Reference(GET_ATT, "Table", "Arn"), ()) == "TableGetArn"
    assert wire_name(Reference(REF, "Table"), ()) == "TableRef"
    assert wire_name(Reference(VALUE, "Table", "Indexes"), ()) == "TableHasIndexes"


def test_a_ref_of_table_arn_is_not_the_arn_of_table() -> None:
    assert wire_name(Reference(REF, "TableArn"), ()) != wire_name(Reference(GET_ATT, "Table", "Arn"), ())


def test_a_separating_word_inside_an_id_does_not_separate() -> None:
    assert wire_name(Reference(GET_ATT, "TableGet", "Arn"), ()) == "TableGet0GetArn"
    assert wire_name(Reference(GET_ATT, "Endpoint", "Address.Host"), ()) == "EndpointGetAddress02eHost"


def test_a_name_that_is_taken_gets_a_zero_which_no_other_wire_ends_with() -> None:
    assert wire_name(Reference(REF, "Table"), {"TableRef"}) == "TableRef0"
    assert wire_name(Reference(REF, "Table"), {"TableRef", "TableRef0"}) == "TableRef00"


def test_an_attribute_that_cannot_be_one_is_refused() -> None:
    with pytest.raises(LinkError) as caught:
        wire_name(Reference(GET_ATT, "Table", "0"), ())
    assert str(caught.value) == "'0' of Table is no attribute's name"


@given(REFERENCES, REFERENCES, st.integers(0, 2), st.integers(0, 2))
def test_two_values_never_share_a_name(one: Reference, other: Reference, taken: int, others: int) -> None:
    """Whatever they are called, and whatever ids are taken."""
    plain = wire_name(one, ()), wire_name(other, ())
    if one != other:
        assert plain[0] != plain[1]
        first = wire_name(one, {plain[0] + "0" * count for count in range(taken)})
        second = wire_name(other, {plain[1] + "0" * count for count in range(others)})
        assert first != second


@given(REFERENCES)
def test_a_name_is_a_logical_id(reference: Reference) -> None:
    assert wire_name(reference, ()).isalnum()
    assert wire_name(reference, ()).isascii()

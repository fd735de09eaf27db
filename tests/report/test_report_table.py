from __future__ import annotations

from ecinfra.report.table import Cell, columns, table

ROWS = [[Cell("Mail"), Cell("4")], [Cell("Backend"), Cell("1,152", "red")]]


def test_columns_are_as_wide_as_what_they_hold() -> None:
    rows = [[Cell("Mail"), Cell("4")], [Cell("Backend"), Cell("1,152")]]

    assert table(["stack", "count"], rows, right={"count"}) == (
        "stack    count\n"
        "Mail         4\n"
        "Backend  1,152"
    )  # fmt: skip


def test_what_stands_left_ends_without_blanks() -> None:
    assert table(["a", "b"], [[Cell("long text"), Cell("x")]]) == "a          b\nlong text  x"


def test_colours_take_no_room() -> None:
    assert table(["stack", "count"], ROWS, right={"count"}).splitlines()[2] == "Backend  \x1b[31m1,152\x1b[0m"


def test_the_first_column_is_cut_where_there_is_no_room() -> None:
    rows = [[Cell("A" * 90), Cell("1")]]

    assert (
        table(["stack", "count"], rows, right={"count"}, width=40).splitlines()[1] == "A" * 30 + "..." + " " * 6 + "1"
    )


def test_a_wide_terminal_does_not_stretch_a_table() -> None:
    assert table(["stack", "count"], ROWS, width=200) == table(["stack", "count"], ROWS)


def test_wide_signs_take_two_columns_and_combining_ones_none() -> None:
    assert columns("料理") == 4
    assert columns("e\u0301") == 1
    assert table(["a", "b"], [[Cell("料理"), Cell("x")]]) == "a     b\n料理  x"

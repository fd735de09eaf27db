from __future__ import annotations

from ecinfra.report.text import counted


def test_things_are_counted() -> None:
    assert [counted(number, "template") for number in (0, 1, 1_000)] == [
        "0 templates",
        "1 template",
        "1,000 templates",
    ]

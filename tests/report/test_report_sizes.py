from __future__ import annotations

from typing import Any

from ecinfra.render import Template
from ecinfra.report.sizes import Size, measure, over, sizes_table, total


def root(name: str, *, resources: int = 1, text: str = "{}") -> Template:
    body: dict[str, Any] = {"Resources": {f"R{number}": {} for number in range(resources)}}
    return Template(name, "Root", body, text, "templates/0.json")


def test_a_template_is_measured_in_bytes_not_signs() -> None:
    body: dict[str, Any] = {
        "Resources": {"A": {}, "B": {}},
        "Parameters": {"P": {}},
        "Outputs": {"X": {}, "Y": {}, "Z": {}},
    }

    assert measure(Template("Shop", "Root", body, "äöü", "k.json")) == Size(2, 1, 3, 6)


def test_sizes_are_added_up() -> None:
    assert total([Size(1, 2, 3, 4), Size(10, 20, 30, 40)]) == Size(11, 22, 33, 44)


def test_what_is_over_a_limit_is_named() -> None:
    assert over(Size(500, 200, 200, 1_000_000)) == []
    assert over(Size(501, 200, 201, 1_000_001)) == ["resources", "outputs", "bytes"]


def test_a_table_of_small_templates_has_no_marks() -> None:
    assert sizes_table([root("Shop-dev", resources=399)]) == (
        "template       resources  parameters  outputs      bytes\n"
        "\x1b[1mShop-dev\x1b[0m             399           0        0          2\n"
        "total                399           0        0          2\n"
        "limit of each        500         200      200  1,000,000"
    )


def test_templates_near_a_limit_and_over_it_are_marked_in_text_and_colour() -> None:
    lines = sizes_table([root("Near", resources=400), root("Over", resources=501, text="x" * 1_000_001)]).splitlines()

    assert lines[1] == ("\x1b[1mNear\x1b[0m               \x1b[33m! 400\x1b[0m           0        0             2")
    assert lines[2] == (
        "\x1b[1mOver\x1b[0m              \x1b[31m!! 501\x1b[0m           0        0  \x1b[31m!! 1,000,001\x1b[0m"
    )
    assert lines[-2:] == [
        "",
        "!  80 % of a limit, or more    !!  over a limit: CloudFormation refuses the template",
    ]

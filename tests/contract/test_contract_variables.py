from __future__ import annotations

import pytest

from tests.contract.shop import HANDLER, Shop

READS = """\
import os

SHELF = os.environ["SHELF"]


def handler(event, context):
    return SHELF
"""


def test_a_variable_that_is_read_is_given(shop: Shop) -> None:
    shop.clerk(READS)

    assert shop.findings() == ["EC201 Clerk: reads SHELF, and is not given it [clerk/handler.py:3]"]


def test_a_variable_of_nearly_that_name_is_proposed(shop: Shop) -> None:
    shop.clerk(READS, env={"SHELVES": "3"})

    assert shop.findings() == [
        "EC201 Clerk: reads SHELF, and is not given it; did you mean 'SHELVES'? [clerk/handler.py:3]",
        "EC203 Clerk.Environment.Variables.SHELVES: is given SHELVES, and nothing in its code reads that",
    ]


def test_a_variable_that_is_given_is_read(shop: Shop) -> None:
    shop.clerk(READS, env={"SHELF": "3", "ROOM": "4"})

    assert shop.findings() == [
        "EC203 Clerk.Environment.Variables.ROOM: is given ROOM, and nothing in its code reads that"
    ]


def test_a_default_is_known_and_no_fault(shop: Shop) -> None:
    shop.clerk('import os\n\n\ndef handler(event, context):\n    return os.getenv("SHELF", "1")\n')

    assert shop.findings() == [
        "EC202 Clerk: reads SHELF, and is not given it: the code's default holds [clerk/handler.py:5]"
    ]


@pytest.mark.parametrize(
    "code",
    [
        'from os import environ\nSHELF = environ["SHELF"]\n',
        'import os as system\nSHELF = system.environ["SHELF"]\n',
        'from os import environ as given\nSHELF = given.get("SHELF")\n',
        'import os\nNAME = "SHELF"\nSHELF = os.environ[NAME]\n',
        'import os\nSHELF, ROOM = os.environ["SHELF"], 4\n',
        'import os\nSHELVES = {name: os.environ[name] for name in ("SHELF",)}\n',
        'import os\nfor name in ["SHELF"]:\n    print(os.environ[name])\n',
        'import os\nALL = {kind: os.environ[f"SH{kind}"] for kind in ("ELF",)}\n',
        'import os\nSHELF = os.environ["SH" + "ELF"]\n',
        'import os\n\n\ndef told(name):\n    return os.environ[name]\n\n\nSHELF = told("SHELF")\n',
        "import os\n\n\ndef told(*, name, default=None):\n    return os.getenv(name, default)\n\n\n"
        'SHELF = told(name="SHELF")\n',
        "import os\n\n\nclass Told:\n    def __init__(self, name):\n        self.value = os.environ[name]\n\n\n"
        'SHELF = Told("SHELF").value\n',
        "import os\nfrom dataclasses import dataclass\n\n\n"
        "@dataclass\nclass Told:\n    name: str\n\n    def value(self):\n"
        '        return os.environ[self.name]\n\n\nSHELF = Told("SHELF").value()\n',
        'import os\ntry:\n    SHELF = os.environ["SHELF"]\nexcept KeyError:\n    SHELF = "1"\n',
    ],
)
def test_ways_to_read_a_variable(shop: Shop, code: str) -> None:
    shop.clerk(f"{code}\n\n{HANDLER}", env={"SHELF": "3"})

    assert shop.findings() == []


def test_what_a_helper_reads_is_said_where_it_is_asked_for(shop: Shop) -> None:
    helper = "import os\n\n\ndef told(name):\n    return os.environ[name]\n"
    shop.clerk(f'from settings import told\n\nSHELF = told("SHELF")\n\n\n{HANDLER}', layer=shop.layer(settings=helper))

    assert shop.findings() == ["EC201 Clerk: reads SHELF, and is not given it [clerk/handler.py:3]"]


def test_what_nothing_reaches_is_not_read(shop: Shop) -> None:
    shop.clerk(
        f'import os\n\n\ndef unused():\n    return os.environ["SHELF"]\n\n\n{HANDLER}',
        env={"ROOM": "4"},
    )

    assert shop.findings() == [
        "EC203 Clerk.Environment.Variables.ROOM: is given ROOM, and nothing in its code reads that"
    ]


@pytest.mark.parametrize(
    "code",
    [
        'SHELF = os.environ["SHELF"] if "SHELF" in os.environ else "1"\n',
        'try:\n    SHELF = os.environ["SHELF"]\nexcept KeyError:\n    SHELF = "1"\n',
    ],
)
def test_a_variable_that_code_can_do_without_is_no_error(shop: Shop, code: str) -> None:
    shop.clerk(f"import os\n\n{code}\n\n{HANDLER}")

    assert [finding[:5] for finding in shop.findings()] == ["EC202"]


def test_what_lambda_and_libraries_know_needs_nobody(shop: Shop) -> None:
    code = f"""\
import os

from aws_lambda_powertools import Logger

FUNCTION = os.environ["AWS_LAMBDA_FUNCTION_NAME"]
ENDPOINT = os.environ.get("AWS_ENDPOINT_URL")
log = Logger()


{HANDLER}"""
    layer = shop.layer("aws-lambda-powertools==3.37.0\n")
    shop.clerk(code, env={"POWERTOOLS_SERVICE_NAME": "shop", "TZ": "UTC"}, layer=layer)

    assert shop.findings() == []


def test_names_that_only_the_running_code_knows_are_told(shop: Shop) -> None:
    shop.clerk(
        "import os\n\n\ndef handler(event, context):\n    return os.environ[event['name']]\n", env={"SHELF": "3"}
    )

    assert shop.findings() == [
        "EC208 Clerk: reads environment variables by names that only the running code knows [clerk/handler.py:5]"
    ]


def test_of_a_name_that_is_known_in_part_the_rest_is_told(shop: Shop) -> None:
    shop.clerk(
        "import os\n\n\ndef handler(event, context):\n    return os.environ[f\"SHELF_{event['name']}\"]\n",
        env={"SHELF_A": "3", "ROOM": "4"},
    )

    assert shop.findings() == [
        "EC203 Clerk.Environment.Variables.ROOM: is given ROOM, and nothing in its code reads that",
        "EC208 Clerk: reads environment variables by names that only the running code knows, SHELF_* "
        "[clerk/handler.py:5]",
    ]


def test_all_variables_at_once_may_be_any(shop: Shop) -> None:
    shop.clerk("import os\n\n\ndef handler(event, context):\n    return dict(os.environ)\n", env={"SHELF": "3"})

    assert [finding[:5] for finding in shop.findings()] == ["EC208"]

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from troposphere import awslambda

from ecinfra.constructs import Layer
from tests.contract.shop import HANDLER, Shop


def test_a_function_starts_at_something(shop: Shop) -> None:
    shop.clerk("def handle(event, context):\n    return event\n")

    assert shop.findings() == [
        "EC204 Clerk.Handler: starts at clerk.handler.handler, and handler.py has no handler; did you mean 'handle'?"
    ]


def test_a_function_starts_in_a_module_of_its_zip(shop: Shop) -> None:
    shop.clerk(HANDLER, handler="clerk.desk.handler")
    shop.clerk(HANDLER, title="Flat", handler="handler.handler")
    shop.clerk(HANDLER, title="Bare", handler="handler")

    assert shop.findings() == [
        "EC204 Clerk.Handler: starts at clerk.desk.handler, and its zip has no module clerk.desk",
        "EC204 Flat.Handler: starts at handler.handler, and its zip has no module handler; "
        "what is in it lies below clerk",
        "EC204 Bare.Handler: starts at 'handler'; what is in it lies below clerk",
    ]


@pytest.mark.parametrize(
    "code",
    [
        "handler = print\n",
        "from clerk.other import handler\n",
        "from clerk.other import *\n",
        "from .other import work as handler\n",
        "class App:\n    def answer(self, event, context):\n        pass\n\n\nhandler = App().answer\n",
        "try:\n    from clerk.other import handler\nexcept ImportError:\n    handler = None\n",
    ],
)
def test_ways_to_an_entry(shop: Shop, code: str) -> None:
    shop.write(clerk__other=f"{HANDLER}\n\nwork = handler\n")
    shop.clerk(code)

    assert shop.findings() == []


def test_an_entry_in_a_package_may_be_written_with_slashes(shop: Shop) -> None:
    shop.clerk(HANDLER, handler="clerk/desk.handler")
    desk = shop.handlers.folder / "clerk" / "desk"
    desk.mkdir()
    (desk / "__init__.py").write_text(HANDLER)

    assert shop.findings() == []


def test_what_is_imported_is_there(shop: Shop) -> None:
    code = f"""\
import json
import pandas
from clerk.shelf import books
from clerk import attic
from shared import Books, Notes
import porter.handler


{HANDLER}"""
    shop.write(porter__handler=HANDLER)
    shop.clerk(code, layer=shop.layer(shared="class Books:\n    pass\n"))

    nowhere = "which is neither in its zip nor in its layer nor in its runtime"
    assert shop.findings() == [
        f"EC207 Clerk: imports pandas, {nowhere} [clerk/handler.py:2]",
        "EC207 Clerk: imports books from clerk.shelf, and there is no such thing [clerk/handler.py:3]",
        "EC207 Clerk: imports attic from clerk, and there is no such thing [clerk/handler.py:4]",
        "EC207 Clerk: imports Notes from shared, and there is no such thing [clerk/handler.py:5]",
        f"EC207 Clerk: imports porter.handler, {nowhere} [clerk/handler.py:6]",
    ]


@pytest.mark.parametrize(
    "code",
    [
        "import boto3\nimport botocore.config\nimport dateutil.tz\n",
        "import tomllib\nfrom collections.abc import Iterable\n",
        "import jwt\nimport PIL.Image\nfrom aws_lambda_powertools.event_handler import Response\n",
        "from clerk import shelf\nfrom clerk.shelf import books\nimport clerk.shelf\n",
        "from . import shelf\nfrom .shelf import books\n",
        "import shared\nfrom shared import Books\n",
        "try:\n    import pandas\nexcept ImportError:\n    pandas = None\n",
        "from typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n    import mypy_boto3_s3\n",
        'if __name__ == "__main__":\n    import pandas\n',
        "def unused():\n    import pandas\n",
    ],
)
def test_ways_to_import(shop: Shop, code: str) -> None:
    shop.write(clerk__shelf="books = 3\n")
    requirements = "aws-lambda-powertools==3.37.0 \\\n    --hash=sha256:00\npillow==13.0.0\nPyJWT[crypto]==2.15.1\n"
    shop.clerk(f"{code}\n\n{HANDLER}", layer=shop.layer(requirements, shared="class Books:\n    pass\n"))

    assert shop.findings() == []


def test_a_function_that_is_reached_imports_what_is_there_too(shop: Shop) -> None:
    shop.clerk("def handler(event, context):\n    import pandas\n\n    return pandas\n")

    assert [finding[:11] for finding in shop.findings()] == ["EC207 Clerk"]


def test_the_library_is_that_of_the_runtime(shop: Shop) -> None:
    shop.clerk(f"import tomllib\nimport cgi\n\n\n{HANDLER}", runtime="python3.13")
    shop.clerk(title="Old", runtime="python3.10")

    nowhere = "which is neither in its zip nor in its layer nor in its runtime"
    assert shop.findings() == [
        f"EC207 Clerk: imports cgi, {nowhere} [clerk/handler.py:2]",
        f"EC207 Old: imports tomllib, {nowhere} [clerk/handler.py:1]",
    ]


def test_a_layer_from_elsewhere_may_hold_what_is_imported(shop: Shop) -> None:
    shop.write(clerk__handler=f"import pandas\n\n\n{HANDLER}")
    layers = ["arn:aws:lambda:eu-west-1:017000801446:layer:Powertools:1"]
    code = awslambda.Code(S3Bucket="artifacts", S3Key=shop.handlers.handler("clerk").key)
    shop.desk.add(
        awslambda.Function(
            "Other", Code=code, Handler="clerk.handler.handler", Runtime="python3.13", Role="arn", Layers=layers
        )
    )

    assert shop.findings() == [
        "EC208 Other: imports pandas: whether a layer from elsewhere holds it was not checked [clerk/handler.py:1]"
    ]


def test_a_layer_for_this_machine_holds_what_lambda_brings(shop: Shop) -> None:
    folder = shop.handlers.folder / "layer"
    folder.mkdir(parents=True)
    (folder / "requirements-host.txt").write_text("pandas==3.0.0\n")
    layer = shop.desk.add(Layer("Shared", shop.handlers.layer("host")))
    shop.clerk(f"import pandas\n\n\n{HANDLER}", layer=layer)

    assert shop.findings() == []


def test_what_is_imported_is_python(shop: Shop) -> None:
    shop.write(clerk__shelf="books =\n")
    shop.clerk(f"from clerk.shelf import books\n\n\n{HANDLER}", runtime="python3.11")

    assert shop.findings() == [
        "EC209 Clerk: imports clerk.shelf, which is not Python: invalid syntax [clerk/shelf.py:1]"
    ]


def test_a_newer_python_than_this_one_may_understand_more(shop: Shop) -> None:
    shop.write(clerk__shelf="books =\n")
    shop.clerk(f"import clerk.shelf\n\n\n{HANDLER}", runtime="python3.99")

    here = ".".join(map(str, sys.version_info[:2]))
    assert shop.findings() == [
        f"EC208 Clerk: imports clerk.shelf, which Python {here} cannot read: invalid syntax [clerk/shelf.py:1]"
    ]


def test_a_file_with_a_byte_that_no_source_has_is_not_python(shop: Shop) -> None:
    shop.clerk(f"import clerk.shelf\n\n\n{HANDLER}", runtime="python3.11")
    Path(shop.handlers.folder, "clerk", "shelf.py").write_bytes(b"\0")

    assert [finding[:11] for finding in shop.findings()] == ["EC209 Clerk"]


def test_code_from_elsewhere_and_other_languages_are_told(shop: Shop) -> None:
    shop.clerk(HANDLER, runtime="nodejs22.x")
    inline = awslambda.Code(ZipFile="exports.handler = null")
    shop.desk.add(awslambda.Function("Inline", Code=inline, Handler="index.handler", Runtime="nodejs22.x", Role="arn"))

    assert shop.findings() == [
        "EC208 Clerk.Runtime: runs on nodejs22.x: only Python is checked",
        "EC208 Inline.Code: runs code that is not among the project's sources: it was not checked",
    ]


def test_functions_are_looked_at_alone_where_they_are_named(shop: Shop) -> None:
    shop.clerk("import pandas\n")
    shop.clerk(title="Other")

    assert [finding[:11] for finding in shop.findings("Other")] == ["EC204 Other"]


def test_code_that_is_nested_too_deep_is_told(shop: Shop) -> None:
    shop.clerk(f"TEXT = {' + '.join(['str()'] * 900)}\n\n\n{HANDLER}")

    assert shop.findings() == ["EC208 Clerk.Code: runs code that is nested too deep to be followed: it was not checked"]

"""What a handler reaches, told by what it then may not do."""

from __future__ import annotations

import pytest

from tests.contract.shop import Shop

HEAD = """\
import boto3
from functools import cache, wraps

from aws_lambda_powertools import Logger
from aws_lambda_powertools.event_handler import APIGatewayRestResolver

client = boto3.client("dynamodb")
log = Logger()
app = APIGatewayRestResolver()
routes = []


def add(act):
    routes.append(act)
    return act


"""


@pytest.mark.parametrize(
    "code",
    [
        "def handler(event, context):\n    return work()\n\n\ndef work():\n    client.scan()\n",
        "def handler(event, context):\n    return list(map(work, event))\n\n\ndef work(one):\n    client.scan()\n",
        "def handler(event, context):\n    return app.resolve(event, context)\n\n\n@app.get('/books')\ndef work():\n"
        "    client.scan()\n",
        "def handler(event, context):\n    return routes[0]()\n\n\n@add\ndef work():\n    client.scan()\n",
        "def handler(event, context):\n    return Work().run()\n\n\n"
        "class Work:\n    def run(self):\n        self._run()\n\n"
        "    def _run(self):\n        client.scan()\n",
        "def handler(event, context):\n    return More().run()\n\n\n"
        "class Work:\n    def run(self):\n        client.scan()\n\n\n"
        "class More(Work):\n    pass\n",
        "def handler(event, context):\n    return Work.run()\n\n\nclass Work:\n    @staticmethod\n    def run():\n"
        "        client.scan()\n",
        "def handler(event, context):\n    return Work.make()\n\n\nclass Work:\n    @classmethod\n    def make(cls):\n"
        "        return cls().run()\n\n    def run(self):\n        client.scan()\n",
        "ACTS = {'scan': lambda: work()}\n\n\ndef handler(event, context):\n    return ACTS[event]()\n\n\ndef work():\n"
        "    client.scan()\n",
        "def work():\n    client.scan()\n\n\nwork()\n\n\ndef handler(event, context):\n    pass\n",
        "@log.inject_lambda_context(clear_state=True)\ndef handler(event, context):\n    client.scan()\n",
        "def handler(event, context):\n    def inner():\n        return client.scan()\n\n    return inner()\n",
        "async def handler(event, context):\n    async for one in two():\n        await work(one)\n\n\n"
        "async def two():\n    yield 1\n\n\nasync def work(one):\n    client.scan()\n",
        "def handler(event, context):\n    match event:\n        case {'do': 'scan'}:\n            client.scan()\n",
        "def handler(event, context):\n    try:\n        pass\n    except* ValueError:\n        client.scan()\n",
        "def handler(event, context):\n    from clerk.other import work\n\n    work(client)\n",
        "def handler(event, context):\n    from clerk import other as another\n\n    another.work(client)\n",
        "import importlib\n\n\ndef handler(event, context):\n    importlib.import_module('clerk.other').work(client)\n",
        "from typing import Annotated\n\nfrom pydantic import AfterValidator, BaseModel\n\n\n"
        "def work(text: str) -> str:\n    client.scan()\n    return text\n\n\n"
        "class Book(BaseModel):\n    title: Annotated[str, AfterValidator(work)]\n\n\n"
        "def handler(event, context):\n    return Book.model_validate(event)\n",
        "from pydantic import BaseModel\n\n\nclass Book(BaseModel):\n    title: str\n\n\n"
        "class Shelf(BaseModel):\n    first: Book\n\n\n"
        "def handler(event, context):\n    match Shelf.model_validate(event).first:\n        case Book():\n"
        "            client.scan()\n",
    ],
)
def test_what_runs(shop: Shop, code: str) -> None:
    shop.write(clerk__other="def work(client):\n    client.scan()\n")
    shop.clerk(HEAD + code, layer=shop.layer("aws-lambda-powertools==3.37.0\npydantic==2.14.3\n"))

    assert [finding.partition(";")[0] for finding in shop.findings()] == [
        "EC205 Clerk: calls scan of dynamodb, and ClerkRole does not allow dynamodb:Scan"
    ]


@pytest.mark.parametrize(
    "code",
    [
        "def work():\n    client.scan()\n",
        "@cache\ndef work():\n    client.scan()\n",
        "@log.inject_lambda_context\ndef work(event, context):\n    client.scan()\n",
        "class Work:\n    def run(self):\n        client.scan()\n",
        "class Work:\n    def run(self):\n        client.scan()\n\n\ndef told(work: Work | None) -> Work | None:\n"
        "    return work if isinstance(work, Work) else None\n\n\ntold(None)\n",
        "class Work(Exception):\n    def run(self):\n        client.scan()\n\n\n"
        "try:\n    pass\nexcept Work:\n    pass\n",
        "def other(client):\n    client.scan()\n\n\nother(None)\n",
        "def other(text):\n    return text.strip()\n\n\nother('a')\n",
        "client.meta.region_name\n",
    ],
)
def test_what_does_not_run(shop: Shop, code: str) -> None:
    shop.clerk(
        f"{HEAD}{code}\n\ndef handler(event, context):\n    return event\n",
        layer=shop.layer("aws-lambda-powertools==3.37.0\n"),
    )

    assert shop.findings() == []


def test_of_a_layer_runs_what_the_function_asks_for(shop: Shop) -> None:
    books = 'import boto3\n\nclient = boto3.client("dynamodb")\n\n\n'
    books += "def count():\n    return client.scan()\n\n\ndef one():\n    return client.get_item()\n"
    layer = shop.layer(books=books, unused='import boto3\n\nboto3.client("s3").list_buckets()\n')
    shop.write(clerk__work="import books\n\n\ndef run():\n    return books.one()\n")
    shop.clerk("from clerk import work\n\n\ndef handler(event, context):\n    return work.run()\n", layer=layer)

    assert shop.findings() == [
        "EC205 Clerk: calls get_item of dynamodb, and ClerkRole does not allow dynamodb:GetItem; "
        "the way there: handler.handler, work.run, books.one [layer/books.py:11]"
    ]


def test_functions_share_a_layer_and_reach_each_its_own(shop: Shop) -> None:
    books = 'import boto3\n\nclient = boto3.client("dynamodb")\n\n\n'
    books += "def count():\n    return client.scan()\n\n\ndef one():\n    return client.get_item()\n"
    layer = shop.layer(books=books)
    shop.clerk("import books\n\n\ndef handler(event, context):\n    return books.one()\n", layer=layer)
    shop.write(clerk__second="import books\n\n\ndef handler(event, context):\n    return books.count()\n")
    shop.clerk(title="Second", handler="clerk.second.handler", layer=layer, may=[shop.books.scan])

    assert [finding.partition(" of ")[0] for finding in shop.findings()] == ["EC205 Clerk: calls get_item"]


def test_modules_that_import_each_other_are_read_once(shop: Shop) -> None:
    shop.write(
        clerk__one="from clerk import two\n\nNAME = two.NAME\n", clerk__two="from clerk import one\n\nNAME = one.NAME\n"
    )
    shop.clerk("from clerk.one import NAME\n\n\ndef handler(event, context):\n    return NAME.scan()\n")

    assert shop.findings() == []


def test_what_calls_itself_comes_to_an_end(shop: Shop) -> None:
    code = "def work(one):\n    two = work(one)\n    return two.scan(work(two.next))\n\n\n"
    shop.clerk(
        f"{code}def handler(event, context):\n    one = event\n    one = one.next\n    return work(one).scan()\n"
    )

    assert shop.findings() == []

from __future__ import annotations

import pytest

from tests.contract.shop import Shop

SCANNING = """\
import boto3

client = boto3.client("dynamodb")


def handler(event, context):
    return count()


def count():
    return client.scan(TableName="books")["Count"]
"""
DENIED = (
    "EC205 Clerk: calls scan of dynamodb, and ClerkRole does not allow dynamodb:Scan; "
    "the way there: handler.handler, handler.count [clerk/handler.py:11]"
)


def of_calls(findings: list[str]) -> list[str]:
    return [finding for finding in findings if finding.startswith("EC205")]


def test_a_call_is_allowed(shop: Shop) -> None:
    shop.clerk(SCANNING, may=[shop.books.read])

    assert of_calls(shop.findings()) == [DENIED]


def test_a_call_that_is_allowed_is_no_fault(shop: Shop) -> None:
    shop.clerk(SCANNING, may=[shop.books.scan])

    assert shop.findings() == []


def test_a_call_that_nothing_reaches_needs_no_leave(shop: Shop) -> None:
    shop.clerk(SCANNING.replace("return count()", "return event"))

    assert shop.findings() == []


@pytest.mark.parametrize(
    "code",
    [
        'client = boto3.client("dynamodb")\n\n\ndef handler(event, context):\n    client.scan()\n',
        'client: Any = boto3.client(service_name="dynamodb")\n\n\ndef handler(event, context):\n    client.scan()\n',
        'SESSION = boto3.Session(region_name="eu-west-1")\n\n\ndef handler(event, context):\n'
        '    SESSION.client("dynamodb").scan()\n',
        'SERVICE = "dynamodb"\nclient = boto3.client(SERVICE)\n\n\ndef handler(event, context):\n    client.scan()\n',
        'CLIENTS = {"table": boto3.client("dynamodb")}\n\n\n'
        'def handler(event, context):\n    CLIENTS["table"].scan()\n',
        'CLIENTS = {"table": boto3.client("dynamodb")}\n\n\ndef handler(event, context):\n    CLIENTS[event].scan()\n',
        'def client():\n    return boto3.client("dynamodb")\n\n\ndef handler(event, context):\n    client().scan()\n',
        "def client(name):\n    return boto3.client(name)\n\n\ndef handler(event, context):\n"
        '    client("dynamodb").scan()\n',
        "def scan(client):\n    client.scan()\n\n\ndef handler(event, context):\n    scan(boto3.client('dynamodb'))\n",
        "class Books:\n    def __init__(self, client):\n        self.client = client\n\n    def scan(self):\n"
        "        self.client.scan()\n\n\nBOOKS = Books(boto3.client('dynamodb'))\n\n\ndef handler(event, context):\n"
        "    BOOKS.scan()\n",
        "@dataclass\nclass Books:\n    client: Any\n\n    def scan(self):\n        self.client.scan()\n\n\n"
        "def handler(event, context):\n    Books(boto3.client('dynamodb')).scan()\n",
        "class Books:\n    @cached_property\n    def client(self):\n        return boto3.client('dynamodb')\n\n"
        "    def scan(self):\n        self.client.scan()\n\n\ndef handler(event, context):\n    Books().scan()\n",
        "_client = None\n\n\ndef client():\n    global _client\n    if _client is None:\n"
        '        _client = boto3.client("dynamodb")\n    return _client\n\n\ndef handler(event, context):\n'
        "    client().scan()\n",
        'client = boto3.client("dynamodb")\n\n\ndef handler(event, context):\n    retried(client.scan)\n\n\n'
        "def retried(call):\n    call()\n",
        'def handler(event, context):\n    boto3.client("dynamodb").get_paginator("scan").paginate()\n',
        'def handler(event, context):\n    getattr(boto3.client("dynamodb"), "scan")()\n',
        'def handler(event, context):\n    with closing(boto3.client("dynamodb")) as client:\n        client.scan()\n',
        'BOOKS = boto3.resource("dynamodb").Table("books")\n\n\ndef handler(event, context):\n    BOOKS.scan()\n',
    ],
)
def test_ways_to_a_client(shop: Shop, code: str) -> None:
    head = (
        "from contextlib import closing\nfrom dataclasses import dataclass\nfrom functools import cached_property\n"
        "from typing import Any\n\nimport boto3\n\n"
    )
    shop.clerk(head + code)

    assert [finding.partition(";")[0] for finding in shop.findings()] == [
        "EC205 Clerk: calls scan of dynamodb, and ClerkRole does not allow dynamodb:Scan"
    ]


@pytest.mark.parametrize(
    ("call", "actions"),
    [
        ('boto3.client("s3").head_object()', ["s3:GetObject"]),
        ('boto3.client("s3").copy_object()', ["s3:GetObject", "s3:PutObject"]),
        ('boto3.client("s3").delete_objects()', ["s3:DeleteObject"]),
        ('boto3.client("s3").get_paginator("list_objects_v2")', ["s3:ListBucket"]),
        ('boto3.client("s3").generate_presigned_url("put_object")', ["s3:PutObject"]),
        ('boto3.client("s3").generate_presigned_url(ClientMethod="get_object")', ["s3:GetObject"]),
        ('boto3.client("s3").get_waiter("object_exists")', ["s3:GetObject"]),
        ('boto3.client("dynamodb").transact_get_items()', ["dynamodb:GetItem"]),
        ('boto3.client("dynamodb").batch_write_item()', ["dynamodb:BatchWriteItem"]),
        ('boto3.resource("dynamodb").Table("books").batch_writer()', ["dynamodb:BatchWriteItem"]),
        ('boto3.client("lambda").invoke()', ["lambda:InvokeFunction"]),
        ('boto3.client("bedrock-runtime").invoke_model()', ["bedrock:InvokeModel"]),
        ('boto3.client("bedrock-runtime").converse()', ["bedrock:InvokeModel"]),
        ('boto3.client("apigatewaymanagementapi").post_to_connection()', ["execute-api:ManageConnections"]),
        ('boto3.client("stepfunctions").start_execution()', ["states:StartExecution"]),
        ('boto3.client("sesv2").send_email()', ["ses:SendEmail"]),
        ('boto3.client("sqs").send_message_batch()', ["sqs:SendMessage"]),
        ('boto3.client("cognito-idp").admin_get_user()', ["cognito-idp:AdminGetUser"]),
        ('boto3.client("ce").get_cost_and_usage()', ["ce:GetCostAndUsage"]),
        ('boto3.client("rds").generate_db_auth_token()', ["rds-db:connect"]),
        ("parameters.get_secret(event)", ["secretsmanager:GetSecretValue"]),
    ],
)
def test_the_actions_behind_calls(shop: Shop, call: str, actions: list[str]) -> None:
    head = "import boto3\nfrom aws_lambda_powertools.utilities import parameters\n\n\n"
    layer = shop.layer("aws-lambda-powertools==3.37.0\n")
    shop.clerk(f"{head}def handler(event, context):\n    {call}\n", layer=layer)

    denied = [finding.partition(" does not allow ")[2].partition(";")[0] for finding in shop.findings()]
    assert denied == actions


@pytest.mark.parametrize(
    "call",
    [
        'boto3.client("cognito-idp").sign_up()',
        'boto3.client("cognito-idp").initiate_auth()',
        'boto3.client("sts").get_caller_identity()',
        'boto3.client("s3").exceptions.NoSuchKey',
        'boto3.client("s3").close()',
    ],
)
def test_calls_that_everybody_may_make(shop: Shop, call: str) -> None:
    shop.clerk(f"import boto3\n\n\ndef handler(event, context):\n    {call}\n")

    assert shop.findings() == []


TRANSACTION = """\
import boto3

client = boto3.client("dynamodb")


def handler(event, context):
    client.transact_write_items(TransactItems=[{"Put": {}}, {"ConditionCheck": {}}])
"""


def test_a_transaction_needs_what_its_steps_need(shop: Shop) -> None:
    shop.clerk(TRANSACTION, may=[shop.books.write])

    assert shop.findings() == [
        "EC205 Clerk: calls transact_write_items of dynamodb, and ClerkRole does not allow "
        "dynamodb:ConditionCheckItem; the way there: handler.handler [clerk/handler.py:7]"
    ]


def test_a_transaction_that_grows_step_by_step_is_followed_through_its_module(shop: Shop) -> None:
    code = TRANSACTION.replace(
        '    client.transact_write_items(TransactItems=[{"Put": {}}, {"ConditionCheck": {}}])',
        '    steps = []\n    steps.append({"Delete": {}})\n    client.transact_write_items(TransactItems=steps)',
    )
    shop.clerk(code, may=[shop.books.read])

    assert [finding.partition(";")[0] for finding in of_calls(shop.findings())] == [
        "EC205 Clerk: calls transact_write_items of dynamodb, and ClerkRole does not allow dynamodb:DeleteItem"
    ]


STEPS = '''\
"""Steps that are objects."""

import boto3

client = boto3.client("dynamodb")


class Put:
    pass


class Check:
    pass


Step = Put | Check


def transact(*steps: Step) -> None:
    client.transact_write_items(TransactItems=[{word(step): {}} for step in steps])


def word(step: Step) -> str:
    match step:
        case Put():
            return "Put"
        case Check():
            return "ConditionCheck"
'''


def test_a_case_for_objects_that_nobody_makes_counts_for_nothing(shop: Shop) -> None:
    layer = shop.layer(steps=STEPS)
    shop.clerk(
        "import steps\n\n\ndef handler(event, context):\n    steps.transact(steps.Put())\n",
        may=[shop.books.write],
        layer=layer,
    )

    assert shop.findings() == []


def test_a_case_for_objects_that_somebody_makes_counts(shop: Shop) -> None:
    layer = shop.layer(steps=STEPS)
    shop.clerk(
        "import steps\n\n\ndef handler(event, context):\n    steps.transact(steps.Put(), steps.Check())\n",
        may=[shop.books.write],
        layer=layer,
    )

    assert [finding.partition(";")[0] for finding in shop.findings()] == [
        "EC205 Clerk: calls transact_write_items of dynamodb, and ClerkRole does not allow dynamodb:ConditionCheckItem"
    ]


BY_PLACE = """\
import os

import boto3

PLACE = os.environ["PLACE"]
client = boto3.client("dynamodb")


def handler(event, context):
    {body}
"""


@pytest.mark.parametrize(
    "body",
    [
        'return client.scan() if PLACE == "prod" else None',
        'return client.scan() if PLACE in ("prod", "staging") else None',
        'if PLACE != "prod":\n        return None\n    return client.scan()',
        'if not (PLACE == "prod"):\n        return None\n    return client.scan()',
        'if event and PLACE == "prod":\n        client.scan()',
        'if event or PLACE != "prod":\n        return None\n    return client.scan()',
    ],
)
def test_what_runs_in_another_environment_alone_needs_no_leave_in_this_one(shop: Shop, body: str) -> None:
    shop.clerk(BY_PLACE.format(body=body), env={"PLACE": "dev"})
    assert shop.findings() == []


def test_what_runs_in_this_environment_does(shop: Shop) -> None:
    shop.clerk(BY_PLACE.format(body='return client.scan() if PLACE == "prod" else None'), env={"PLACE": "prod"})

    assert [finding[:5] for finding in shop.findings()] == ["EC205"]


NAMED = """\
import os

import boto3

client = boto3.client("dynamodb")
TABLE = os.environ["TABLE"]


def handler(event, context):
    return client.get_item(TableName=TABLE, Key=event)
"""


def test_the_right_action_on_another_table_does_not_do(shop: Shop) -> None:
    shop.clerk(NAMED, env={"TABLE": shop.notes.table_name}, may=[shop.books.read])

    assert shop.findings() == [
        "EC205 Clerk: calls get_item of dynamodb on Notes, and ClerkRole allows dynamodb:GetItem on Books alone; "
        "the way there: handler.handler [clerk/handler.py:10]"
    ]


def test_an_action_on_objects_is_not_one_on_their_bucket(shop: Shop) -> None:
    from awacs import s3

    from ecinfra.grants import allow

    code = 'import boto3\n\n\ndef handler(event, context):\n    boto3.client("s3").get_object()\n'
    shop.clerk(code, may=[allow([s3.GetObject], shop.scans.arn)])

    assert [finding.partition(";")[0] for finding in shop.findings()] == [
        "EC205 Clerk: calls get_object of s3, and ClerkRole does not allow s3:GetObject"
    ]


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (
            "boto3.client(event).scan()",
            "calls scan of a client whose service only the running code knows",
        ),
        (
            'boto3.client("s3").get_paginator(event)',
            "calls get_paginator of s3: which actions that needs only the running code knows",
        ),
        (
            'boto3.client("dynamodb").execute_statement()',
            "calls execute_statement of dynamodb: which actions that needs only the running code knows",
        ),
        (
            'boto3.client("apigateway").get_rest_apis()',
            "calls get_rest_apis of apigateway: which actions that needs only the running code knows",
        ),
        (
            'getattr(boto3.client("s3"), event)()',
            "calls something of s3 by a name that only the running code knows",
        ),
        (
            "importlib.import_module(event)",
            "imports a module whose name only the running code knows",
        ),
    ],
)
def test_what_only_the_running_code_knows_is_told(shop: Shop, call: str, said: str) -> None:
    shop.clerk(f"import importlib\n\nimport boto3\n\n\ndef handler(event, context):\n    {call}\n")

    assert shop.findings() == [f"EC208 Clerk: {said} [clerk/handler.py:7]"]

"""What importing ecinfra does not import."""

from __future__ import annotations

import subprocess
import sys

import pytest


def printed(program: str) -> str:
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.strip()


@pytest.mark.parametrize("name", ["boto3", "botocore", "cfnlint", "yaml", "rich", "click", "ministack", "jinja2"])
def test_the_library_does_not_import_what_rendering_does_not_need(name: str) -> None:
    assert printed(f"import sys, ecinfra, ecinfra.constructs; print({name!r} in sys.modules)") == "False"


def test_what_troposphere_deferred_is_there_when_it_is_used() -> None:
    program = (
        "import ecinfra; from troposphere import Template; from troposphere.sqs import Queue;"
        "t = Template(); t.add_resource(Queue('Jobs')); print('AWS::SQS::Queue' in t.to_yaml())"
    )
    assert printed(program) == "True"


def test_a_module_that_was_loaded_before_stays_as_it_is() -> None:
    assert (
        printed("import cfn_flip; before = cfn_flip; import ecinfra, sys; print(sys.modules['cfn_flip'] is before)")
        == "True"
    )


def test_a_module_that_is_not_there_is_missed_when_it_is_used() -> None:
    program = "from ecinfra.deferral import defer; defer('no_such_module'); import no_such_module; no_such_module.thing"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert "ModuleNotFoundError: No module named 'no_such_module'" in done.stderr

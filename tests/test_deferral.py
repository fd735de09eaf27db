"""What importing ecinfra does not import."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

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


def test_a_module_that_is_not_there_is_missed_when_it_is_imported() -> None:
    program = "from ecinfra.deferral import defer; defer('no_such_module'); import no_such_module"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert "ModuleNotFoundError: No module named 'no_such_module'" in done.stderr


LOADED = "import ecinfra, sys, cfn_flip; loaded = lambda: 'yaml' in sys.modules; "


@pytest.mark.parametrize(
    "question",
    [
        "__import__('importlib.util').util.find_spec('cfn_flip').name == 'cfn_flip'",
        "cfn_flip.__file__.endswith('__init__.py') and cfn_flip.__package__ == 'cfn_flip' and cfn_flip.__loader__",
        "__import__('importlib.resources').resources.files('cfn_flip').joinpath('main.py').is_file()",
        "cfn_flip is __import__('cfn_flip')",
    ],
)
def test_a_deferred_module_knows_where_it_comes_from_before_it_is_loaded(question: str) -> None:
    assert printed(f"{LOADED}print(bool({question}), loaded())") == "True False"


@pytest.mark.parametrize(
    "use",
    [
        "from cfn_flip import *; assert to_json",
        "assert 'to_json' in dir(cfn_flip)",
        "import pydoc; assert 'to_json' in pydoc.plain(pydoc.render_doc(cfn_flip))",
        "import cfn_flip.yaml_dumper; assert cfn_flip.yaml_dumper.CfnYamlDumper and cfn_flip.to_json",
        "import runpy; assert 'to_json' in runpy.run_module('cfn_flip.__init__')",
        "from unittest import mock\nwith mock.patch('cfn_flip.to_json'): assert sys.modules['cfn_flip'].to_json()",
    ],
)
def test_a_deferred_module_is_loaded_by_whatever_uses_it(use: str) -> None:
    program = f"{LOADED}module = cfn_flip\n{use}\nprint(loaded(), sys.modules['cfn_flip'] is module)"
    assert printed(program) == "True True"


def test_a_loaded_module_is_what_it_would_have_been() -> None:
    names = "import cfn_flip; cfn_flip.to_json; print(sorted(vars(cfn_flip)))"
    assert printed(f"import ecinfra; {names}") == printed(names)


def test_a_name_that_a_deferred_module_lacks_is_missed() -> None:
    program = f"{LOADED}\ntry: cfn_flip.thing\nexcept AttributeError as error: print(error)"
    assert printed(program) == "module 'cfn_flip' has no attribute 'thing'"


def test_a_deferred_module_that_fails_fails_again(tmp_path: Path) -> None:
    (tmp_path / "brittle.py").write_text("import sys\nif not hasattr(sys, 'ready'): raise OSError('not yet')\nx = 1\n")
    program = (
        f"import sys; sys.path.insert(0, {str(tmp_path)!r})\n"
        "from ecinfra.deferral import defer; defer('brittle'); import brittle\n"
        "for _ in range(2):\n"
        "    try: brittle.x\n"
        "    except OSError as error: print(error)\n"
        "sys.ready = True; print(brittle.x, hasattr(brittle, '__path__'))\n"
    )
    assert printed(program) == "not yet\nnot yet\n1 False"


def test_threads_wait_for_a_module_that_another_one_loads(tmp_path: Path) -> None:
    (tmp_path / "slow.py").write_text("import time\ntime.sleep(0.1)\nx = 1\n")
    program = (
        f"import sys; sys.path.insert(0, {str(tmp_path)!r})\n"
        "from concurrent.futures import ThreadPoolExecutor\n"
        "from ecinfra.deferral import defer; defer('slow'); import slow\n"
        "with ThreadPoolExecutor(4) as pool: print(list(pool.map(lambda _: slow.x, range(4))))\n"
    )
    assert printed(program) == "[1, 1, 1, 1]"

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from ecinfra.cli import main
from tests.projects import other_templates, write_project

ROOT = Path(__file__).parents[2]
APP = """\
from troposphere import cloudwatch, sns

from ecinfra import App


def define(settings):
    app = App("Shop", settings)
    app.stack("Mail").add(sns.Topic("Bell"))
    desk = app.stack("Desk")
    desk.add(
        cloudwatch.Alarm(
            "Fire", MetricName="Smoke", Namespace="Shop", Statistic="Sum", Period=60, Threshold=1,
            EvaluationPeriods=1, ComparisonOperator="GreaterThanThreshold",
        )
    )
    return app
"""
NOTED = """\
from troposphere import AWS_REGION, Ref, apigateway

from ecinfra import App


def define(settings):
    app = App("Shop", settings)
    desk = app.stack("Desk")
    desk.add(apigateway.RestApi("Api", Name="shop", Body={"openapi": "3.0.1"}))
    desk.add(apigateway.Deployment("Deployed", RestApiId=Ref("Api")))
    desk.add(
        apigateway.Stage(
            "Stage", RestApiId=Ref("Api"), DeploymentId=Ref("Deployed"), StageName="api",
            MethodSettings=[apigateway.MethodSetting(HttpMethod="*", ResourcePath="/*", LoggingLevel="INFO")],
        )
    )
    return app
"""
Run = Callable[..., Result]


@pytest.fixture(autouse=True)
def _process() -> Iterator[None]:
    with other_templates():
        yield


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run `ecinfra lint` in a project, as a shell would."""
    monkeypatch.chdir(write_project(tmp_path, app=APP))

    def run(*arguments: str) -> Result:
        return CliRunner().invoke(main, ["lint", *arguments], prog_name="ecinfra")

    return run


def test_findings_stand_below_their_stack_with_the_line_that_wrote_them(run: Run, tmp_path: Path) -> None:
    result = run("-e", "dev")

    assert result.output == (
        "Desk\n"
        "  error EC122 Fire\n"
        "    has no AlarmActions, and stands in no composite alarm that has any\n"
        "    templates/shop/app.py:10\n"
        "\n"
        "1 error in 3 templates\n"
    )
    assert result.exit_code == 1
    assert (tmp_path / ".ecinfra" / "lint" / "shop-dev.json").is_file()


def test_stacks_are_looked_at_alone_where_they_are_named(run: Run) -> None:
    clean = run("Mail", "--no-cache")

    assert (clean.output, clean.exit_code) == ("nothing to say of 1 template\n", 0)
    assert run("Desk", "Root").exit_code == 1
    assert run("Dsk").output == "error: there is no stack 'Dsk'\n  did you mean 'Desk'?\n"


def test_notes_are_no_failure(run: Run, tmp_path: Path) -> None:
    write_project(tmp_path, app=NOTED)
    result = run()

    assert result.output.splitlines()[-1] == "1 note in 2 templates"
    assert result.exit_code == 0


def test_nothing_is_kept_where_nothing_is_to_be(run: Run, tmp_path: Path) -> None:
    assert run("--no-cache", "Desk").exit_code == 1
    assert not (tmp_path / ".ecinfra").exists()


def test_findings_are_printed_for_machines(run: Run) -> None:
    result = run("-e", "dev", "--json")

    assert result.exit_code == 1
    assert json.loads(result.output) == {
        "system": "Shop",
        "environment": "dev",
        "errors": 1,
        "warnings": 0,
        "notes": 0,
        "findings": [
            {
                "rule": "EC122",
                "name": "silent-alarm",
                "level": "error",
                "message": "has no AlarmActions, and stands in no composite alarm that has any",
                "system": "Shop",
                "root": "Shop-dev",
                "stack": "Desk",
                "resource": "Fire",
                "property": None,
                "path": ["Resources", "Fire"],
                "template": "Shop-dev/Desk.json",
                "file": "templates/shop/app.py",
                "line": 10,
                "source": "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-actions.html",
            }
        ],
    }


def test_findings_are_printed_for_code_hosts(run: Run) -> None:
    log = json.loads(run("--sarif").output)

    assert log["version"] == "2.1.0"
    assert [result["ruleId"] for result in log["runs"][0]["results"]] == ["EC122"]


def test_one_output_has_one_format(run: Run) -> None:
    result = run("--json", "--sarif")

    assert result.exit_code == 2
    assert "Error: --json and --sarif are two formats of one output: name one\n" in result.output


def test_the_rules_of_our_own_are_listed(run: Run) -> None:
    listed = run("--rules").output
    rules = json.loads(run("--rules", "--json").output)

    assert listed.startswith(
        "EC101 queue-visibility (error)\n"
        "    A queue hides a message for less time than its function may take: "
        "Lambda refuses the event source mapping.\n"
        "    https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html\n"
        "\n"
        "EC102 queue-visibility-margin (note)\n"
    )
    assert [rule["id"] for rule in rules] == [f"EC{number}" for number in range(101, 135)]
    assert rules[0]["level"] == "error"


def test_a_terminal_gets_colours_and_sees_what_is_being_checked(tmp_path: Path) -> None:
    write_project(tmp_path, app=APP)
    script = "from ecinfra.cli import lint, main\nlint._PATIENCE = 0\nmain(['lint', 'Desk'])"
    ours, theirs = pty.openpty()
    mute = {"NO_COLOR", "FORCE_COLOR"}
    environment = {key: value for key, value in os.environ.items() if key not in mute}
    with subprocess.Popen(
        [sys.executable, "-c", script],
        cwd=tmp_path,
        env={**environment, "PYTHONPATH": str(ROOT), "COLUMNS": "80"},
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
    ) as process:
        os.close(theirs)
        shown = b""
        try:
            while block := os.read(ours, 4_096):
                shown += block
        except OSError:  # the other end is closed
            pass
        process.wait()
    os.close(ours)

    text = shown.decode()
    assert "\r\x1b[Kchecking Desk, 1 of 1" in text
    assert "  \x1b[31merror\x1b[0m EC122 Fire" in text
